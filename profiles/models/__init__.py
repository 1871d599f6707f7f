"""People: how they sign in (`people`), how they appear (`profile`), whom they are with (`ties`)."""

from profiles.models.organisations import Organisation
from profiles.models.people import User, UserManager
from profiles.models.profile import ContactWay, Pin, Profile, ProfileText, Section, SpokenLanguage
from profiles.models.ties import Block, ContactRequest, Follow

__all__ = [
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
