from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities import time_zones
from profiles import photos
from profiles.describing import describe
from profiles.languages import SPOKEN
from profiles.models import Profile, User
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


class ProfileForm(forms.ModelForm[Profile]):
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        help_text=_("JPEG, PNG or WebP. It is made small, and what the camera wrote into it is taken out."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    without_photo = forms.BooleanField(label=_("Remove my photo"), required=False)
    expertise = forms.ModelMultipleChoiceField(
        label=_("Expertise"),
        queryset=Theme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Themes on which others may ask you."),
    )
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
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"),
        choices=list(SPOKEN.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "chips"}),
    )

    class Meta:
        model = Profile
        fields = ["photo", "expertise", "country", "listed"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = self.fields["expertise"]
        assert isinstance(themes, forms.ModelMultipleChoiceField)  # noqa: S101
        themes.queryset = Theme.objects.with_names()
        self.initial.pop("photo", None)
        text = self.instance.text
        self.initial.update(headline=text.headline, about=text.about, languages=self.instance.languages)
        if not self.instance.photo_id:
            del self.fields["without_photo"]
        self._square: CleanFile | None = None

    def clean_languages(self) -> list[str]:
        chosen = set(self.cleaned_data["languages"])
        return [code for code in SPOKEN if code in chosen]

    def clean_photo(self) -> StoredFile | None:
        """Cleaned here, where a refusal can still be said beside the field, and before any transaction."""
        upload = self.cleaned_data["photo"]
        if upload:
            self._square = photos.shaped(upload, "photo")
        return self.instance.photo

    @transaction.atomic
    def save(self, commit: bool = True) -> Profile:
        profile = self.instance
        if self._square is not None:
            photos.put_up(profile, self._square)
        elif self.cleaned_data.get("without_photo"):
            photos.discard(profile)
        super().save()
        words = {name: self.cleaned_data[name] for name in ("headline", "about")}
        describe(profile.user, {**words, "languages": self.cleaned_data["languages"]})
        return profile
