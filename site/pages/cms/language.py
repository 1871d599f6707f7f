"""Wagtail writes to people, and speaks to them in the CMS, in their own language.

Its profile of a person knows a language only once somebody chose one in the CMS; until then a mail would be written
in the language of whoever caused it.
"""

from __future__ import annotations

from django.conf import settings
from wagtail.users.models import UserProfile


def preferred(profile: UserProfile) -> str:
    return str(profile.preferred_language or profile.user.language or settings.LANGUAGE_CODE)


def listen() -> None:
    """Wagtail offers no other way in."""
    UserProfile.get_preferred_language = preferred
