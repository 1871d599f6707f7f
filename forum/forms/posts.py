"""A new topic, a reply, an edit. Fields are called `subject` and `content`, as machina calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from communities.forms import WordsField
from forum.forms.kinds import KindField, kind_choices
from forum.forms.polls import PollFields
from forum.forms.themes import ThemesField, offer_themes
from forum.forms.words import MentionedField, content_field, previewed
from forum.forms.writing import WritingForm
from forum.kinds import ICONS, TopicKind
from forum.posting import LONGEST_SUBJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from communities.models import Space
    from files.models import StoredFile
    from forum import polling
    from forum.forum_conversation.models import Post


class TopicForm(PollFields, WritingForm):
    makes = "topic"
    subject = WordsField(
        LONGEST_SUBJECT,
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("A precise question draws better answers."),
        error_messages={"required": gettext_lazy("Give it a title: one line is enough.")},
    )
    kind = KindField()
    themes = ThemesField()
    field_order = [
        *("kind", "subject", "content", *PollFields.base_fields),
        *("themes", "language", "kept", "files"),
    ]

    def __init__(
        self, *args: Any, space: Space, kinds: Iterable[TopicKind], announced_today: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_themes(self.fields["themes"], space)
        self.fields["kind"].choices = kind_choices(kinds, announced_today)  # type: ignore[attr-defined]

    @property
    def is_wanted(self) -> bool:
        return self.cleaned_data.get("kind") == TopicKind.DECISION

    # What stands around the words, as the page of the topic will show it.
    @property
    def preview_title(self) -> str:
        return str(self.cleaned_data["subject"])

    @property
    def preview_kind(self) -> TopicKind:
        kind: TopicKind = self.cleaned_data["kind"]
        return kind

    @property
    def preview_icon(self) -> str:
        return ICONS[self.preview_kind]

    @property
    def preview_themes(self) -> list[str]:
        return _names(self.fields["themes"], self.cleaned_data["themes"])

    @property
    def preview_poll(self) -> polling.Draft | None:
        return self.draft() if self.is_wanted else None


class ReplyForm(WritingForm):
    """`answered`: the post that the reply is for, None when it is for the topic as a whole."""

    makes = "reply"
    # The last post that was there when it was opened, and when (views/meanwhile.py).
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    newer: Sequence[Post] = ()
    answers_to = forms.CharField(widget=forms.HiddenInput, required=False)
    aside = forms.BooleanField(
        label=gettext_lazy("A side remark: it is folded below the post it answers"), required=False
    )

    def __init__(self, *args: Any, answered: Post | None = None, opens: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answered = answered
        if answered is None or opens:
            del self.fields["aside"]
        if answered is not None:
            self.initial.update(answers_to=answered.public_id, aside=answered.aside)


class EditForm(forms.Form):
    """The title is asked only where the post opens its topic."""

    subject = TopicForm.base_fields["subject"]
    content = content_field()
    language = forms.ChoiceField(label=gettext_lazy("Language of the message"), choices=settings.LANGUAGES)
    # Of the words the edit started from (history.py); hand-made forms may leave it out.
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    mentioned = MentionedField(required=False)
    post: Post

    @property
    def preview(self) -> SafeString:
        topic = self.post.topic
        return previewed(self, topic.space, self.post.poster, topic)  # type: ignore[arg-type]

    @property
    def preview_title(self) -> str:
        return str(self.cleaned_data.get("subject", ""))

    @property
    def preview_kind(self) -> TopicKind:
        return TopicKind(self.post.topic.kind)

    @property
    def preview_icon(self) -> str:
        return ICONS[self.preview_kind]

    @property
    def preview_themes(self) -> list[str]:
        return _names(self.fields["themes"], self.cleaned_data["themes"])

    @property
    def preview_files(self) -> list[StoredFile]:
        """They stay as they are."""
        return [file.stored for file in self.post.files.select_related("stored")]

    themes = ThemesField()

    def __init__(self, *args: Any, opens: bool, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if opens:
            offer_themes(self.fields["themes"], space)
        else:
            del self.fields["subject"], self.fields["themes"]


def _names(field: Any, chosen: list[int]) -> list[str]:
    return [str(name) for pk, name in field.choices if pk in chosen]
