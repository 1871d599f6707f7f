"""The passages of a page as rows of wagtail-localize, all at once."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

from news.public_page import PublicPage


def write_segments(source: TranslationSource, page: PublicPage) -> None:
    """Passages that stayed keep their row; those that went take theirs along, never their translation."""
    values = extract_segments(page)
    contexts = _contexts(source, page, [value.path for value in values])
    strings = _strings(source, [value.string.data for value in _of(values, StringSegmentValue)])
    templates = _templates(_of(values, TemplateSegmentValue))
    _replace(
        StringSegment, source, ("context_id", "order", "string_id", "attrs"),
        [(contexts[v.path], v.order, strings[v.string.data], _json(v.attrs)) for v in _of(values, StringSegmentValue)],
    )  # fmt: skip
    _replace(
        TemplateSegment, source, ("context_id", "order", "template_id"),
        [(contexts[v.path], v.order, templates[_uuid(v)]) for v in _of(values, TemplateSegmentValue)],
    )  # fmt: skip
    _replace(
        OverridableSegment, source, ("context_id", "order", "data_json"),
        [(contexts[v.path], v.order, _json(v.data)) for v in _of(values, OverridableSegmentValue)],
    )  # fmt: skip
    _relate(source, _of(values, RelatedObjectSegmentValue))


def _of(values: Iterable[Any], kind: type[Any]) -> list[Any]:
    return [value for value in values if isinstance(value, kind)]


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)


def _contexts(source: TranslationSource, page: PublicPage, paths: list[str]) -> dict[str, int]:
    mine = TranslationContext.objects.filter(object_id=source.object_id)
    known = dict(mine.values_list("path", "pk"))
    new = [_context(source, page, path) for path in dict.fromkeys(paths) if path not in known]
    if new:
        TranslationContext.objects.bulk_create(new, ignore_conflicts=True)
        known = dict(mine.values_list("path", "pk"))
    return known


def _context(source: TranslationSource, page: PublicPage, path: str) -> TranslationContext:
    context = TranslationContext(
        object_id=source.object_id, path=path, path_id=TranslationContext._get_path_id(path)
    )
    # It works the field path out and saves itself, a query each; here it is saved with the others.
    context.save = lambda **_: None
    context.get_field_path(page)
    del context.save
    return context


def _strings(source: TranslationSource, words: list[str]) -> dict[str, int]:
    """By hash: some databases take `Ä` and `ä` for the same."""
    hashes = {each: String._get_data_hash(each) for each in words}
    mine = String.objects.filter(locale=source.locale_id, data_hash__in=set(hashes.values()))
    known = dict(mine.values_list("data_hash", "pk"))
    new = [
        String(locale_id=source.locale_id, data=each, data_hash=hash_)
        for each, hash_ in hashes.items()
        if hash_ not in known
    ]
    if new:
        String.objects.bulk_create(new, ignore_conflicts=True)
        known = dict(mine.values_list("data_hash", "pk"))
    return {each: known[hash_] for each, hash_ in hashes.items()}


def _uuid(value: TemplateSegmentValue) -> uuid.UUID:
    return uuid.uuid5(uuid.uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def _templates(values: list[TemplateSegmentValue]) -> dict[uuid.UUID, int]:
    wanted = {_uuid(value): value for value in values}
    rows = Template.objects.filter(uuid__in=wanted)
    known = dict(rows.values_list("uuid", "pk"))
    new = [
        Template(
            uuid=key, template=value.template, template_format=value.format, string_count=value.string_count
        )
        for key, value in wanted.items()
        if key not in known
    ]
    if new:
        Template.objects.bulk_create(new, ignore_conflicts=True)
        known = dict(rows.values_list("uuid", "pk"))
    return known


def _replace(
    model: type[Any], source: TranslationSource, names: tuple[str, ...], wanted: list[tuple[Any, ...]]
) -> None:
    there = {row[1:]: row[0] for row in model.objects.filter(source=source).values_list("pk", *names)}
    gone = [pk for key, pk in there.items() if key not in set(wanted)]
    if gone:
        model.objects.filter(source=source, pk__in=gone).delete()
    model.objects.bulk_create(
        model(source=source, **dict(zip(names, key, strict=True)))
        for key in dict.fromkeys(wanted)
        if key not in there
    )


def _relate(source: TranslationSource, values: list[RelatedObjectSegmentValue]) -> None:
    """Rare: nothing of ours is related to something translatable but by its address."""
    seen = [RelatedObjectSegment.from_value(source, value).pk for value in values]
    source.relatedobjectsegment_set.exclude(pk__in=seen).delete()
