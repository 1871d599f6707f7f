"""The spaces with their words and the people in them, and one request that waits for an answer."""

from __future__ import annotations

import datetime
from random import Random
from typing import Final

from django.db import transaction
from django.db.models import Q

from communities import joining
from communities.founding import found
from communities.models import Activity, JoinRequest, Membership, Space
from communities.roles import Role
from demo.content import Table, tables, topics_by_space
from demo.tasks import once_at_the_end
from demo.world import World
from profiles.models import User

# `former` writes before leaving (`part`); `suspended` keeps the memberships of better days.
CAST: Final = {
    "moderator": Role.MODERATOR,
    "member": Role.MEMBER,
    "observer": Role.OBSERVER,
    "former": Role.MEMBER,
    "suspended": Role.MEMBER,
}
OLDER_THAN_FIRST_TOPIC: Final = 12  # days
ASKING: Final = "anneke"
ASKED: Final = 0.1  # days ago
ANSWER: Final = (
    "Ik begeleid jongeren die op hun zitting wachten en zie hoe lang dat duurt. Ik zou graag lezen hoe "
    "anderen termijnen bewaken, en kan vertellen wat bij ons werkt."
)


def load(world: World) -> None:
    rows = tables("spaces", "space")
    for row in world.progress.of(rows, len(rows)):
        space = _there(row)
        if space is None:
            with transaction.atomic(), once_at_the_end():
                space = _found(world, row)
            world.progress.made += 1
        world.spaces[row["key"]] = space


def _there(row: Table) -> Space | None:
    """By address; the hidden one, which has none of its own choosing, by any of its names."""
    names = [text["name"] for text in row["text"].values()]
    return Space.objects.filter(Q(slug=row.get("slug", "")) | Q(texts__name__in=names)).first()


def _found(world: World, row: Table) -> Space:
    """Founded with everybody in it: whoever leaves later is not brought back by another run."""
    first = max(topic["days_ago"] for topic in topics_by_space()[row["key"]])
    space = found(
        row["text"],
        by=world.people["staff"],
        facilitator=world.people["facilitator"],
        created_at=world.ago(first + OLDER_THAN_FIRST_TOPIC),
        **{field: row[field] for field in ("visibility", "join_policy", "language", "hue", "shows_members")},
        slug=row.get("slug", ""),
    )
    space.themes.set(world.themes[slug] for slug in row["themes"])
    _let_in(world, space, _people(world, row))
    space.memberships.filter(role=Role.FACILITATOR).update(shown_publicly=True)
    return space


def _people(world: World, row: Table) -> list[tuple[User, Role]]:
    roles = CAST | dict.fromkeys(row["facilitators"], Role.FACILITATOR)
    roles |= dict.fromkeys(row["members"], Role.MEMBER)
    return [(world.people[key], role) for key, role in roles.items()]


def _let_in(world: World, space: Space, people: list[tuple[User, Role]]) -> None:
    """Facilitators and moderators on the first day, the others one by one before the first topic."""
    rng = Random(space.slug if not space.is_hidden else "hidden")
    space.memberships.update(joined_at=space.created_at)
    for user, role in people:
        membership = joining.join(space, user, role=role)
        days = 0.0 if role >= Role.MODERATOR else rng.uniform(0.2, OLDER_THAN_FIRST_TOPIC - 1)
        moment = space.created_at + datetime.timedelta(days=days)
        Membership.objects.filter(pk=membership.pk).update(joined_at=moment)


def ask(world: World) -> None:
    """One request that the facilitators of the closed space have not answered yet."""
    space, person = world.spaces["closed"], world.people[ASKING]
    if JoinRequest.objects.filter(space=space, user=person).exists():
        return
    text = space.texts.get(language=person.language)
    answers = [(question, text.language, ANSWER) for question in text.questions[:1]]
    request = joining.ask(space, person, "", answers=answers, language=text.language)
    # After the last post, as its id in the feed is.
    asked = world.ago(ASKED)
    JoinRequest.objects.filter(pk=request.pk).update(created_at=asked)
    Activity.objects.filter(kind="join_requested", target_id=request.pk).update(created_at=asked)
    world.progress.made += 1


def part(world: World) -> None:
    """`former` leaves every space; what they wrote stays."""
    for membership in Membership.objects.filter(user=world.people["former"]).select_related("space", "user"):
        joining.leave(membership)
        world.progress.made += 1
