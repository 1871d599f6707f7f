"""What a person takes along of the forum, and what becomes of it when they leave for good."""

from forum.leaving.belongings import parts
from forum.leaving.erasing import erase
from forum.leaving.fates import FATES

__all__ = ["FATES", "erase", "parts"]
