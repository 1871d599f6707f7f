"""Blocks of the demo pages, from rows of content/*.toml to what Wagtail keeps."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any, Final

from django.core.files.base import ContentFile
from wagtail.images.models import Image

from demo import files
from demo.content import Table
from news.public_page import PublicPage

Sources = dict[str, PublicPage]
LINK: Final = re.compile(r'href="((?:page|article|resource):[a-z0-9-]+)"')
# A list's members have the same ids in every language: a translation is told from its source by them.
ITEMS: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://demo.example/items")


def block(row: Table, sources: Sources) -> tuple[str, Any]:
    """(name, value). KeyError for a kind that the demo world does not know."""
    kind = row["type"]
    return kind, KINDS[kind](row, sources)


def _text(row: Table, sources: Sources) -> str:
    return LINK.sub(lambda match: _link(sources[match[1]]), row["html"])


def _link(page: PublicPage) -> str:
    """As Wagtail keeps it: shown with the address in the reader's own tree."""
    return f'linktype="page" id="{page.pk}"'


def _call(row: Table, sources: Sources) -> Table:
    page = sources.get(row["url"])
    return {"text": row["text"], "page": page.pk if page else None, "url": "" if page else row["url"]}


def _items(values: list[Any]) -> list[Table]:
    return [
        {"type": "item", "value": value, "id": str(uuid.uuid5(ITEMS, str(number)))}
        for number, value in enumerate(values)
    ]


def _named(row: Table, *names: str) -> list[Table]:
    return _items([dict(zip(names, values, strict=True)) for values in row["rows"]])


def _people(row: Table, sources: Sources) -> Table:
    people = _named(row, "name", "role", "text")
    for person, seed in zip(people, row["seeds"], strict=False):
        person["value"]["image"] = _picture(seed)
    return {"people": people}


def _table(row: Table, sources: Sources) -> Table:
    columns = [{"type": kind, "heading": heading} for kind, heading in row["columns"]]
    rows = [{"values": values} for values in row["rows"]]
    return {"table": {"caption": row["caption"], "columns": columns, "rows": rows}, "row_headings": True}


def _pair(row: Table, sources: Sources) -> Table:
    first, second = (
        {"image": _picture(seed), "alt": alt, "decorative": False}
        for seed, alt in zip(row["seeds"], row["alts"], strict=True)
    )
    return {"first": first, "second": second, "caption": row["caption"], "credit": ""}


def _picture(seed: int) -> int:
    title = f"Weave {seed}"
    found = Image.objects.filter(title=title).first()
    if found is None:
        content = ContentFile(files.image("", seed), f"weave-{seed}.jpg")
        found = Image.objects.create(title=title, file=content)
    return int(found.pk)


def _document(row: Table, sources: Sources) -> int:
    """The file of a resource."""
    page: Any = sources[row["of"]]
    return int(page.document_id)


KINDS: Final[dict[str, Callable[[Table, Sources], Any]]] = {
    "heading": lambda row, sources: row["text"],
    "text": _text,
    "quote": lambda row, sources: {"text": row["text"], "author": row.get("author", "")},
    "cta": _call,
    "figures": lambda row, sources: {"figures": _named(row, "number", "words")},
    "faq": lambda row, sources: {"questions": _named(row, "question", "answer")},
    "people": _people,
    "table": _table,
    "pair": _pair,
    "file": lambda row, sources: {"document": _document(row, sources), "title": row["title"]},
    "audio": lambda row, sources: {
        "document": _document(row, sources),
        "title": row["title"],
        "transcript": row["transcript"],
    },
    "video": lambda row, sources: {
        "title": row["title"],
        "document": _document(row, sources) if "of" in row else None,
        "url": row.get("url", ""),
        "transcript": row["transcript"],
    },
    "related": lambda row, sources: {
        "title": row["title"],
        "pages": _items([sources[key].pk for key in row["pages"]]),
    },
}
