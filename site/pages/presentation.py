"""What a landing page shows beside the space's own words and the editors' blocks, asked of the other rooms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Max, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.roles import Role
from events.models import Event
from events.querysets import open_to_everyone
from forum.forum_conversation.models import Topic
from news import links
from news.models import ResourcePage
from profiles.audiences import Audience

if TYPE_CHECKING:
    from communities.models import Space
    from pages.models import SpacePage

# Below this nothing is said: a number must not single anybody out.
LEAST: Final = 5
SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A facilitator who agreed, as they want to be called."""

    name: str


def named_facilitators(space: Space) -> list[Named]:
    in_force = {"suspended_at": None, "user__is_active": True, "user__is_approved": True}
    rows = space.memberships.filter(role=Role.FACILITATOR, shown_publicly=True, **in_force)
    people = rows.select_related("user").order_by("joined_at", "pk")
    return [Named(row.public_name or row.user.display_name) for row in people]


def coming_open(space: Space) -> list[Event]:
    """The next events that everyone may see, whoever is looking."""
    found = Event.objects.filter(open_to_everyone(), space=space).coming()
    return list(found.select_related("space").prefetch_related("texts")[:SHOWN])


def chosen_resources(page: SpacePage) -> list[Any]:
    """In the editors' order, at the reader's place; what is withdrawn, restricted or deleted is left out.

    Chosen once, in the main language of the space, they show in all; a page may have a choice of its own.
    """
    others = [one for one in page.live_translations() if one.place == page.space.language]
    stream = next((one.resources for one in [page, *others] if one.resources), None)
    chosen = [row["value"] for row in (stream.get_prep_value() if stream else []) if row.get("value")]
    if not chosen:
        return []
    rows = list(links.chosen_and_here(ResourcePage.objects.defer_streamfields().with_row(), chosen))
    keys = {one.pk: one.translation_key for one in rows}
    there = {one.translation_key: one for one in rows if one.is_here}
    return [there[keys[pk]] for pk in chosen if keys.get(pk) in there]


def rounded(number: int) -> int:
    """Down, so that who comes or goes does not show; 0 below LEAST."""
    if number < LEAST:
        return 0
    return number - number % (5 if number < 50 else 10)


def figures_of(space: Space) -> list[str]:
    """In words, those the space agreed to. One query, none without its consent."""
    agreed = set(space.figures)
    counted = _counted(space) if agreed & {"members", "countries", "topics"} else {}
    topics = rounded(counted.get("topics") or 0) if "topics" in agreed else 0
    members = rounded(counted.get("members", 0)) if "members" in agreed else 0
    countries = rounded(counted.get("countries", 0)) if "countries" in agreed else 0
    said = [
        (members, ngettext("%(number)s member or more", "%(number)s members or more", members)),
        (topics, ngettext("%(number)s topic or more", "%(number)s topics or more", topics)),
        (countries, ngettext("%(number)s country or more", "%(number)s countries or more", countries)),
    ]
    words = [sentence % {"number": number} for number, sentence in said if number]
    return words + ([_("Since %(year)s") % {"year": space.created_at.year}] if "since" in agreed else [])


def _counted(space: Space) -> dict[str, int]:
    """A country that its owner keeps from the network is not counted either."""
    in_force = space.memberships.filter(suspended_at=None, user__is_active=True, user__is_approved=True)
    said = ~Q(user__profile__country="") & Q(user__profile__country_for__gte=Audience.NETWORK)
    topics = Topic.objects.of(space).order_by().values("forum").annotate(number=Count("pk")).values("number")
    return in_force.aggregate(
        members=Count("pk"),
        countries=Count("user__profile__country", filter=said, distinct=True),
        topics=Max(Subquery(topics)),
    )
