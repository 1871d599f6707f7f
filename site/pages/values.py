"""Pictures, links and files that somebody chose for one language.

wagtail-localize takes whatever it is sent and stumbles over it when the page is published. Here a choice is looked at
before it is kept, as the block or field itself would look at it, and what is gone since is dropped before publishing.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.documents.models import Document
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation

from news.blocks import is_address
from news.blocks.running import linked_document

# In rich text people may also write to somebody, or call.
TO_SOMEBODY = re.compile(r"(?:mailto:[^\s<>\"']+@[^\s<>\"']+|tel:[+\d][\d\s().-]*)")
LONGEST = 500


@dataclass
class Place:
    """Where a value stands: a field, or a block (`name` within `parent`); a link of rich text has neither.

    `linked` is what such a link leads to, when that is no address.
    """

    field: Any = None
    block: Any = None
    parent: Any = None
    name: str = ""
    linked: type[models.Model] | None = None

    @property
    def model(self) -> type[models.Model] | None:
        """What is chosen from; None where words are written."""
        if isinstance(self.field, models.ForeignKey):
            return self.field.related_model
        return self.block.model_class if isinstance(self.block, blocks.ChooserBlock) else self.linked


def place_of(page: Page, path: str) -> Place | None:
    """None for what is not on the page."""
    name, _dot, rest = path.partition(".")
    try:
        field = page._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if not isinstance(field, StreamField):
        return Place(field=field, parent=page, name=name)
    place: Place | None = Place(parent=getattr(page, name))
    value = getattr(page, name)
    while rest and place is not None:
        if rest.startswith("'"):
            return Place(linked=Document if linked_document(rest) else None)
        name, _dot, rest = rest.partition(".")
        place, value = _child(value, name)
    return place


def _child(value: Any, name: str) -> tuple[Place | None, Any]:
    if isinstance(value, blocks.StructValue):
        block = value.block.child_blocks.get(name)
        return (Place(block=block, parent=value, name=name), value.get(name)) if block else (None, None)
    members = (
        getattr(value, "bound_blocks", value) if isinstance(value, blocks.list_block.ListValue) else value
    )
    found = next((one for one in members if getattr(one, "id", None) == name), None)
    return (Place(block=found.block, parent=None, name=name), found.value) if found else (None, None)


def checked(page: Page, segment: OverridableSegment, given: str, by: Any) -> Any:
    """`given` as it may be kept. Raises ValidationError, in words for whoever chose it."""
    place = place_of(page, segment.context.path)
    if place is None or "\0" in given or len(given) > LONGEST:
        raise ValidationError(_("This is not on the page any more, or cannot stand there."))
    if place.model is not None:
        return _chosen(place, place.model, given, by)
    return _written(place, given.strip())


def _chosen(place: Place, model: type[models.Model], given: str, by: Any) -> int:
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    found: Any = model._default_manager.filter(pk=number).first()
    if found is None or not _may_choose(by, found):
        raise ValidationError(_("This cannot be chosen: it is gone, or not open to you."))
    if place.block is not None:
        _as_the_block_sees_it(place, found)
    return number


def _may_choose(by: Any, found: Any) -> bool:
    if isinstance(found, Page):
        return found.depth > 1
    policy = policy_registry.get_by_type(type(found))
    return policy is None or policy.user_has_permission_for_instance(by, "choose", found)


def _as_the_block_sees_it(place: Place, value: Any) -> None:
    """A sound block wants a sound, whatever the language."""
    place.block.clean(value)
    if place.parent is not None:
        whole = copy(place.parent)
        whole[place.name] = value
        place.parent.block.clean(whole)


def _written(place: Place, words: str) -> str:
    if place.block is not None:
        _as_the_block_sees_it(place, words)
    elif place.field is not None:
        place.field.clean(words, place.parent)
    elif not TO_SOMEBODY.fullmatch(words):
        is_address(words)
    return words


def named(page: Page, chosen: Iterable[tuple[str, Any]]) -> dict[tuple[str, Any], str]:
    """What (path, value) is called: a number says nothing to a person. One query for each kind of thing."""
    chosen = list(chosen)
    places = {path: place.model for path, _value in chosen if (place := place_of(page, path)) and place.model}
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    for path, value in chosen:
        if path in places and isinstance(value, int):
            wanted[places[path]].add(value)
    found = {model: model._default_manager.in_bulk(keys) for model, keys in wanted.items()}
    return {
        (path, value): str(found.get(places[path], {}).get(value, value) if path in places else value)
        for path, value in chosen
    }


def forget_gone(translation: Translation) -> int:
    """Choices of what has been deleted since: the page shows the source's again. Returns how many."""
    page = translation.source.as_instance()
    gone = [override.pk for override in _overrides(translation) if _is_gone(page, override)]
    if gone:
        SegmentOverride.objects.filter(pk__in=gone).delete()
    return len(gone)


def _overrides(translation: Translation) -> list[SegmentOverride]:
    rows = translation.source.overridablesegment_set.get_overrides(translation.target_locale)
    return list(rows.filter(has_error=False).select_related("context"))


def _is_gone(page: Page, override: SegmentOverride) -> bool:
    place = place_of(page, override.context.path)
    if place is None or place.model is None:
        return False
    number = str(json.loads(override.data_json))
    return not (number.isdigit() and place.model._default_manager.filter(pk=number).exists())


def name_languages(page: Page, translation: Translation) -> bool:
    """A file chosen for a language is in that language, and readers are told so. True when something was set."""
    code, named = translation.target_locale.language_code, False
    for override in _overrides(translation):
        place = place_of(page, override.context.path)
        if place is None or place.name != "document":
            continue
        if isinstance(place.parent, blocks.StructValue):
            if place.parent.get("language"):
                place.parent["language"], named = code, True
        elif getattr(page, "file_language", ""):
            page.file_language, named = code, True
    return named
