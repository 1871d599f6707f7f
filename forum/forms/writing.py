"""What a topic and a reply share: words, files, and the draft they were begun in."""

from __future__ import annotations

from types import EllipsisType
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from communities.submissions import FIELD, KeyedForm, is_held
from forum import begun as beside
from forum import drafts, uploads
from forum.forms.files import FilesField, KeptFiles, named, too_many
from forum.forms.words import MentionedField, content_field, previewed
from forum.guessing import language_of
from forum.posting import MOST_FILES

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from files.models import StoredFile
    from forum.forum_conversation.models import Topic
    from forum.written import Draft, Upload


class WritingForm(KeyedForm):
    """What a topic and a reply share."""

    content = content_field()
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
        self.held: list[Upload] = []
        self.space: Space
        self.topic: Topic | None = None

    def stand_in(self, space: Space, topic: Topic | None, begun: Draft | EllipsisType | None = ...) -> None:
        """Where it will be published: what was begun there is shown in it, and the files that wait there.

        `begun`: where the caller has looked for it already.
        """
        self.space, self.topic = space, topic
        if isinstance(begun, EllipsisType):
            begun = None if self.is_bound else drafts.shown(self.by, space, topic)
        if begun is not None:
            self._show(begun)
        if getattr(begun, "has_files", False) or "kept" in self.data:
            self._offer(list(uploads.of(self.by, space, topic)))

    def _offer(self, held: list[Upload]) -> None:
        field: Any = self.fields["kept"]
        field.choices = [(upload.stored.token, named(upload.stored)) for upload in held]
        field.widget.is_shown = bool(held)
        self.holds_files, self.held = bool(held), held
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
        self.initial.update(beside.initial(begun))
        if is_held(begun.key, self.by):
            self.initial[FIELD] = begun.key

    @property
    def preview(self) -> SafeString:
        return previewed(self, self.space, self.by, self.topic)

    @property
    def preview_files(self) -> list[StoredFile]:
        """Those that are ticked, as the post will show them; what was just chosen is held by then."""
        ticked = self["kept"].value() or []
        return [upload.stored for upload in self.held if upload.stored.token in ticked]

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or self.cleaned_data
        if len(data.get("files") or []) + len(data.get("kept") or []) > MOST_FILES:
            self.add_error("files", too_many())
        if not self.holds_files:
            data["kept"] = None
        if "language" not in self.errors and not data.get("language"):
            # What does not tell is in the language its author reads the site in. They correct it by editing.
            words = f"{data.get('subject', '')}\n{data.get('content', '')}"
            data["language"] = language_of(words) or getattr(self.by, "language", settings.LANGUAGE_CODE)
        return data
