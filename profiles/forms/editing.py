"""The parts of one's own page, a short form for each errand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities import time_zones
from files.cleaning import told
from files.purposes import PICTURE
from profiles import organisations, photos
from profiles.describing import WORDS, describe
from profiles.forms.audiences import ProfileFieldsForm
from profiles.languages import SPOKEN
from profiles.models import Organisation, Profile, ProfileText, User
from themes.models import Theme

if TYPE_CHECKING:
    from files.cleaning import CleanFile
    from files.models import StoredFile


class AccountFieldsForm(forms.ModelForm[User]):
    """The part of one's own page that stands on the account."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"), required=False, help_text=_("Times of events are shown in it.")
    )

    class Meta:
        model = User
        fields = ["display_name", "language", "time_zone"]
        labels = {"display_name": _("Display name"), "language": _("Language of the site and of mails")}
        help_texts = {"display_name": _("How others see you. A pseudonym is welcome.")}
        widgets = {"display_name": forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        own = self.instance.time_zone
        kept = [(own, own)] if own and own not in time_zones.known() else []
        field.choices = [("", _("As my browser says")), *kept, *time_zones.choices()]


class PictureForm(ProfileFieldsForm):
    """With a picture in the slot `slot`, and a box to take it away."""

    slot: photos.Slot

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.pop(self.slot, None)
        if not getattr(self.instance, f"{self.slot}_id"):
            del self.fields[f"without_{self.slot}"]
        self._picture: CleanFile | None = None

    def _clean_picture(self) -> StoredFile | None:
        """Cleaned here, where a refusal can still be said beside the field, and before any transaction."""
        upload = self.cleaned_data[self.slot]
        if upload:
            self._picture = photos.shaped(upload, self.slot)
        stored: StoredFile | None = getattr(self.instance, self.slot)
        return stored

    def told(self) -> list[str]:
        """What was hidden in the picture and is gone."""
        return told([self._picture] if self._picture else [])

    @transaction.atomic
    def save(self, commit: bool = True) -> Profile:
        profile = self.instance
        if self._picture is not None:
            photos.put_up(profile, self._picture, self.slot)
        elif self.cleaned_data.get(f"without_{self.slot}"):
            photos.discard(profile, self.slot)
        super().save()
        describe(profile.user, {})
        return profile


class AppearanceForm(PictureForm):
    slot = "photo"
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_(
            "JPEG, PNG, WebP, HEIC or AVIF. It is made small, and what the camera wrote into it is taken out."
        ),
        widget=forms.FileInput(attrs={"accept": PICTURE.accept}),
    )
    without_photo = forms.BooleanField(label=_("Remove my photo"), required=False)

    class Meta:
        model = Profile
        fields = [
            "photo",
            "photo_for",
            "pronouns",
            "pronouns_for",
            "pronunciation",
            "pronunciation_for",
            "listed",
        ]
        widgets = {
            "pronouns": forms.TextInput(attrs={"dir": "auto"}),
            "pronunciation": forms.TextInput(attrs={"dir": "auto"}),
        }

    def clean_photo(self) -> StoredFile | None:
        return self._clean_picture()


class CoverForm(PictureForm):
    slot = "cover"
    cover = forms.FileField(
        label=_("Cover"),
        required=False,
        help_text=_("A wide picture above your name. It is cut to a strip and made small."),
        widget=forms.FileInput(attrs={"accept": PICTURE.accept}),
    )
    without_cover = forms.BooleanField(label=_("Remove my cover"), required=False)

    class Meta:
        model = Profile
        fields = ["hue", "cover", "cover_for"]
        widgets = {"hue": forms.RadioSelect}

    def clean_cover(self) -> StoredFile | None:
        return self._clean_picture()


class WorkForm(ProfileFieldsForm):
    new_organisation = forms.CharField(
        label=_("Not in the list? Its name"),
        max_length=120,
        required=False,
        help_text=_("The team looks at new organisations; until then only you see it on your page."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"),
        choices=list(SPOKEN.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "chips"}),
    )
    expertise = forms.ModelMultipleChoiceField(
        label=_("Expertise"),
        queryset=Theme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Themes on which others may ask you."),
    )

    class Meta:
        model = Profile
        fields = [
            "organisation",
            "organisation_for",
            "country",
            "country_for",
            "languages_for",
            "expertise",
            "expertise_for",
            "available",
            "available_for",
        ]

    field_order = [
        "organisation",
        "organisation_for",
        "new_organisation",
        "country",
        "languages",
        "expertise",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes, offices = self.fields["expertise"], self.fields["organisation"]
        assert isinstance(themes, forms.ModelMultipleChoiceField)  # noqa: S101
        assert isinstance(offices, forms.ModelChoiceField)  # noqa: S101
        themes.queryset = Theme.objects.with_names()
        offices.queryset = Organisation.objects.choices_of(self.instance).by_name()
        offices.empty_label = _("None")
        self.initial["languages"] = self.instance.languages

    def clean_languages(self) -> list[str]:
        chosen = set(self.cleaned_data["languages"])
        return [code for code in SPOKEN if code in chosen]

    @transaction.atomic
    def save(self, commit: bool = True) -> Profile:
        profile = self.instance
        if name := self.cleaned_data["new_organisation"]:
            profile.organisation = organisations.named(name, by=profile.user)
        super().save()
        describe(profile.user, {"languages": self.cleaned_data["languages"]})
        return profile


class WordsForm(ProfileFieldsForm):
    """What one says of oneself in one language."""

    headline = forms.CharField(
        label=_("Headline"),
        max_length=120,
        required=False,
        help_text=_("Your work in one line."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    about = forms.CharField(
        label=_("About me"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    help_with = forms.CharField(
        label=_("What you can help with"),
        max_length=300,
        required=False,
        help_text=ProfileText._meta.get_field("help_with").help_text,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    beside = {"help_with": "available_for"}

    class Meta:
        model = Profile
        fields = ["headline_for", "about_for", "available_for"]

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        row = next((row for row in self.instance.texts.all() if row.language == language), ProfileText())
        for word in WORDS:
            self.initial[word] = getattr(row, word)
            self.fields[word].widget.attrs["lang"] = language

    @transaction.atomic
    def save(self, commit: bool = True) -> Profile:
        super().save()
        words = {word: self.cleaned_data[word] for word in WORDS}
        describe(self.instance.user, words, language=self.language)
        return self.instance
