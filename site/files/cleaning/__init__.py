"""What comes in: told apart by content, never by name, and rid of everything that tells on people.

Who wrote a text, on which computer, where a photograph was taken, which telephone recorded a voice: all of that
lies beside what is shown or heard. Pictures are encoded again (`images`); other files are taken apart, and only
what is needed to show them is put together again. What cannot be cleaned is refused with words.

The work is done in a process of its own (`files.sandbox`); nothing of the site opens what people send.
"""

from files.cleaning.base import CleanFile, UnacceptableFile, safe_name
from files.cleaning.door import cleaned, cleaned_document
from files.cleaning.limits import LONGEST_SIDE, MAX_PIXELS
from files.cleaning.notes import Note
from files.cleaning.told import told

__all__ = [
    "LONGEST_SIDE",
    "MAX_PIXELS",
    "CleanFile",
    "Note",
    "UnacceptableFile",
    "cleaned",
    "cleaned_document",
    "safe_name",
    "told",
]
