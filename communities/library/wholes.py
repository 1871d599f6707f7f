"""What the copy of a whole space holds of its library: what lies there now, in its latest version. Not the bin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from communities.library.models import LibraryItem
from communities.parts import CHUNK, Part, Row, Words, language_of, value_of

if TYPE_CHECKING:
    from communities.models import Space


def parts(space: Space) -> list[Part]:
    """For `communities.hooks.on_whole`. A library that is off shows nothing."""
    if not space.has_library:
        return []
    return [
        Part(
            name="library",
            title=_("Library"),
            keys={
                "name": _("Name"),
                "kind": _("Kind"),
                "folder": _("Folder"),
                "description": _("Description"),
                "url": _("Address"),
                "text": _("Text"),
                "file": _("File"),
                "language": _("Language"),
                "changed_by": _("Changed by"),
                "changed_at": _("Changed"),
            },
            rows=lambda: _items(space),
        )
    ]


def _items(space: Space) -> Iterator[Row]:
    folders = {row.pk: row for row in LibraryItem.objects.all_of(space).folders()}
    rows = LibraryItem.objects.all_of(space).select_related("current__stored", "changed_by").order_by("pk")
    for item in rows.iterator(chunk_size=CHUNK):
        yield {
            "name": Words(item.name, item.language),
            "kind": value_of(item, "kind"),
            "folder": Words(_way(item, folders), item.language),
            "description": Words(item.description, item.language),
            "url": item.url,
            "text": Words(item.current.text if item.current else "", item.language),
            "file": item.stored or "",
            "language": language_of(item.language),
            "changed_by": Words(item.changed_by.display_name if item.changed_by else "", ""),
            "changed_at": item.changed_at,
        }


def _way(item: LibraryItem, folders: dict[int, LibraryItem]) -> str:
    names: list[str] = []
    folder = folders.get(item.parent_id or 0)
    while folder is not None:
        names.append(folder.name)
        folder = folders.get(folder.parent_id or 0)
    return " / ".join(reversed(names))
