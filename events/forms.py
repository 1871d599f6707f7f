from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from communities import time_zones
from communities.submissions import KeyedForm

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser

# Beyond these a year is a typing mistake.
YEARS: Final = range(2000, 2101)
LONGEST: Final = timedelta(days=31)


class WallClockInput(forms.DateTimeInput):
    """What stands on the clock, without a zone; a browser that knows no such field shows how to write it."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(attrs={"placeholder": "2027-01-31T15:00"}, format="%Y-%m-%dT%H:%M")


class WallClockField(forms.Field):
    """A naive moment: the zone is another field's answer. Django's own field would take the reader's zone."""

    widget = WallClockInput
    default_error_messages = {
        "invalid": _("Please give day and hour, as in 2027-01-31T15:00."),
        "year": _("Please check the year."),
    }

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            moment = parse_datetime(str(value).strip())
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is not None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        if moment.year not in YEARS:
            raise forms.ValidationError(self.error_messages["year"], code="year")
        return moment.replace(second=0, microsecond=0)


class EventForm(KeyedForm):
    """What a facilitator announces, in one language."""

    makes = "event"

    title = forms.CharField(label=_("Title"), max_length=120)
    summary = forms.CharField(label=_("In one sentence"), max_length=300, required=False)
    description = forms.CharField(
        label=_("What will it be about?"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language of this text"), choices=settings.LANGUAGES)
    starts = WallClockField(label=_("Start"))
    ends = WallClockField(label=_("End"))
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Of these hours. Everyone also sees the time where they are.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "chips"}),
    )
    interpretation = forms.MultipleChoiceField(
        label=_("Interpretation into"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "chips"}),
    )
    url = forms.CharField(
        label=_("Address of the online room"),
        max_length=500,
        required=False,
        validators=[URLValidator(schemes=["https", "http"])],
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("Empty when it is online only.")
    )
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=100_000, required=False)
    poor_line = forms.CharField(
        label=_("Ways in for a poor line"),
        max_length=1000,
        required=False,
        help_text=_("By telephone, sound only, a summary to read the day after."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    is_public = forms.BooleanField(
        label=_("Open to everyone"),
        required=False,
        help_text=_("Everyone on the internet can then read this page and the name of the space."),
    )

    def __init__(self, *args: Any, space: Space, by: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        zones = self.fields["time_zone"]
        assert isinstance(zones, forms.ChoiceField)  # noqa: S101
        zones.choices = time_zones.choices()
        self.initial.setdefault("time_zone", getattr(by, "time_zone", "") or settings.TIME_ZONE)
        self.initial.setdefault("language", get_language())
        if space.is_hidden:
            del self.fields["is_public"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if zone := data.get("time_zone"):
            for name in ("starts", "ends"):
                if data.get(name):
                    self._place(name, zoneinfo.ZoneInfo(zone))
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end has to come after the start."))
        elif starts and ends and ends - starts > LONGEST:
            self.add_error("ends", _("That is longer than a month. Please check the dates."))
        return data

    def _place(self, name: str, zone: zoneinfo.ZoneInfo) -> None:
        """The moment in UTC. Of an hour that the clocks show twice the first; one they skip is refused."""
        given = self.cleaned_data[name]
        moment = given.replace(tzinfo=zone).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) != given:
            self.add_error(name, _("This hour does not exist: the clocks go forward there that day."))
        else:
            self.cleaned_data[f"{name}_at"] = moment

    def announcement(self) -> dict[str, Any]:
        """The arguments of `Event.objects.announce`, but for `by` and `space`."""
        data = self.cleaned_data
        words = ("title", "summary", "description", "poor_line")
        same = ("time_zone", "languages", "interpretation", "url", "place", "capacity", "key", "language")
        return {
            **{name: data[name] for name in same},
            "starts_at": data["starts_at"],
            "ends_at": data["ends_at"],
            "is_public": data.get("is_public", False),
            "texts": {data["language"]: {name: data[name] for name in words}},
        }
