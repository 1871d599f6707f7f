"""What a person takes along of the forum, and what becomes of it when they leave for good."""

from forum.leaving.belongings import FATES, erase, parts

__all__ = ["FATES", "erase", "parts"]
