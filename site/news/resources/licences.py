"""What readers may do with a resource: the licences that are in use, or other words."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

OTHER: Final = "other"
_CC: Final = "https://creativecommons.org/"
# Their names are the same in every language.
COMMONS: Final = {
    "cc-by-4.0": ("CC BY 4.0", "licenses/by/4.0/"),
    "cc-by-sa-4.0": ("CC BY-SA 4.0", "licenses/by-sa/4.0/"),
    "cc-by-nc-4.0": ("CC BY-NC 4.0", "licenses/by-nc/4.0/"),
    "cc-by-nc-sa-4.0": ("CC BY-NC-SA 4.0", "licenses/by-nc-sa/4.0/"),
    "cc-by-nd-4.0": ("CC BY-ND 4.0", "licenses/by-nd/4.0/"),
    "cc-by-nc-nd-4.0": ("CC BY-NC-ND 4.0", "licenses/by-nc-nd/4.0/"),
    "cc0-1.0": ("CC0 1.0", "publicdomain/zero/1.0/"),
}
LICENCES: Final[list[tuple[str, Any]]] = [
    *((code, name) for code, (name, _path) in COMMONS.items()),
    ("public-domain", _("Public domain")),
    ("all-rights", _("All rights reserved")),
    (OTHER, _("Other words")),
]


class Licence(NamedTuple):
    """What the page shows; both empty when nothing is known. `url` explains it in the reader's language."""

    name: str
    url: str


def licence_of(code: str, words: str) -> Licence:
    if code in COMMONS:
        name, path = COMMONS[code]
        return Licence(name, f"{_CC}{path}deed.{get_language() or 'en'}")
    return Licence(words or str(dict(LICENCES).get(code, code)), "")
