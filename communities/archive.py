"""A zip to take along, of a person or of a space: pages to read offline, the same as data, and files.

Nothing is held as a whole: a page has PER_PAGE rows, data goes through a file, files are copied in blocks.
No page asks anything of any host, and none needs JavaScript.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from communities.parts import Coded, Part, Words
from files.models import StoredFile

PER_PAGE: Final = 100
IN_MEMORY: Final = 1024 * 1024  # bytes of data; more goes through the disk
STYLE: Final = Path(__file__).with_name("archive.css")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the zip."""

    path: str
    name: str
    is_image: bool


@dataclass(frozen=True, slots=True)
class Field:
    """What a page shows of one value."""

    label: str
    text: str = ""
    # Words as somebody wrote them, in a direction of their own; all else is in the reader's language.
    is_own: bool = False
    language: str = ""
    files: Sequence[Kept] = ()

    @property
    def is_address(self) -> bool:
        """Written from left to right in any language."""
        return self.text.startswith(("http://", "https://"))


@dataclass(slots=True)
class Chapter:
    part: Part
    count: int = 0
    pages: list[str] = field(default_factory=list)

    @property
    def data(self) -> str:
        return f"data/{self.part.name}.json"


class Archive:
    """Inside the reader's language and time zone: `Archive(file, index, title=...).write(parts)`. Raises OSError.

    `index` is the template of the first page; it gets `context` beside `title` and the parts.
    """

    def __init__(self, out: IO[bytes], index: str, *, title: str, **context: Any) -> None:
        self.zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self.index, self.title, self.context = index, title, context
        self.made_at = timezone.localtime()
        self._kept: dict[int, Kept | None] = {}
        self._due: list[tuple[StoredFile, str]] = []

    def write(self, parts: Iterable[Part]) -> None:
        with self.zip:
            self._put("style.css", STYLE.read_text())
            chapters = [self._chapter(part) for part in parts]
            filled = [chapter for chapter in chapters if chapter.count]
            empty = [chapter for chapter in chapters if not chapter.count]
            self._put("index.html", self._page(self.index, filled=filled, empty=empty, way=""))

    def _chapter(self, part: Part) -> Chapter:
        """Pages go into the zip as they fill, the data of the same rows beside them at the end."""
        chapter = Chapter(part)
        with SpooledTemporaryFile(IN_MEMORY, "w+b") as data:
            data.write(_line(_head(part))[:-1] + b', "rows": [')
            rows = iter(part.rows())
            batch = list(islice(rows, PER_PAGE))
            while batch:
                after = list(islice(rows, PER_PAGE))
                self._rows(chapter, batch, data, has_more=bool(after))
                batch = after
            data.write(b"\n]}\n")
            data.seek(0)
            self._copy(chapter.data, data)
        return chapter

    def _rows(self, chapter: Chapter, batch: list[Any], data: IO[bytes], *, has_more: bool) -> None:
        number = len(chapter.pages) + 1
        entries = []
        for row in batch:
            held = {key: self._held(row.get(key)) for key in chapter.part.keys}
            data.write((b",\n" if chapter.count else b"\n") + _line(held))
            chapter.count += 1
            entries.append([_field(label, held[key]) for key, label in chapter.part.keys.items()])
        chapter.pages.append(_path(chapter.part, number))
        page = self._page(
            "communities/archive/part.html",
            part=chapter.part,
            entries=[[each for each in entry if each.text or each.files] for entry in entries],
            number=number,
            earlier=_path(chapter.part, number - 1) if number > 1 else "",
            later=_path(chapter.part, number + 1) if has_more else "",
            way="../",
        )
        self._put(chapter.pages[-1], page)
        self._copy_due()

    def _held(self, value: Any) -> Any:
        """The value with its files as they lie in the zip."""
        if isinstance(value, StoredFile):
            return self._keep(value)
        if isinstance(value, list):
            return [self._held(each) for each in value]
        return value

    def _keep(self, stored: StoredFile) -> Kept | None:
        """Once, however many rows name it. None when its bytes are lost."""
        if stored.pk not in self._kept:
            self._kept[stored.pk] = None
            if stored.content and stored.content.storage.exists(stored.content.name or ""):
                path = f"files/{len(self._kept):04}-{stored.name.replace('/', '-')}"
                self._kept[stored.pk] = Kept(path, stored.name, stored.is_image)
                self._due.append((stored, path))
        return self._kept[stored.pk]

    def _copy_due(self) -> None:
        for stored, path in self._due:
            with stored.content.open("rb") as content:
                self._copy(path, content, zipfile.ZIP_STORED)
        self._due.clear()

    def _page(self, name: str, **context: Any) -> str:
        return render_to_string(
            name,
            {
                "language": get_language(),
                "dir": "rtl" if get_language_bidi() else "ltr",
                "site_name": settings.SITE_NAME,
                "made_at": self.made_at,
                "title_of_all": self.title,
                **self.context,
                **context,
            },
        )

    def _put(self, path: str, text: str) -> None:
        self.zip.writestr(self._info(path), text)

    def _copy(self, path: str, content: IO[bytes] | Any, compression: int = zipfile.ZIP_DEFLATED) -> None:
        with self.zip.open(self._info(path, compression), "w", force_zip64=True) as out:
            shutil.copyfileobj(content, out)

    def _info(self, path: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(path, self.made_at.timetuple()[:6])
        info.compress_type = compression
        info.external_attr = 0o644 << 16
        return info


def _path(part: Part, number: int) -> str:
    return f"pages/{part.name}{f'-{number}' if number > 1 else ''}.html"


def _head(part: Part) -> dict[str, Any]:
    """Every file of data explains itself."""
    return {"part": part.name, "title": part.title, "note": part.note, "keys": dict(part.keys)}


def _field(label: Any, value: Any) -> Field:
    if isinstance(value, Words):
        return Field(str(label), value.text, is_own=True, language=value.language)
    files = [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, Kept)]
    return Field(str(label), files=files) if files else Field(str(label), _in_words(value))


def _in_words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Coded):
        return value.label
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, list):
        return _(", ").join(filter(None, map(_in_words, value)))
    return str(value)


def _line(value: Any) -> bytes:
    return json.dumps(dict(_plain(value)), ensure_ascii=False, default=str).encode()


def _plain(row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        yield key, _as_data(value)


def _as_data(value: Any) -> Any:
    """Moments as ISO 8601, choices by their code, files by their path in the zip."""
    if isinstance(value, Words):
        return value.text
    if isinstance(value, Coded):
        return value.code
    if isinstance(value, Kept):
        return value.path
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list):
        return [_as_data(each) for each in value]
    if isinstance(value, dict):
        return {key: _as_data(each) for key, each in value.items()}
    return str(value) if isinstance(value, Promise) else value
