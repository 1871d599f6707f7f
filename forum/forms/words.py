"""The words of a post: their field, who is named in them, and how they will look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from communities.forms import WordsField
from forum.posting import LONGEST_CONTENT
from forum.talking.mentions import Words
from forum.talking.reading import with_names

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from forum.forum_conversation.models import Topic


def content_field() -> WordsField:
    return WordsField(
        LONGEST_CONTENT,
        label=gettext_lazy("Message"),
        widget=forms.Textarea(attrs={"data-markdown": "", "rows": 8}),
        error_messages={"required": gettext_lazy("Write a few words first.")},
    )


class MentionedField(forms.CharField):
    """Public ids of people who were picked from the list (js/people.js); what it cannot read is nobody."""

    widget = forms.HiddenInput(attrs={"data-mentioned": ""})

    def clean(self, value: Any) -> list[str]:
        return re.findall(r"[a-z0-9]{16,20}", str(value or "")[:1000])


def previewed(form: forms.Form, space: Space, by: AnyUser, topic: Topic | None) -> SafeString:
    """What would be stored of these words, by the same hand (forum/posting), with the names that readers will see."""
    if not (form.is_bound and "preview" in form.data and form.is_valid()):
        return SafeString("")
    data = form.cleaned_data
    words = Words.of(data["content"], space, by, topic, data["mentioned"])  # type: ignore[arg-type]
    return SafeString(with_names(words.rendered, words.named))
