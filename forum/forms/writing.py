"""Forms of the forum. Fields are called `subject` and `content`, as machina calls them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communities.forms import WordsField
from communities.submissions import FIELD, KeyedForm, is_held
from files.cleaning import CleanFile, cleaned
from files.purposes import PICTURE, POST
from forum import drafts, uploads
from forum.following import Level
from forum.forms.kinds import KindField, kind_choices
from forum.forms.polls import PollFields
from forum.forms.themes import ThemesField, offer_themes
from forum.guessing import language_of
from forum.kinds import TopicKind
from forum.models import Report
from forum.posting import LONGEST_CONTENT, LONGEST_SUBJECT, MOST_FILES
from forum.talking.mentions import Words
from forum.talking.models import LONGEST_NOTE
from forum.talking.reading import with_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from communities.models import Space
    from communities.permissions import AnyUser
    from files.models import StoredFile
    from forum.forum_conversation.models import Post, Topic
    from forum.written import Draft, Upload


FURTHEST: Final = timedelta(days=366)


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PicturesField(forms.FileField):
    """Up to MOST_FILES pictures, cleaned here, so that no transaction waits for a re-encoding."""

    purpose = PICTURE
    widget = FilesInput(attrs={"accept": PICTURE.accept, "data-uploads": ""})

    def clean(self, data: Any, initial: Any = None) -> list[CleanFile]:
        uploads = [upload for upload in data or [] if upload]
        if len(uploads) > MOST_FILES:
            raise _too_many()
        return [cleaned(upload, self.purpose) for upload in uploads]


class FilesField(PicturesField):
    """What goes with a post: documents and sound too."""

    purpose = POST
    widget = FilesInput(attrs={"accept": POST.accept, "data-uploads": ""})


def _too_many() -> ValidationError:
    words = ngettext("At most %(count)d file.", "At most %(count)d files.", MOST_FILES)
    return ValidationError(words % {"count": MOST_FILES})


def _named(stored: StoredFile) -> str:
    return f"\u2068{stored.name}\u2069 ({filesizeformat(stored.size)})"


class KeptFiles(forms.CheckboxSelectMultiple):
    """Drawn only where something is kept."""

    is_shown = False

    @property
    def is_hidden(self) -> bool:
        return not self.is_shown


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


def previewed(form: forms.Form, space: Space, by: AnyUser, topic: Topic | None) -> SafeString:
    """What would be stored of these words, by the same hand (posting.py), with the names that readers will see."""
    if not (form.is_bound and "preview" in form.data and form.is_valid()):
        return SafeString("")
    data = form.cleaned_data
    words = Words.of(data["content"], space, by, topic, data["mentioned"])  # type: ignore[arg-type]
    return SafeString(with_names(words.rendered, words.named))


class WritingForm(KeyedForm):
    """What a topic and a reply share."""

    content = _content_field()
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the message"),
        choices=[("", gettext_lazy("The site finds it out")), *settings.LANGUAGES],
        required=False,
    )
    # The version of the draft that was shown in it, 0 for none (drafts.py).
    draft_version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    kept = forms.MultipleChoiceField(
        label=gettext_lazy("Files kept with your words"),
        required=False,
        widget=KeptFiles,
        error_messages={
            "invalid_choice": gettext_lazy("A file is not there any more. Please choose it again.")
        },
    )
    files = FilesField(  # type: ignore[assignment]
        label=gettext_lazy("Files"),
        required=False,
        help_text=gettext_lazy(
            "Pictures, PDF, documents, sound. Who made them, where and with what device is taken out."
        ),
    )
    holds_files = False

    mentioned = MentionedField(required=False)

    def __init__(self, *args: Any, by: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        self.begun: Draft | None = None
        self.space: Space
        self.topic: Topic | None = None

    def stand_in(self, space: Space, topic: Topic | None) -> None:
        """Where it will be published: what was begun there is shown in it, and the files that wait there."""
        self.space, self.topic = space, topic
        begun = None if self.is_bound else drafts.shown(self.by, space, topic)
        if begun is not None:
            self._show(begun)
        if getattr(begun, "has_files", False) or "kept" in self.data:
            self._offer(list(uploads.of(self.by, space, topic)))

    def _offer(self, held: list[Upload]) -> None:
        field: Any = self.fields["kept"]
        field.choices = [(upload.stored.token, _named(upload.stored)) for upload in held]
        field.widget.is_shown = bool(held)
        self.holds_files = bool(held)
        self.initial.setdefault("kept", [upload.stored.token for upload in held])

    def hold(self) -> None:
        """The form is shown again, or kept as a draft: its files are not to be chosen once more."""
        files = getattr(self, "cleaned_data", {}).get("files")
        if not files:
            return
        fresh = [upload.stored.token for upload in uploads.hold(self.by, self.space, self.topic, files)]  # type: ignore[arg-type]
        data = MultiValueDict(self.data) if isinstance(self.data, MultiValueDict) else MultiValueDict()
        data.setlist("kept", [*data.getlist("kept"), *fresh])
        self.data, self.cleaned_data["files"] = data, []
        self._offer(list(uploads.of(self.by, self.space, self.topic)))

    def let_go(self) -> None:
        """What was unticked goes."""
        chosen = self.data.getlist("kept") if isinstance(self.data, MultiValueDict) else []
        rows = uploads.of(self.by, self.space, self.topic).exclude(stored__token__in=chosen)
        if uploads.discard_all(rows):
            self._offer(list(uploads.of(self.by, self.space, self.topic)))

    def _show(self, begun: Draft) -> None:
        """The words that were kept, with the key they were begun under, so that two devices publish one post."""
        self.begun = begun
        self.initial.update(subject=begun.subject, content=begun.content + self.initial.get("content", ""))
        self.initial.update(language=begun.language, draft_version=begun.version)
        if is_held(begun.key, self.by):
            self.initial[FIELD] = begun.key

    @property
    def preview(self) -> SafeString:
        return previewed(self, self.space, self.by, self.topic)

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or self.cleaned_data
        if len(data.get("files") or []) + len(data.get("kept") or []) > MOST_FILES:
            self.add_error("files", _too_many())
        if not self.holds_files:
            data["kept"] = None
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
    content = _content_field()
    language = forms.ChoiceField(label=gettext_lazy("Language of the message"), choices=settings.LANGUAGES)
    # Of the words the edit started from (history.py); hand-made forms may leave it out.
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    mentioned = MentionedField(required=False)
    post: Post

    @property
    def preview(self) -> SafeString:
        topic = self.post.topic
        return previewed(self, topic.space, self.post.poster, topic)  # type: ignore[arg-type]

    themes = ThemesField()

    def __init__(self, *args: Any, opens: bool, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if opens:
            offer_themes(self.fields["themes"], space)
        else:
            del self.fields["subject"], self.fields["themes"]


class HourForm(forms.Form):
    """In the reader's own time zone; empty for no hour."""

    at = forms.DateTimeField(
        required=False, error_messages={"invalid": gettext_lazy("Choose a day and an hour.")}
    )

    def clean_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["at"]
        if at is not None and not timezone.now() < at < timezone.now() + FURTHEST:
            raise ValidationError(_("Choose an hour that is to come, within a year."))
        return at


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
