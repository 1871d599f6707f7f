"""People: how they sign in (`people`), how they appear (`profile`, `parts`), whom they are with (`ties`)."""

from profiles.models.organisations import Organisation
from profiles.models.parts import (
    MOST_PINS,
    MOST_SECTIONS,
    MOST_WAYS,
    ContactWay,
    Pin,
    ProfileText,
    Section,
    SpokenLanguage,
)
from profiles.models.people import User, UserManager
from profiles.models.profile import Profile
from profiles.models.ties import Block, ContactRequest, Follow

__all__ = [
    "MOST_PINS",
    "MOST_SECTIONS",
    "MOST_WAYS",
    "Block",
    "ContactRequest",
    "ContactWay",
    "Follow",
    "Organisation",
    "Pin",
    "Profile",
    "ProfileText",
    "Section",
    "SpokenLanguage",
    "User",
    "UserManager",
]
