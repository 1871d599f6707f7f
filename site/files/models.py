"""The private store: one row per kept file, its bytes outside every served folder."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.urls import reverse

from files.cleaning.limits import LIGHT


def new_token() -> str:
    """192 bits, URL-safe: an address nobody guesses, though every request is authorised all the same."""
    return secrets.token_urlsafe(24)


def private_storage() -> Storage:
    return storages["private"]


def storage_name(stored: StoredFile, filename: str) -> str:
    """Where the bytes lie: nothing of the person's own file name gets on the disk."""
    return f"{stored.token[:2]}/{stored.token}"


class Preview(NamedTuple):
    url: str
    width: int | None
    height: int | None


class StoredFile(models.Model):
    """A cleaned file. `kind` names the room that owns it and answers who may read it (`files.readers`)."""

    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    kind = models.CharField(max_length=40)
    content = models.FileField(storage=private_storage, upload_to=storage_name, max_length=120)
    name = models.CharField(max_length=160)
    content_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField(help_text="bytes")
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    # The small WebP that a page shows of a picture, where there is one (`small_name`).
    small_size = models.PositiveIntegerField(null=True, help_text="bytes")
    small_width = models.PositiveSmallIntegerField(null=True)
    small_height = models.PositiveSmallIntegerField(null=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="stored_files"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Evidence: the bytes as they came, beside the cleaned file. Only where the space allows it (`store.keep`).
    original_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="original")
    sha256 = models.CharField(max_length=64, blank=True, help_text="of an original, in hexadecimal")

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def url(self) -> str:
        return reverse("stored_file", args=[self.token, self.name])

    @property
    def has_small(self) -> bool:
        return self.small_size is not None

    @property
    def preview(self) -> Preview | None:
        """What a page shows of a picture; None for a heavy one from before there were small ones."""
        if self.has_small:
            return Preview(self.small_url, self.small_width, self.small_height)
        is_light = self.is_image and not self.is_original and self.size <= LIGHT
        return Preview(self.url, self.width, self.height) if is_light else None

    @property
    def small_name(self) -> str:
        """Where its bytes lie: beside the file's."""
        return f"{self.content.name}.small"

    @property
    def small_url(self) -> str:
        """Behind the same door, for the same readers."""
        return reverse("stored_small", args=[self.token, self.name])

    @property
    def is_original(self) -> bool:
        """Not cleaned: it may name people and places, and is never shown in the browser."""
        return self.original_of_id is not None

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def is_audio(self) -> bool:
        return self.content_type.startswith("audio/")
