"""What the copy of a whole space holds of this room: its words, and its people where all its members see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from communities.parts import Part, Row, Words, language_of, value_of

if TYPE_CHECKING:
    from communities.models import Space


def parts(space: Space) -> list[Part]:
    own = [
        Part(
            name="space",
            title=_("The space"),
            keys={
                "kind": _("Kind"),
                "visibility": _("Visibility"),
                "countries": _("Countries"),
                "languages": _("Languages"),
                "created_at": _("Since"),
                "cover": _("Cover"),
            },
            rows=lambda: _space(space),
        ),
        Part(
            name="texts",
            title=_("Texts"),
            keys={
                "language": _("Language"),
                "name": _("Name"),
                "purpose": _("Purpose"),
                "welcome": _("Welcome"),
                "rules": _("Rules"),
            },
            rows=lambda: _texts(space),
        ),
    ]
    if not space.shows_members:
        return own
    people = Part(
        name="members",
        title=_("Members"),
        keys={"name": _("Name"), "role": _("Role")},
        rows=lambda: _members(space),
    )
    return [*own, people]


def _space(space: Space) -> Iterator[Row]:
    yield {
        "kind": value_of(space, "kind"),
        "visibility": value_of(space, "visibility"),
        "countries": _names(space.countries),
        "languages": [language_of(code) for code in space.languages],
        "created_at": space.created_at,
        "cover": space.cover,
    }


def _names(countries: Any) -> list[str]:
    return [country.name for country in countries]


def _texts(space: Space) -> Iterator[Row]:
    for text in space.texts.order_by("pk"):
        words = {
            name: Words(getattr(text, name), text.language)
            for name in ("name", "purpose", "welcome", "rules")
        }
        yield {"language": language_of(text.language), **words}


def _members(space: Space) -> Iterator[Row]:
    """As the list of members shows them: in force, by the name they show. When they joined is not shown there."""
    rows = space.memberships.filter(suspended_at__isnull=True, user__is_active=True, user__is_approved=True)
    for row in rows.select_related("user").order_by("-role", "user__display_name", "pk").iterator(200):
        yield {"name": Words(row.user.display_name, ""), "role": value_of(row, "role")}
