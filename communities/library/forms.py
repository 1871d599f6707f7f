"""Forms of the library. What was typed is kept whenever one of them is shown again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from communities.forms import WordsField
from communities.library.fields import AddressField, FileField, FilesField, NameField
from communities.library.models import LONGEST_CHANGE, LONGEST_DESCRIPTION
from communities.submissions import KeyedForm, put_in

if TYPE_CHECKING:
    from communities.library.models import LibraryItem
    from communities.permissions import AnyUser

LONGEST_NOTE: Final = 50_000  # characters
HINTS: Final = gettext_lazy(
    "Pictures, PDF, text and office files, sound, film, zip; at most %(size)s each. Who made them, where and with "
    "which device is taken out of them."
)


class WholeForm(KeyedForm):
    """A form with files. `end` comes last: where it is missing, the line was cut and what came is half a file."""

    end = forms.CharField(widget=forms.HiddenInput, required=False, initial="1")

    def full_clean(self) -> None:
        """Half a file is not even looked into."""
        if self.is_bound and self.data.get("end") != "1":
            put_in(self, "end", "1")
            self.cut = True
            self.files.clear()
        super().full_clean()

    def clean(self) -> dict[str, Any] | None:
        if getattr(self, "cut", False):
            self.errors.clear()
            raise ValidationError(
                _("The line was cut before everything had arrived. Nothing was kept: please send it again.")
            )
        return super().clean()


def _language() -> forms.ChoiceField:
    return forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)


class _InLanguage(KeyedForm):
    def __init__(self, *args: Any, by: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        self.initial.setdefault("language", get_language())


class FilesForm(WholeForm, _InLanguage):
    makes = "library-files"
    # Not called `files`: a form has that already.
    uploads = FilesField(label=gettext_lazy("Files"))
    language = forms.ChoiceField(label=gettext_lazy("Language of the files"), choices=settings.LANGUAGES)
    field_order = ["uploads", "language", "key", "end"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = filesizeformat(settings.MAX_UPLOAD_BYTES)
        self.fields["uploads"].help_text = HINTS % {"size": most}


class LinkForm(_InLanguage):
    makes = "library-link"
    url = AddressField()
    name = NameField()
    description = WordsField(
        LONGEST_DESCRIPTION,
        label=gettext_lazy("What it is good for"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = _language()


def _text() -> WordsField:
    return WordsField(
        LONGEST_NOTE,
        label=gettext_lazy("Text"),
        widget=forms.Textarea(attrs={"data-markdown": "", "rows": 14}),
        error_messages={"required": gettext_lazy("Write a few words first.")},
    )


class NoteForm(_InLanguage):
    makes = "library-note"
    name = NameField()
    text = _text()
    language = _language()


class FolderForm(_InLanguage):
    makes = "library-folder"
    name = NameField()
    description = WordsField(
        LONGEST_DESCRIPTION,
        label=gettext_lazy("What belongs in here"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = _language()


def _change() -> WordsField:
    return WordsField(
        LONGEST_CHANGE,
        label=gettext_lazy("What is new in it"),
        required=False,
        help_text=gettext_lazy("A few words for the others, who see all versions."),
    )


class VersionForm(WholeForm):
    """`seen`: the number of the version that the form was opened on."""

    makes = "library-version"
    upload = FileField(label=gettext_lazy("File"))
    change = _change()
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    field_order = ["upload", "change", "seen", "key", "end"]


class RewriteForm(forms.Form):
    text = _text()
    change = _change()
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def now_there(self, number: int) -> None:
        """Whoever sends it once more has seen what is there now."""
        put_in(self, "seen", str(number))
        self.add_error(
            None,
            _(
                "Somebody else has changed this note since you opened it. Your words are kept below: take over what "
                "you need and save once more."
            ),
        )


class DetailsForm(forms.Form):
    name = NameField()
    url = AddressField()
    description = WordsField(
        LONGEST_DESCRIPTION,
        label=gettext_lazy("Description"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = _language()
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, item: LibraryItem) -> None:
        given = {name: getattr(item, name) for name in ("name", "url", "description", "language")}
        super().__init__(data, initial={**given, "seen": item.changes})
        if not item.is_link:
            del self.fields["url"]

    def now_there(self, item: LibraryItem) -> None:
        put_in(self, "seen", str(item.changes))
        self.add_error(
            None,
            _(
                "Somebody else has changed this since you opened it. What you typed is kept: look at what is there "
                "now, and save once more."
            ),
        )


class PlaceForm(forms.Form):
    """Ids are those of folders of this very space; any other is no choice at all."""

    folder = forms.ChoiceField(label=gettext_lazy("Into the folder"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["folder"].choices = choices  # type: ignore[attr-defined]
