"""What wagtail-localize's editor is handed, put right, and what it does not know of: the passages as they were."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from news.blocks.running import linked_document
from pages import translations
from pages.cms.differences import compared


def props(given: str) -> str:
    """As its script reads them. The same words twice at one place are one translation, hence one row."""
    known = json.loads(given)
    seen: set[tuple[str, str]] = set()
    segments = []
    for segment in known["segments"]:
        place = (segment["contentPath"], segment.get("source", ""))
        if segment["type"] == "string" and place in seen:
            continue
        seen.add(place)
        segments.append(_with_its_chooser(segment))
    return json.dumps({**known, "segments": segments})


def _with_its_chooser(segment: dict[str, Any]) -> dict[str, Any]:
    """It takes whatever stands in running text for an address that is typed."""
    if segment["type"] != "synchronised_value" or linked_document(segment["contentPath"]) is None:
        return segment
    chooser = {"widget": {"type": "document_chooser"}, "subField": _("Linked file")}
    return {**segment, "location": {**segment["location"], **chooser}}


def earlier(translation: Translation) -> list[dict[str, Any]]:
    """Passages of which the source said something else before, for the fields they stand in."""
    changed = [one for one in translations.changes(translation) if one.segment and one.before]
    return [{"passage": one, **sides(one)} for one in changed]


def sides(passage: translations.Passage) -> dict[str, Any]:
    before, after = compared(passage.before, passage.after)
    return {"before": before, "after": after}
