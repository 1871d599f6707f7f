"""Refusals in words, with numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from communities.library.quota import Full


def over_words(full: Full) -> str:
    """Sizes as every page says them."""
    return render_to_string("communities/library/over.txt", {"full": full}).strip()


def no_room_words() -> str:
    return _("There is no room left on our disk, so this was not kept. Please try again later.")


def gone_words() -> str:
    return _(
        "This folder is no longer there. What you typed is kept; sent once more, it goes to the top of the library."
    )
