"""What migrations do to bodies that are written already."""

from __future__ import annotations

from typing import Any

from wagtail.blocks.migrations.operations import BaseBlockOperation


class QuestionIntoFaq(BaseBlockOperation):
    """One question alone becomes a list of one; the strings of its translations are found again by their words."""

    def apply(self, block_value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [_as_faq(child) if child["type"] == "question" else child for child in block_value]

    @property
    def operation_name_fragment(self) -> str:
        return "question_into_faq"


def _as_faq(child: dict[str, Any]) -> dict[str, Any]:
    item = {"type": "item", "value": child["value"], "id": child.get("id")}
    return {**child, "type": "faq", "value": {"questions": [item]}}
