"""A person's photo: one small square, so that a page with twenty people costs some 80 KB and not 20 MB."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

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

KIND: Final = "profiles.photo"
# The largest face is 72 CSS pixels wide; twice that for fine screens.
SIDE: Final = 144


def squared(upload: File[Any]) -> CleanFile:
    """Cleaned and cut to its middle. Its name says nothing. Raises files.cleaning.UnacceptableFile."""
    clean = cleaned(upload)
    with Image.open(io.BytesIO(clean.content.read())) as picture:
        square = ImageOps.fit(picture.convert("RGB"), (SIDE, SIDE))
    out = io.BytesIO()
    square.save(out, "WEBP", quality=75, method=6)
    content = ContentFile(out.getvalue())
    return CleanFile("photo.webp", "image/webp", content, content.size, SIDE, SIDE)


def put_up(profile: Profile, square: CleanFile) -> None:
    """In the caller's transaction, which also saves the profile; the photo before goes."""
    discard(profile)
    profile.photo = store.keep(square, kind=KIND, by=profile.user)


def discard(profile: Profile) -> None:
    stored, profile.photo = profile.photo, None
    if stored is not None:
        store.discard(stored)


def may_read(user: AnyUser, stored: StoredFile) -> bool:
    """Whoever may see the photo on the page of its person, and only while it stands there."""
    from profiles.models import Profile

    profile = Profile.objects.select_related("user").filter(photo=stored).first()
    return profile is not None and may_see(user, profile.user, "photo")
