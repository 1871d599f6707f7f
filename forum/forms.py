"""Forms of the forum. Fields are called `subject` and `content`, as machina calls them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communities.forms import WordsField
from communities.submissions import KeyedForm
from files.cleaning import CleanFile, cleaned
from files.purposes import PICTURE
from forum.following import Level
from forum.guessing import language_of
from forum.kind_forms import KindField, kind_choices
from forum.kinds import TopicKind
from forum.models import Report
from forum.poll_forms import PollFields
from forum.posting import LONGEST_CONTENT, LONGEST_SUBJECT, MOST_FILES
from forum.talking.models import LONGEST_NOTE
from forum.theme_forms import ThemesField, offer_themes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from communities.models import Space
    from forum.forum_conversation.models import Post


class PicturesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PicturesField(forms.FileField):
    """Up to MOST_FILES pictures, cleaned here, so that no transaction waits for a re-encoding."""

    widget = PicturesInput(attrs={"accept": PICTURE.accept, "data-uploads": ""})

    def clean(self, data: Any, initial: Any = None) -> list[CleanFile]:
        uploads = [upload for upload in data or [] if upload]
        if len(uploads) > MOST_FILES:
            raise ValidationError(
                ngettext("At most %(count)d picture.", "At most %(count)d pictures.", MOST_FILES)
                % {"count": MOST_FILES}
            )
        return [cleaned(upload) for upload in uploads]


def _content_field() -> WordsField:
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


class WritingForm(KeyedForm):
    """What a topic and a reply share."""

    content = _content_field()
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the message"),
        choices=[("", gettext_lazy("The site finds it out")), *settings.LANGUAGES],
        required=False,
    )
    files = PicturesField(  # type: ignore[assignment]
        label=gettext_lazy("Pictures"),
        required=False,
        help_text=gettext_lazy(
            "JPEG, PNG, WebP, HEIC or AVIF. Place, date and device hidden in a picture are taken out."
        ),
    )

    mentioned = MentionedField(required=False)

    def clean(self) -> dict[str, Any] | None:
        """A browser never gives a chosen file back: say so where the form is shown again."""
        if self.errors and self.files and "files" not in self.errors:
            self.add_error("files", _("Your words are kept, the pictures are not: please choose them again."))
        data = super().clean() or self.cleaned_data
        if "language" not in self.errors and not data.get("language"):
            # What does not tell is in the language its author reads the site in. They correct it by editing.
            words = f"{data.get('subject', '')}\n{data.get('content', '')}"
            data["language"] = language_of(words) or getattr(self.by, "language", settings.LANGUAGE_CODE)
        return data


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
    field_order = ["kind", "subject", "content", *PollFields.base_fields, "themes", "language", "files"]

    def __init__(
        self, *args: Any, space: Space, kinds: Iterable[TopicKind], announced_today: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_themes(self.fields["themes"], space)
        self.fields["kind"].choices = kind_choices(kinds, announced_today)  # type: ignore[attr-defined]

    @property
    def is_wanted(self) -> bool:
        return self.cleaned_data.get("kind") == TopicKind.DECISION


class ReplyForm(WritingForm):
    """`answered`: the post that the reply is for, None when it is for the topic as a whole."""

    makes = "reply"
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
    content = _content_field()
    language = forms.ChoiceField(label=gettext_lazy("Language of the message"), choices=settings.LANGUAGES)
    mentioned = MentionedField(required=False)

    themes = ThemesField()

    def __init__(self, *args: Any, opens: bool, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if opens:
            offer_themes(self.fields["themes"], space)
        else:
            del self.fields["subject"], self.fields["themes"]


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"), choices=Report.Reason.choices, widget=forms.RadioSelect
    )
    words = WordsField(
        500,
        label=gettext_lazy("In your words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Only those who look after this space read this. Nothing says who reported it."
        ),
    )


class NoticeForm(forms.Form):
    """Words from the space to one of its people."""

    words = WordsField(
        500,
        label=gettext_lazy("Words from the space"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy("It comes from the space, not from you, and it cannot be answered."),
        error_messages={"required": gettext_lazy("Write a few words first.")},
    )


def _level(value: str) -> int | None:
    return int(value) if value else None


class FollowingForm(forms.Form):
    level = forms.TypedChoiceField(
        label=gettext_lazy("What do you want to hear of?"),
        coerce=_level,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, of_topic: bool, level: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = (
            _("As in the whole space") if of_topic else _("As usual: answers where I wrote, announcements")
        )
        levels = [choice for choice in Level.choices if not of_topic or choice[0] != Level.TOPICS]
        self.fields["level"].choices = [("", usual), *reversed(levels)]  # type: ignore[attr-defined]
        self.initial["level"] = "" if level is None else level


class SavedForm(forms.Form):
    note = WordsField(
        LONGEST_NOTE,
        label=gettext_lazy("Note for yourself"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Nobody else reads it. It goes when you leave the space."),
    )
