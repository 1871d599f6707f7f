"""Many spaces, founded by the verb, and the memberships of many people in batches."""

from __future__ import annotations

import datetime
from random import Random
from typing import Final

from django.db import transaction

from communities.founding import found
from communities.models import Membership, Space, SpaceText
from communities.roles import JoinPolicy, Role, Visibility
from demo.large.people import address
from demo.large.plan import LANGUAGES, Plan, batches, language, midnight, public_id
from demo.tasks import once_at_the_end
from demo.world import World
from profiles.models import User

AGE: Final = 640  # days
# Of twenty spaces: what a network of this kind looks like.
VISIBILITIES: Final = (
    *([Visibility.NETWORK] * 7),
    *([Visibility.CLOSED] * 8),
    *([Visibility.PUBLIC] * 4),
    Visibility.HIDDEN,
)
POLICIES: Final = {
    Visibility.PUBLIC: JoinPolicy.OPEN,
    Visibility.NETWORK: JoinPolicy.OPEN,
    Visibility.CLOSED: JoinPolicy.REQUEST,
    Visibility.HIDDEN: JoinPolicy.INVITE,
}
NAMES: Final = {"fr": "Communauté {}", "en": "Community {}", "ar": "مجتمع {}", "nl": "Gemeenschap {}"}
# Every second space knows the cast, so that the pages of somebody with many spaces can be measured.
CAST: Final = {"moderator": Role.MODERATOR, "member": Role.MEMBER, "observer": Role.OBSERVER}
# Each person is in one to this many spaces.
MOST_SPACES: Final = 6


def name(plan: Plan, number: int, code: str) -> str:
    return NAMES[code].format(f"{number + 1} · {plan.key}")


def load(world: World, plan: Plan) -> None:
    there, drawn = of_plan(plan), _drawn(plan)
    for number in world.progress.of(range(plan.spaces), plan.spaces):
        if number not in there:
            with transaction.atomic(), once_at_the_end():
                _found(world, plan, number, drawn[number])
            world.progress.made += 1


def of_plan(plan: Plan) -> dict[int, Space]:
    """By number, in the order of numbers."""
    texts = SpaceText.objects.filter(language="en", name__endswith=plan.key).select_related("space")
    spaces = {text.name: text.space for text in texts}
    names = ((number, name(plan, number, "en")) for number in range(plan.spaces))
    return {number: spaces[wanted] for number, wanted in names if wanted in spaces}


def _found(world: World, plan: Plan, number: int, drawn_by: list[int]) -> None:
    rng = plan.chance("space", number)
    visibility = VISIBILITIES[number * 7 % len(VISIBILITIES)]
    people = _people(plan, drawn_by)
    rng.shuffle(people)
    facilitator = people.pop() if people else world.people["facilitator"]
    space = found(
        {code: {"name": name(plan, number, code)} for code in LANGUAGES},
        by=world.people["staff"],
        facilitator=facilitator,
        slug=f"community-{number + 1}-{plan.key}",
        visibility=visibility,
        join_policy=POLICIES[visibility],
        language=language(rng),
        hue=1 + number % 8,
        created_at=midnight(world.now) - datetime.timedelta(days=AGE),
    )
    if space.is_hidden:
        Space.objects.filter(pk=space.pk).update(slug=f"s-{public_id(rng)}")
    space.themes.set(rng.sample(list(world.themes.values()), 2))
    _let_in(world, space, people, number, rng)


def _drawn(plan: Plan) -> list[list[int]]:
    """Number of a space -> numbers of the people in it. Low numbers are drawn more often: a few are large."""
    drawn: list[list[int]] = [[] for _ in range(plan.spaces)]
    for who in range(plan.members if plan.spaces else 0):
        rng = plan.chance("spaces of", who)
        for number in {int(plan.spaces * rng.random() ** 1.6) for _ in range(rng.randint(1, MOST_SPACES))}:
            drawn[number].append(who)
    return drawn


def _people(plan: Plan, numbers: list[int]) -> list[User]:
    return [
        user
        for some in batches((address(plan, who) for who in numbers), 500)
        for user in User.objects.filter(email__in=some, is_approved=True).order_by("email")
    ]


def _let_in(world: World, space: Space, people: list[User], number: int, rng: Random) -> None:
    ranks = [Role.MODERATOR, *rng.choices([Role.MEMBER, Role.OBSERVER], [9, 1], k=len(people))]
    rows = [(user, role) for user, role in zip(people, ranks, strict=False)]
    if number % 2 == 0:
        rows += [(world.people[key], role) for key, role in CAST.items()]
    # The founder's membership carries the present moment; so does its record, which nobody dates back.
    space.memberships.update(joined_at=space.created_at)
    Membership.objects.bulk_create(
        (
            Membership(space=space, user=user, role=role, joined_at=space.created_at + _later(rng))
            for user, role in rows
        ),
        batch_size=500,
    )


def _later(rng: Random) -> datetime.timedelta:
    return datetime.timedelta(days=rng.uniform(0, 30))
