"""What comes in: told apart by content, never by name, and rid of everything that tells on people.

Who wrote a text, on which computer, where a photograph was taken, which telephone recorded a voice: all of that
lies beside what is shown or heard. Pictures are encoded again (`images`); other files are taken apart, and only
what is needed to show them is put together again. What cannot be cleaned is refused with words.

`cleaned` takes pictures alone: what members send. `cleaned_document` takes what editors publish.
"""

from files.cleaning.base import CleanFile, UnacceptableFile, safe_name
from files.cleaning.documents import cleaned_document
from files.cleaning.images import LONGEST_SIDE, MAX_PIXELS, TYPES, cleaned

__all__ = [
    "LONGEST_SIDE",
    "MAX_PIXELS",
    "TYPES",
    "CleanFile",
    "UnacceptableFile",
    "cleaned",
    "cleaned_document",
    "safe_name",
]
