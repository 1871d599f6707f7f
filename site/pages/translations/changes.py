"""Which passages wait, and what stood there before: old source, new source, what the translation says now."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from wagtail_localize.models import OverridableSegment, StringSegment, StringTranslation, Translation

from pages.models.translating import Baseline
from pages.translations.states import MACHINE

# Below this a passage is another one, not the same one written differently.
ALIKE_AT_ITS_PLACE: Final = 0.3
ALIKE_ELSEWHERE: Final = 0.6


@dataclass
class Before:
    """A passage that is no longer in the source, and its translation."""

    path: str
    source: str
    words: str


@dataclass
class Passage:
    """One passage in step with nothing: new, changed, gone, or with a draft that nobody has gone over.

    `segment` is None for what is gone. `words` are what stands in the editor, `says` what the readers still see
    (or what was said before, when nothing is published).
    """

    path: str
    segment: StringSegment | None = None
    before: str = ""
    after: str = ""
    says: str = ""
    words: str = ""
    tool: str = ""
    unread: bool = False

    @property
    def is_open(self) -> bool:
        return self.segment is not None and (self.unread or not self.words)

    @property
    def field(self) -> str:
        return self.path.partition(".")[0]


def changes(translation: Translation) -> list[Passage]:
    """In the order of the page, what is gone last; the same words once. Five queries, however long the page is."""
    segments = list(
        translation.source.stringsegment_set.select_related("string", "context").order_by("order")
    )
    said = _said(translation)
    now = {segment.string.data for segment in segments}
    baseline = Baseline.objects.filter(translation=translation).first()
    known = _published(baseline) if baseline else []
    shown = {one.source for one in known}
    before = [one for one in _in_time(known, said) if one.source not in now]
    found = []
    for passage in _each_once(segments, said):
        if passage.is_open or (baseline and passage.after not in shown):
            old = _take(before, passage)
            passage.before, passage.says = (old.source, old.words) if old else ("", "")
            found.append(passage)
    return [*found, *_gone(before, shown - {passage.before for passage in found})]


def _each_once(
    segments: list[StringSegment], said: dict[tuple[int, int], StringTranslation]
) -> Iterable[Passage]:
    """Of the same words in several places, the first place that waits. An address is never the same as words."""
    found: dict[tuple[int, bool], Passage] = {}
    for segment in segments:
        passage = _passage(segment, said.get((segment.string_id, segment.context_id)))
        key = (segment.string_id, passage.path == "slug")
        if key not in found or (passage.is_open and not found[key].is_open):
            found[key] = passage
    return found.values()


def open_passages(translation: Translation) -> list[Passage]:
    return [passage for passage in changes(translation) if passage.is_open]


def changed_values(translation: Translation) -> list[tuple[str, object, object]]:
    """(path, before, now) of pictures, links and other values of the source since the last publication."""
    baseline = Baseline.objects.filter(translation=translation).first()
    if baseline is None:
        return []
    now = dict(
        OverridableSegment.objects.filter(source=translation.source_id).values_list(
            "context__path", "data_json"
        )
    )
    return [
        (path, json.loads(baseline.values.get(path, "null")), json.loads(data))
        for path, data in now.items()
        if baseline.values.get(path) != data
    ]


def _said(translation: Translation) -> dict[tuple[int, int], StringTranslation]:
    rows = StringTranslation.objects.filter(
        locale=translation.target_locale_id, context__object_id=translation.source.object_id
    )
    return {
        (row.translation_of_id, row.context_id): row
        for row in rows.select_related("translation_of", "context").order_by("updated_at")
    }


def _published(baseline: Baseline) -> list[Before]:
    return [Before(path, source, words or "") for path, source, words in baseline.passages]


def _in_time(known: list[Before], said: dict[tuple[int, int], StringTranslation]) -> Iterable[Before]:
    """What readers see first, then what else was once translated, the newest first."""
    yield from known
    there = {(one.path, one.source) for one in known}
    for row in reversed(said.values()):
        if row.context is not None and row.translation_type != MACHINE:
            one = Before(row.context.path, row.translation_of.data, row.data)
            if (one.path, one.source) not in there:
                yield one


def _passage(segment: StringSegment, row: StringTranslation | None) -> Passage:
    return Passage(
        path=segment.context.path,
        segment=segment,
        after=segment.string.data,
        words=row.data if row and not row.has_error else "",
        tool=row.tool_name if row else "",
        unread=bool(row and row.translation_type == MACHINE),
    )


def _take(before: list[Before], passage: Passage) -> Before | None:
    """The most alike of what went, from its own place if there is one; nothing is taken twice."""
    best, most = None, 0.0
    for one in before:
        least = ALIKE_AT_ITS_PLACE if one.path == passage.path else ALIKE_ELSEWHERE
        alike = _alike(one.source, passage.after, least)
        if one.path == passage.path and "." not in one.path:
            alike += 1  # a field has one passage: what stood there is what it was, however different
        if alike >= least and alike > most:
            best, most = one, alike
    if best is not None:
        before.remove(best)
    return best


def _alike(one: str, other: str, least: float) -> float:
    pair = SequenceMatcher(None, one, other, autojunk=False)
    if pair.real_quick_ratio() < least or pair.quick_ratio() < least:
        return 0.0
    return pair.ratio()


def _gone(before: list[Before], shown: set[str]) -> list[Passage]:
    """Only what readers of the translation still see, and the same words once."""
    gone = {one.source: one for one in reversed(before) if one.source in shown}
    return [Passage(path=one.path, before=one.source, says=one.words) for one in reversed(gone.values())]
