"""Libraries of three spaces, filled through the verbs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.core.files.base import ContentFile

from communities.library import adding
from communities.models import LibraryItem, Submission
from demo import history
from demo.content import Table, tables
from demo.deeds import Deed, date_news
from demo.uploads import content_of
from demo.world import World
from files.cleaning import cleaned
from files.purposes import LIBRARY


def load(world: World) -> None:
    history.tell(world, deeds(world))


def deeds(world: World) -> Iterator[Deed]:
    for row in tables("library", "thing"):
        yield Deed(world.ago(row["days_ago"]), f"demo:library:{row['key']}", partial(_put, row))


def _put(row: Table, world: World, deed: Deed) -> None:
    own = {
        "folder": _folder(row),
        "by": world.people[row["author"]],
        "language": row["language"],
        "at": deed.moment,
    }
    space = world.spaces[row["space"]]
    if row["kind"] == "file":
        clean = cleaned(
            ContentFile(content_of({**row, "title": row["name"].rpartition(".")[0]}), row["name"]), LIBRARY
        )
        item = adding.add_files(space, [(clean, deed.key)], **own)[0].item
    else:
        columns = {name: row[name] for name in ("text", "url", "description") if name in row}
        add = {"folder": adding.add_folder, "link": adding.add_link, "note": adding.add_note}[row["kind"]]
        item = add(space, key=deed.key, name=row["name"], **own, **columns)
    if item is not None:
        date_news(world, deed, ("library_added",), item.pk)


def _folder(row: Table) -> LibraryItem | None:
    """By the key that its own deed has claimed."""
    if "in" not in row:
        return None
    made = Submission.objects.values_list("answer", flat=True).get(key=f"demo:library:{row['in']}")
    return LibraryItem.objects.get(public_id=made)
