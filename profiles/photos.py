"""A person's pictures: one small square and one narrow cover, so that a list of twenty costs some 80 KB."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Literal

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

from files import store
from files.cleaning import CleanFile, cleaned
from profiles.audiences import may_see

if TYPE_CHECKING:
    from django.core.files.base import File

    from communities.permissions import AnyUser
    from files.models import StoredFile
    from profiles.models import Profile

    Slot = Literal["photo", "cover"]

# Column of the profile -> the kind of file that `files.readers` asks about.
KINDS: Final[dict[str, str]] = {"photo": "profiles.photo", "cover": "profiles.cover"}
# Pixels. The largest face is 72 CSS pixels wide, twice that for fine screens; a cover is a strip of a phone's
# width, and of the column's on a wide screen.
SIZES: Final[dict[str, tuple[int, int]]] = {"photo": (144, 144), "cover": (960, 240)}
QUALITY: Final = {"photo": 75, "cover": 60}


def shaped(upload: File[Any], slot: Slot) -> CleanFile:
    """Cleaned and cut to its middle. Its name says nothing. Raises files.cleaning.UnacceptableFile."""
    clean = cleaned(upload)
    with Image.open(io.BytesIO(clean.content.read())) as picture:
        cut = ImageOps.fit(picture.convert("RGB"), SIZES[slot])
    out = io.BytesIO()
    cut.save(out, "WEBP", quality=QUALITY[slot], method=6)
    content = ContentFile(out.getvalue())
    return replace(
        clean,
        name=f"{slot}.webp",
        content_type="image/webp",
        content=content,
        size=content.size,
        width=SIZES[slot][0],
        height=SIZES[slot][1],
        small=None,
    )


def put_up(profile: Profile, picture: CleanFile, slot: Slot = "photo") -> None:
    """In the caller's transaction, which also saves the profile; the picture before goes."""
    discard(profile, slot)
    setattr(profile, slot, store.keep(picture, kind=KINDS[slot], by=profile.user))


def discard(profile: Profile, slot: Slot = "photo") -> None:
    stored: StoredFile | None = getattr(profile, slot)
    setattr(profile, slot, None)
    if stored is not None:
        store.discard(stored)


def may_read(user: AnyUser, stored: StoredFile) -> bool:
    """Whoever may see the picture on the page of its person, and only while it stands there."""
    from profiles.models import Profile

    slot = next(name for name, kind in KINDS.items() if kind == stored.kind)
    profile = Profile.objects.select_related("user").filter(**{slot: stored}).first()
    if profile is None:
        return False
    # The user's own `profile`, which the audience is read from, is this very row.
    profile.user.profile = profile
    return may_see(user, profile.user, slot)
