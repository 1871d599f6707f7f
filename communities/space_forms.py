"""Forms of those who run a space."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_countries import countries

from communities import covers
from communities.models import Space
from communities.presenting import FIGURES
from communities.roles import Visibility
from communities.settling import COLUMNS, MODULE_COLUMNS
from communities.shapes import WAYS_FIT, is_wider
from communities.submissions import put_in
from themes.models import Theme

if TYPE_CHECKING:
    from files.cleaning import CleanFile

# The names of the style sheet's eight hues, for whoever does not see them.
HUES: Final = [
    (1, pgettext_lazy("colour", "Blue")),
    (2, pgettext_lazy("colour", "Green")),
    (3, pgettext_lazy("colour", "Pink")),
    (4, pgettext_lazy("colour", "Violet")),
    (5, pgettext_lazy("colour", "Olive")),
    (6, pgettext_lazy("colour", "Steel")),
    (7, pgettext_lazy("colour", "Brown")),
    (8, pgettext_lazy("colour", "Red")),
]
CHIPS: Final = {"class": "chips"}


def codes_of(countries: Any) -> list[str]:
    return [country.code for country in countries]


class SettingsForm(forms.ModelForm[Space]):
    """`seen` is the state of the space that this form was filled from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages spoken there"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
    )
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Countries it is about"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=gettext_lazy("None: everywhere. On a computer, hold Ctrl to choose several."),
    )
    themes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Themes"),
        queryset=Theme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
    )
    hue = forms.TypedChoiceField(label=gettext_lazy("Colour"), choices=HUES, coerce=int)
    cover = forms.FileField(
        label=gettext_lazy("Cover"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, wide. Place, date and device hidden in a picture are taken out. "
            "Whoever may read the space sees it."
        ),
    )
    without_cover = forms.BooleanField(label=gettext_lazy("Take the cover away"), required=False)
    figures = forms.MultipleChoiceField(
        label=gettext_lazy("Figures that everyone on the internet may see"),
        required=False,
        choices=list(FIGURES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Rounded down, and not shown at all below five: nobody can be singled out."),
    )
    wider = forms.BooleanField(
        label=gettext_lazy("Yes: more people may read everything that has been written so far"),
        required=False,
        help_text=gettext_lazy(
            "Only needed when you make the space visible to more people. Its members are told."
        ),
    )

    class Meta:
        model = Space
        fields = ["kind", "language", "visibility", "join_policy", "shows_members", "indexed", "exportable"]
        fields += ["approves_first", "slow_minutes", "closes_after", "keeps_originals"]
        fields += MODULE_COLUMNS

    field_order = [
        *("seen", "kind", "themes", "countries", "languages", "language", "hue", "cover", "without_cover"),
        *("visibility", "wider", "join_policy", "shows_members", "indexed", "figures", *MODULE_COLUMNS),
        *("approves_first", "slow_minutes", "closes_after", "exportable", "keeps_originals"),
    ]

    def __init__(self, data: Any = None, files: Any = None, *, space: Space) -> None:
        initial = {
            "seen": space.changes,
            "themes": list(space.themes.values_list("pk", flat=True)),
            "hue": space.hue,
            "countries": codes_of(space.countries),
            "languages": space.languages,
            "figures": space.figures,
        }
        super().__init__(data, files, instance=space, initial=initial)
        self._before = space.visibility
        self.picture: CleanFile | None = None
        known = list(Theme.objects.with_names())
        self.fields["themes"].queryset = Theme.objects.all()  # type: ignore[attr-defined]
        self.fields["themes"].choices = [(each.pk, each.name) for each in known]  # type: ignore[attr-defined]
        self.fields["countries"].choices = list(countries)  # type: ignore[attr-defined]
        self.initial.pop("cover", None)
        if not space.cover_id:
            del self.fields["without_cover"]
        # Hiding is a page of its own, which says what it does and asks.
        shown = [(v, name) for v, name in Visibility.choices if v != Visibility.HIDDEN or space.is_hidden]
        self.fields["visibility"].choices = shown  # type: ignore[attr-defined]
        if space.is_hidden:
            del self.fields["figures"], self.fields["indexed"]

    def clean_cover(self) -> None:
        """Cleaned before any transaction, where a refusal can still be said beside the field."""
        upload = self.cleaned_data["cover"]
        self.picture = covers.shaped(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        wanted = data.get("visibility")
        if wanted and data.get("join_policy") not in (None, *WAYS_FIT[wanted]):
            self.add_error("join_policy", _("This way of joining does not go with that visibility."))
        if wanted and is_wider(wanted, self._before) and not data.get("wider"):
            self.add_error(
                "wider", _("Please confirm: this cannot be taken back for those who have read it.")
            )
        if self.errors and self.files and "cover" not in self.errors:
            self.add_error("cover", _("What you chose is kept, the picture is not: please choose it again."))
        return data

    def _post_clean(self) -> None:
        """The instance stays as it was read: `settling.settle` writes, under a lock."""

    @property
    def settled(self) -> dict[str, Any]:
        """What `settling.settle` takes."""
        data = self.cleaned_data
        columns = {name: data[name] for name in COLUMNS if name in data}
        return {
            **columns,
            "seen": data["seen"],
            "themes": data["themes"],
            "cover": self.picture,
            "without_cover": bool(data.get("without_cover")),
        }

    def now_there(self, now: Space) -> None:
        """After somebody else has saved: what was typed stays, and a second sending means it."""
        put_in(self, "seen", str(now.changes))
        self.add_error(
            None,
            ValidationError(
                _(
                    "Somebody else has saved these settings in the meantime. Nothing of yours is lost: look at "
                    "what is different now, and save again if you still want it so."
                )
            ),
        )
