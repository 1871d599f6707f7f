"""Forms of the forum. Fields are called `subject` and `content`, as machina calls them."""

from __future__ import annotations

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
from forum.models import Report
from forum.posting import LONGEST_CONTENT, LONGEST_SUBJECT, MOST_FILES

if TYPE_CHECKING:
    from communities.permissions import AnyUser


class PicturesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PicturesField(forms.FileField):
    """Up to MOST_FILES pictures, cleaned here, so that no transaction waits for a re-encoding."""

    widget = PicturesInput(attrs={"accept": PICTURE.accept})

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


class WritingForm(KeyedForm):
    """What a topic and a reply share."""

    content = _content_field()
    language = forms.ChoiceField(label=gettext_lazy("Language of the message"), choices=settings.LANGUAGES)
    files = PicturesField(  # type: ignore[assignment]
        label=gettext_lazy("Pictures"),
        required=False,
        help_text=gettext_lazy(
            "JPEG, PNG, WebP, HEIC or AVIF. Place, date and device hidden in a picture are taken out."
        ),
    )

    def __init__(self, *args: Any, by: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        self.initial.setdefault("language", getattr(by, "language", settings.LANGUAGE_CODE))

    def clean(self) -> dict[str, Any] | None:
        """A browser never gives a chosen file back: say so where the form is shown again."""
        if self.errors and self.files and "files" not in self.errors:
            self.add_error("files", _("Your words are kept, the pictures are not: please choose them again."))
        return super().clean()


class TopicForm(WritingForm):
    makes = "topic"
    subject = WordsField(
        LONGEST_SUBJECT,
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("A precise question draws better answers."),
        error_messages={"required": gettext_lazy("Give it a title: one line is enough.")},
    )
    announcement = forms.BooleanField(
        label=gettext_lazy("Announcement: every member is told, and it stays on top"), required=False
    )
    field_order = ["subject", "content", "language", "files", "announcement"]

    def __init__(self, *args: Any, may_announce: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_announce:
            del self.fields["announcement"]


class ReplyForm(WritingForm):
    makes = "reply"


class EditForm(forms.Form):
    """The title is asked only where the post opens its topic."""

    subject = TopicForm.base_fields["subject"]
    content = _content_field()
    language = forms.ChoiceField(label=gettext_lazy("Language of the message"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, opens: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not opens:
            del self.fields["subject"]


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
