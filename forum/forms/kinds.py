"""The kind of a new topic: a choice with a line of explanation each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from forum.kinds import EXPLANATIONS, TopicKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class KindField(forms.ChoiceField):
    """Left out (an older page, a script): a discussion."""

    def __init__(self) -> None:
        super().__init__(
            label=_("What is it?"),
            widget=forms.RadioSelect,
            initial=TopicKind.DISCUSSION,
            error_messages={"invalid_choice": _("Please choose one of these.")},
        )

    def clean(self, value: Any) -> TopicKind:
        return TopicKind(super().clean(value or TopicKind.DISCUSSION))


def kind_choices(kinds: Iterable[TopicKind], announced_today: bool) -> list[tuple[str, str]]:
    return [
        (kind, format_html("{}<small>{}</small>", kind.label, _explained(kind, announced_today)))
        for kind in kinds
    ]


def _explained(kind: TopicKind, announced_today: bool) -> str | _StrPromise:
    if kind == TopicKind.ANNOUNCEMENT and announced_today:
        return _("an announcement was mailed today already: this one is told in the feed, and not by mail")
    return EXPLANATIONS[kind]
