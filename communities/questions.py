"""Up to five questions to whoever asks to join: one on each line, in each language of the space's texts."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST: Final = 5
LONGEST: Final = 300  # characters


def questions_in(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()][:MOST]


def validate_questions(text: str) -> None:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise ValidationError(_("At most five questions: one on each line."), code="too_many")
    if any(len(line) > LONGEST for line in lines):
        raise ValidationError(_("A question is too long: at most 300 characters."), code="too_long")
