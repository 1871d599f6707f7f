"""Which sorts of file a place takes. Told by content; the name only has to agree with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from files.cleaning.kinds import KINDS

PICTURES: Final = frozenset({"jpeg", "png", "webp", "heic", "avif"})
DOCUMENTS: Final = frozenset({"pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "rtf", "text"})
SOUND: Final = frozenset({"mp3", "ogg", "wav", "m4a"})
SOUND_AND_FILM: Final = SOUND | {"mp4", "webm"}


@dataclass(frozen=True, slots=True)
class Purpose:
    """`kinds` are names of `files.cleaning.kinds.KINDS`."""

    name: str
    kinds: frozenset[str]

    @property
    def accept(self) -> str:
        """For the `accept` of a file input: content types, and endings for browsers that know no HEIC."""
        kinds = [kind for name, kind in KINDS.items() if name in self.kinds]
        types = dict.fromkeys(kind.content_type.partition(";")[0] for kind in kinds)
        endings = dict.fromkeys(ending for kind in kinds for ending in kind.endings)
        return ",".join([*types, *endings])


# A face, a cover.
PICTURE: Final = Purpose("picture", PICTURES)
# What goes with a post: no film, which a telephone on a costly line fetches for minutes.
POST: Final = Purpose("post", PICTURES | DOCUMENTS | SOUND)
# What editors publish.
PUBLISHED: Final = Purpose("published", PICTURES | DOCUMENTS | SOUND_AND_FILM)
# What a space keeps for its members.
LIBRARY: Final = Purpose("library", PUBLISHED.kinds | {"zip"})
PURPOSES: Final = {purpose.name: purpose for purpose in (PICTURE, POST, PUBLISHED, LIBRARY)}
