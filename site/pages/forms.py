"""What facilitators write about the public face of their space."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import presenting
from communities.forms import WordsField
from communities.submissions import KeyedForm
from forum.forms.files import PicturesField

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser


class ProposalForm(KeyedForm):
    makes = "landing proposal"

    text = WordsField(
        5000,
        label=gettext_lazy("What should be on the page"),
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        help_text=gettext_lazy("The editors read it, put it on the page and answer you."),
        error_messages={"required": gettext_lazy("Write a few words first.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of these words"), choices=settings.LANGUAGES)
    files = PicturesField(  # type: ignore[assignment]
        label=gettext_lazy("Pictures"),
        required=False,
        help_text=gettext_lazy(
            "JPEG, PNG, WebP, HEIC or AVIF. Place, date and device hidden in a picture are taken out. "
            "They stay private until an editor publishes them."
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


class SpaceWordsForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    purpose = forms.CharField(
        label=gettext_lazy("Purpose"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("What the space is for, in two lines."),
    )


class AddressForm(forms.Form):
    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        max_length=60,
        help_text=gettext_lazy(
            "Small letters without accents, digits and hyphens. The old address leads on."
        ),
    )

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.space = space

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if not presenting.is_free(slug, self.space):
            raise ValidationError(_("This address is taken. Please choose another one."))
        return slug


class FiguresForm(forms.Form):
    figures = forms.MultipleChoiceField(
        label=gettext_lazy("Everyone on the internet may see"),
        required=False,
        choices=list(presenting.FIGURES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Rounded down, and not shown at all below five: nobody can be singled out."),
    )


class FacilitatorNameForm(forms.Form):
    shown = forms.BooleanField(label=gettext_lazy("Name me on the public page"), required=False)
    public_name = forms.CharField(
        label=gettext_lazy("As I want to be called there"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("Empty: the name of your account."),
    )
