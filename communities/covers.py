"""The cover of a space: a strip of a phone's width, cleaned and cut, in the private store."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

from files import store
from files.cleaning import CleanFile, cleaned

if TYPE_CHECKING:
    from django.core.files.base import File

    from communities.models import Space
    from communities.permissions import AnyUser
    from files.models import StoredFile
    from profiles.models import User

KIND: Final = "communities.cover"
SIZE: Final = (960, 240)  # pixels
QUALITY: Final = 60


def shaped(upload: File[Any]) -> CleanFile:
    """Cleaned and cut to its middle; its name says nothing. Raises files.cleaning.UnacceptableFile."""
    clean = cleaned(upload)
    with Image.open(io.BytesIO(clean.content.read())) as picture:
        cut = ImageOps.fit(picture.convert("RGB"), SIZE)
    out = io.BytesIO()
    cut.save(out, "WEBP", quality=QUALITY, method=6)
    content = ContentFile(out.getvalue())
    return CleanFile("cover.webp", "image/webp", content, content.size, *SIZE)


def put_up(space: Space, picture: CleanFile | None, *, by: User) -> None:
    """In the caller's transaction, which also saves the space; None takes the one there is away."""
    before, space.cover = space.cover, None
    if picture is not None:
        space.cover = store.keep(picture, kind=KIND, by=by)
    space.save(update_fields=["cover"])
    if before is not None:
        store.discard(before)


def may_read(user: AnyUser, stored: StoredFile) -> bool:
    """Whoever may read the space, and only while it is its cover."""
    from communities.models import Space

    return Space.objects.readable_by(user).filter(cover=stored.pk).exists()
