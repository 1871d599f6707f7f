"""What a person takes along of libraries, and what becomes of it when they leave for good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.fates import End, Fate
from communities.leaving import address_of, names_for
from communities.library.binning import discard
from communities.library.holding import follow
from communities.library.models import LibraryItem, LibraryVersion
from communities.parts import CHUNK, Part, Row, Words, language_of, value_of
from files import store
from files.models import StoredFile

if TYPE_CHECKING:
    from communities.library.querysets import LibraryItemQuerySet
    from profiles.models import User

FORMER: Final = "others use what lies there; it leads to a former member"
FATES: Final = {
    "communities.LibraryItem.created_by": Fate(End.KEPT, "library", FORMER),
    "communities.LibraryItem.changed_by": Fate(End.KEPT, "", FORMER),
    "communities.LibraryItem.removed_by": Fate(
        End.UNSET, "", "says who threw something away, for thirty days"
    ),
    "communities.LibraryVersion.by": Fate(End.KEPT, "library_versions", FORMER),
}


def parts(user: User) -> list[Part]:
    place = {"space": _("Space"), "address": _("Address")}
    return [
        Part(
            name="library",
            title=_("What you put into libraries"),
            keys={
                "name": _("Name"),
                "kind": _("Kind"),
                "description": _("Description"),
                "url": _("Address on the web"),
                "language": _("Language"),
                "created_at": _("When"),
                **place,
            },
            rows=lambda: _items(user),
        ),
        Part(
            name="library_versions",
            title=_("Files and notes you wrote in libraries"),
            keys={
                "name": _("Name"),
                "number": _("Version"),
                "text": _("Text"),
                "file": _("File"),
                "change": _("What changed"),
                "at": _("When"),
                **place,
            },
            rows=lambda: _versions(user),
        ),
    ]


def _items(user: User) -> Iterator[Row]:
    names = names_for(user)
    rows = LibraryItem.objects.filter(created_by=user.pk).with_space().order_by("pk")
    for item in rows.iterator(chunk_size=CHUNK):
        yield {
            "name": Words(item.name, item.language),
            "kind": value_of(item, "kind"),
            "description": Words(item.description, item.language),
            "url": item.url,
            "language": language_of(item.language),
            "created_at": item.created_at,
            **_place(item, names),
        }


def _versions(user: User) -> Iterator[Row]:
    names = names_for(user)
    rows = LibraryVersion.objects.filter(by=user.pk).select_related("stored", "item__space").order_by("pk")
    for version in rows.iterator(chunk_size=CHUNK):
        item = version.item
        is_told = item.created_by_id == user.pk or (_is_open(item) and item.space_id in names)
        yield {
            "name": Words(item.name, item.language) if is_told else "",
            "number": version.number,
            "text": Words(version.text, item.language),
            "file": version.stored or "",
            "change": Words(version.change, item.language),
            "at": version.at,
            **_place(item, names),
        }


def _is_open(item: LibraryItem) -> bool:
    return item.removed_at is None and item.space.has_library


def _place(item: LibraryItem, names: dict[int, str]) -> dict[str, str]:
    """The space, and the address as long as it may be read."""
    address = ""
    if _is_open(item) and item.space_id in names:
        address = address_of("library:item", item.space.slug, item.public_id)
    return {"space": names.get(item.space_id, ""), "address": address}


def erase(user: User, words_too: bool) -> None:
    """What they put there stays, by a former member, unless they want it gone: then their versions go with their
    bytes, and what is left of a thing is what others made of it. A folder stays: others have put things in it.
    """
    if not words_too:
        return
    theirs = LibraryVersion.objects.filter(by=user.pk)
    touched = set(theirs.values_list("item", flat=True))
    stored = list(StoredFile.objects.filter(library_version__in=theirs))
    theirs.delete()
    for each in stored:
        store.discard(each)
    items = LibraryItem.objects.filter(Q(pk__in=touched) | Q(created_by=user.pk)).with_space()
    rows = list(items)
    _put_right(items.filter(kind__in=["file", "note"], current=None))
    items.filter(created_by=user.pk).update(description="")
    empty = Q(kind__in=["file", "note"], versions=None) | Q(kind="link", created_by=user.pk)
    discard(items.filter(empty))
    for item in rows:
        follow(item.space, [item])


def _put_right(items: LibraryItemQuerySet) -> None:
    """The newest version that is left is what the thing is now."""
    for item in items:
        LibraryItem.objects.filter(pk=item.pk).update(current=item.versions.order_by("-number").first())
