"""Forms of moving, splitting and merging. A place or topic that is unknown and one that is forbidden are one error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.forms import OptionalReasonForm, WordsField
from communities.shapes import CLOSING, SLOW
from forum import moving
from forum.forum_conversation.models import Topic
from forum.posting import LONGEST_SUBJECT

if TYPE_CHECKING:
    from communities.models import Space


class WhyForm(OptionalReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Reason, for the record of the space")


class MoveForm(WhyForm):
    """`confirmed`: the page with the readers was shown; before it nothing but the place is asked."""

    to = forms.CharField(widget=forms.HiddenInput, required=False)
    wider = forms.BooleanField(
        label=gettext_lazy("Yes: more people may read everything that is written in this topic"),
        required=False,
    )

    def __init__(
        self, data: Any = None, *, places: Sequence[Space], confirmed: bool, here: Space, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.confirmed, self.here = confirmed, here
        given = (data or {}).get("to", "")
        self.target = next((space for space in places if space.slug == given), None)
        self.is_wider = bool(self.target and moving.change_of_readers(here, self.target).is_wider)
        if not self.is_wider:
            del self.fields["wider"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.target is None:
            self.add_error(None, _("Choose one of the spaces that you look after."))
        elif self.confirmed and self.is_wider and not data.get("wider"):
            self.add_error(
                "wider", _("Please confirm: this cannot be taken back for those who have read it.")
            )
        return data


class SplitForm(WhyForm):
    subject = WordsField(
        LONGEST_SUBJECT,
        label=gettext_lazy("Title of the new topic"),
        error_messages={"required": gettext_lazy("Give it a title: one line is enough.")},
    )
    later = forms.BooleanField(
        label=gettext_lazy("Also everything that follows the last one I chose"), required=False
    )
    field_order = ["later", "subject", "reason"]

    def __init__(self, data: Any = None, *, chosen: list[str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.chosen = [public_id[:20] for public_id in chosen]


class MergeForm(WhyForm):
    def __init__(self, data: Any = None, *, topic: Topic, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        given = (data or {}).get("into", "")[:20]
        others = Topic.objects.of(topic.space).exclude(pk=topic.pk)
        self.into = others.filter(public_id=given).first() if data is not None else None
        if self.into:
            self.into.space = topic.space

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.into is None:
            self.add_error(None, _("Choose another topic of this space."))
        return data


def _number(value: str) -> int | None:
    return int(value) if value else None


class PaceForm(forms.Form):
    slow_minutes = forms.TypedChoiceField(
        label=gettext_lazy("Slow mode: one post per person in"),
        choices=[("", gettext_lazy("As in the whole space")), *SLOW],
        coerce=_number,
        empty_value=None,
        required=False,
    )
    closes_after = forms.TypedChoiceField(
        label=gettext_lazy("It closes by itself when nobody writes for"),
        choices=[("", gettext_lazy("As in the whole space")), *CLOSING],
        coerce=_number,
        empty_value=None,
        required=False,
    )
