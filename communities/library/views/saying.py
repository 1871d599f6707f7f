"""Refusals in words, with numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from communities.library.quota import Full


def over_words(full: Full) -> str:
    return _(
        "The library is full: %(used)s of %(most)s are used, and this needs %(size)s. Older things can go into the "
        "bin; they count for thirty days more."
    ) % {
        "used": filesizeformat(full.quota.used),
        "most": filesizeformat(full.quota.most),
        "size": filesizeformat(full.size),
    }


def no_room_words() -> str:
    return _("There is no room left on our disk, so this was not kept. Please try again later.")


def gone_words() -> str:
    return _(
        "This folder is no longer there. What you typed is kept; sent once more, it goes to the top of the library."
    )
