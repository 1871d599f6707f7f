"""What the results call the kinds that rooms hand in, and the icon beside it.

Words of the result list, hence here: the rooms above hand over data only. A kind without a line here is
found all the same and shows no chip.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    label: str | Promise
    icon: str


KINDS: Final[dict[str, Kind]] = {
    "topic": Kind(_("Forum"), "message-square"),
    "post": Kind(_("Forum reply"), "message-square"),
    "library": Kind(_("Library"), "library"),
    "event": Kind(_("Event"), "calendar-days"),
    "recording": Kind(_("Recording"), "video"),
    "news": Kind(_("News"), "globe"),
    "resource": Kind(_("Resource"), "library"),
    "page": Kind(_("Page"), "file-text"),
    "space": Kind(_("Community"), "users-round"),
    "person": Kind(_("Person"), "circle-user-round"),
    "profile": Kind(_("Person"), "circle-user-round"),
}
UNNAMED: Final = Kind("", "file-text")


def kind_of(name: str) -> Kind:
    return KINDS.get(name, UNNAMED)
