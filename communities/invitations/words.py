from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

STATES: Final[dict[str, _StrPromise]] = {
    "open": pgettext_lazy("an invitation", "Waits for an answer"),
    "taken up": pgettext_lazy("an invitation", "Taken up"),
    "withdrawn": pgettext_lazy("an invitation", "Withdrawn"),
    "declined": pgettext_lazy("an invitation", "Declined"),
    "run out": pgettext_lazy("an invitation", "Run out"),
    "failed": pgettext_lazy("an invitation", "Its mail could not be sent"),
}
# What the report says of each line of a list.
OUTCOMES: Final[dict[str, _StrPromise]] = {
    "sent": _("Sent"),
    "member": _("Already a member"),
    "invited": _("Already invited"),
    "declined": _("Declined lately: not asked again"),
    "twice": _("Twice in the list"),
    "no address": _("Not an address"),
    "too many": _("Too many for today: not sent"),
}
