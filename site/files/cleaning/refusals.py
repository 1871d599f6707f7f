"""Every reason for which a file is refused: one closed list.

What takes files apart runs in a process of its own (`files.sandbox`), which speaks no language and is not believed:
it says a key of this list, and whoever asked says the words.
"""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

REFUSALS: Final = {
    "empty": _("This file is empty."),
    "too_large": _("This file is too large: %(size)s. At most %(most)s are possible."),
    "type": _("This is not a sort of file that we can take, or it is damaged."),
    "type.picture": _("This file is not a picture we can take. JPEG, PNG, WebP, HEIC and AVIF are possible."),
    "not_as_named": _(
        "This file is not what its name says: by its content it is %(kind)s. Please rename or save it anew."
    ),
    "not_here": _("Files of this sort (%(kind)s) cannot be put here."),
    "damaged": _("This file is damaged: it cannot be opened. Please save it anew and choose it again."),
    "damaged.picture": _(
        "This picture is damaged: it cannot be opened. Please save it anew and choose it again."
    ),
    "too_many_pixels": _(
        "This picture has too many pixels. At most %(count)d million are possible: please make it smaller."
    ),
    "too_many_pages": _("This PDF has too many pages. At most %(count)d are possible: please divide it."),
    "locked": _("This file is locked with a password, so it cannot be cleaned. Please save it without one."),
    "locked.pdf": _(
        "This PDF is locked, with a password or against changes, so it cannot be cleaned. Please save it anew."
    ),
    "macros": _("This file holds macros: programs that run where it is opened. Please save it without them."),
    "embedded": _(
        "This file holds something that cannot be cleaned (%(name)s). Please save it without, or as PDF."
    ),
    "embedded.object": _(
        "This file holds another one that cannot be cleaned. Please save it without, or as PDF."
    ),
    "encoding": _("This text cannot be read everywhere. Please save it in UTF-8 and choose it again."),
    "bomb": _("Unpacked, this file is too large to be opened safely."),
    "exhausting": _(
        "This file takes too much time or memory to be checked, so it was not taken. Please save it anew, smaller "
        "or as PDF."
    ),
    "busy": _("Too many files are being checked at this moment. Please try again in a minute."),
    "virus": _("The virus scanner found something in this file, so it was not taken."),
    "no_scanner": _(
        "Files cannot be checked for viruses at this moment, so none is taken. Please try again later."
    ),
}


class UnacceptableFile(ValidationError):
    """Carries a message in the reader's language; a form shows it as it is. `code` is the key's first word."""

    def __init__(self, key: str, **params: Any) -> None:
        self.key = key
        super().__init__(REFUSALS[key], code=key.partition(".")[0], params=params or None)

    def __reduce__(self) -> Any:
        return _again, (self.key, self.params or {})


def _again(key: str, params: dict[str, Any]) -> UnacceptableFile:
    return UnacceptableFile(key, **params)


def damaged() -> UnacceptableFile:
    return UnacceptableFile("damaged")
