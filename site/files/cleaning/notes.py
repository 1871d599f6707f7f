"""What was taken out of a file, or stays in it and should be known: a closed list, told to whoever uploads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Note(TextChoices):
    """In the order in which they matter to the person."""

    PLACE = "place", _("the place where it was made")
    PEOPLE = "people", _("names of people")
    DEVICE = "device", _("the name of the camera, telephone or program")
    TIME = "time", _("the hour when it was made")
    VERSIONS = "versions", _("earlier versions")
    ATTACHMENTS = "attachments", _("files hidden inside")
    TRACKS = "tracks", _("hidden recordings")
    SCRIPTS = "scripts", _("programs that would run when it is opened")
    LINKS = "links", _("links into somebody’s computer")
    PREVIEW = "preview", _("a small preview picture")
    PROPERTIES = "properties", _("titles, keywords and other properties")
    SIGNATURE = "signature", _("a digital signature")
    ANIMATION = "animation", _("all pictures of the animation but the first")
    # Not taken out:
    COMMENTS = "comments", _("remarks in the margin")
    CHANGES = "changes", _("tracked changes with what was deleted")


STAYING = frozenset({Note.COMMENTS, Note.CHANGES})
_noted: ContextVar[set[Note] | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[set[Note]]:
    """Collects what the cleaners note inside."""
    found: set[Note] = set()
    token = _noted.set(found)
    try:
        yield found
    finally:
        _noted.reset(token)


def note(*what: Note) -> None:
    found = _noted.get()
    if found is not None:
        found.update(what)


# Words in the names of tags, of every format, in lower case; the first that fits counts.
_WORDS = (
    (Note.PLACE, ("gps", "location", "xyz", "loci", "geo", "place", "city", "country", "latitude")),
    (Note.PREVIEW, ("thumbnail", "preview", "apic", "picture", "cover")),
    (Note.TIME, ("date", "time", "year", "tdrc", "tyer", "©day")),
    (Note.DEVICE, ("make", "model", "software", "producer", "creatortool", "encoder", "device", "camera", "lens",
                   "application", "generator", "serial", "tsse", "tenc", "©mod", "©mak", "©swr", "©too")),
    (Note.PEOPLE, ("author", "artist", "creator", "by", "owner", "copyright", "manager", "company", "performer",
                   "tpe1", "tpe2", "tcom", "composer", "©art", "©nam_by", "person", "iart", "ieng", "operator")),
)  # fmt: skip


def note_tag(name: Any) -> None:
    """One tag of a picture, a sound, a document, by what it is called."""
    low = str(name).lower()
    note(next((what for what, words in _WORDS if any(word in low for word in words)), Note.PROPERTIES))
