"""A translation as a PO file that any tool reads (msgfmt -c passes).

msgctxt is the place on the page, msgid the source. What nobody has gone over, or cannot be used, is fuzzy.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Final

import polib
from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify
from wagtail_localize.models import Translation

from pages.glossary.lookup import Glossary, Hint
from pages.passages import Passage, passages

ID: Final = "X-WagtailLocalize-TranslationID"


def as_po(translation: Translation, glossary: Glossary | None = None) -> polib.POFile:
    source, target = translation.source.locale.language_code, translation.target_locale.language_code
    glossary = glossary or Glossary(source, target)
    file = polib.POFile(wrapwidth=110)
    file.metadata = _header(translation, source, target)
    file.extend(_entry(passage, glossary.hints(passage.source)) for passage in passages(translation))
    return file


def _header(translation: Translation, source: str, target: str) -> dict[str, str]:
    now = timezone.now().strftime("%Y-%m-%d %H:%M+0000")
    return {
        "Project-Id-Version": settings.SITE_NAME,
        "POT-Creation-Date": now,
        "PO-Revision-Date": now,
        "Last-Translator": "",
        "Language-Team": "",
        "Language": target,
        "X-Source-Language": source,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        ID: str(translation.uuid),
    }


def _entry(passage: Passage, hints: Iterable[Hint]) -> polib.POEntry:
    return polib.POEntry(
        msgctxt=passage.path,
        msgid=passage.source,
        msgstr=passage.words,
        flags=["fuzzy"] if passage.words and is_fuzzy(passage) else [],
        comment="\n".join([_state(passage), *map(_said, hints)]).strip(),
    )


def is_fuzzy(passage: Passage) -> bool:
    return passage.is_unread or passage.broken


def _state(passage: Passage) -> str:
    """English, as PO files are: translators' tools show it beside the string."""
    if passage.is_address:
        return "The address of the page: Latin letters, digits and hyphens."
    if passage.broken:
        return "Cannot be used as it is: links or marks differ from the source."
    return f"Not gone over yet ({passage.tool or 'machine'})." if passage.is_unread else ""


def _said(hint: Hint) -> str:
    avoid = f"; better not: {', '.join(hint.avoid)}" if hint.avoid else ""
    return f"Glossary: {hint.term} = {' / '.join([hint.preferred, *hint.also])}{avoid}"


def as_bytes(file: polib.POFile) -> bytes:
    return f"{file}\n".encode()


def file_name(translation: Translation) -> str:
    title = slugify(translation.source.object_repr)[:60].strip("-") or "page"
    return f"{title}-{translation.pk}.{translation.target_locale.language_code}.po"


def as_zip(found: Iterable[Translation]) -> bytes:
    """One file per page. A glossary is read once per pair of languages."""
    glossaries: dict[tuple[str, str], Glossary] = {}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for translation in found:
            pair = (translation.source.locale.language_code, translation.target_locale.language_code)
            glossary = glossaries.setdefault(pair, glossaries.get(pair) or Glossary(*pair))
            archive.writestr(file_name(translation), as_bytes(as_po(translation, glossary)))
    return packed.getvalue()
