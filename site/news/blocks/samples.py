"""What the block picker shows: the editors' own newest picture and files, so that a preview looks like this site."""

from __future__ import annotations

from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page

KILOBYTE = 1000


def picture() -> Image | None:
    return Image.objects.order_by("-pk").first()


def pictures(count: int) -> list[Image | None]:
    found: list[Image | None] = [*Image.objects.order_by("-pk")[:count]]
    return found + [None] * (count - len(found))


def document(ending: str, size: int) -> Document:
    """The newest file with this ending, else one that exists only in the preview. `size` in kilobytes."""
    found = Document.objects.filter(file__iendswith=f".{ending}").order_by("-pk").first()
    return found or Document(pk=0, title=ending, file=f"sample.{ending}", file_size=size * KILOBYTE)


def pages(count: int) -> list[Page]:
    return list(Page.objects.live().public().filter(depth__gt=2).order_by("-pk")[:count])
