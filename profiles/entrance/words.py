from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

STATES: Final[dict[str, _StrPromise]] = {
    "open": pgettext_lazy("an invitation", "Waits for an answer"),
    "taken up": pgettext_lazy("an invitation", "Taken up"),
    "withdrawn": pgettext_lazy("an invitation", "Withdrawn"),
    "run out": pgettext_lazy("an invitation", "Run out"),
}
