"""Pictures of articles and files of resources, drawn by `demo.files` and handed to Wagtail."""

from __future__ import annotations

from typing import Final

from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image

from demo import files
from demo.content import FOLDER, Table
from demo.world import World
from files.cleaning import cleaned_document

FILM: Final = FOLDER / "breathing.mp4"  # demo/film.py has drawn it


def picture(world: World, row: Table) -> Image:
    content = files.image("", row["picture"]["seed"])
    return Image.objects.create(
        title=row["picture"]["alt"]["en"][:255],
        file=_clean(content, f"{row['key']}.jpg"),
        uploaded_by_user=world.people["editor"],
    )


def document(world: World, row: Table) -> Document:
    described = row["file"]
    made = Document(
        title=described["title"],
        file=_clean(content_of(described), described["name"]),
        uploaded_by_user=world.people["editor"],
    )
    made._set_document_file_metadata()
    made.save()
    return made


def _clean(content: bytes, name: str) -> ContentFile[bytes]:
    """As the CMS takes it from an editor."""
    clean = cleaned_document(ContentFile(content, name))
    clean.content.name = clean.name
    return clean.content


def content_of(described: Table) -> bytes:
    paragraphs = [" ".join(part.split()) for part in described.get("text", "").split("\n\n") if part.strip()]
    if described["format"] == "pdf":
        return files.pdf(described["title"], paragraphs, described["language"])
    if described["format"] == "text":
        return "\r\n\r\n".join([described["title"], *paragraphs, ""]).encode()
    if described["format"] == "mp4":
        return FILM.read_bytes()
    if described["format"] == "jpeg":
        return files.poster(described["title"], paragraphs)
    return files.audio(described["seconds"], described["seed"])
