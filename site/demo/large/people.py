"""Many people: rows in batches, nobody of whom can sign in."""

from __future__ import annotations

import datetime
import random
from typing import Final

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from demo.content import Table, tables
from demo.large.plan import Plan, batches, language, midnight, public_id
from demo.world import World
from profiles.models import Organisation, Profile, ProfileText, SpokenLanguage, User
from profiles.search import entry, folded
from search.entries import put

OLDEST: Final = 700  # days
LISTED: Final = 0.4
AVAILABLE: Final = 0.3
EMPLOYED: Final = 0.7
PEOPLE_OF_ONE: Final = 20  # of an organisation, about
APPROVED: Final = 0.98


def address(plan: Plan, number: int) -> str:
    return f"n{number:06}.{plan.key}@people.demo.example"


def load(world: World, plan: Plan) -> None:
    _make_organisations(world, plan)
    for numbers in batches(range(plan.members)):
        world.progress.at(numbers[0], plan.members)
        if not User.objects.filter(email=address(plan, numbers[0])).exists():
            _make(world, plan, numbers)
            world.progress.made += len(numbers)


def _make_organisations(world: World, plan: Plan) -> None:
    """Numbered, for none may be taken for one that exists."""
    wanted = [f"Organisation {number + 1}" for number in range(plan.members // PEOPLE_OF_ONE)]
    there = set(Organisation.objects.filter(name__in=wanted).values_list("name", flat=True))
    since = midnight(world.now) - datetime.timedelta(days=OLDEST)
    rows = [
        Organisation(name=name, name_folded=folded(name), approved_at=since)
        for name in wanted
        if name not in there
    ]
    world.progress.made += len(Organisation.objects.bulk_create(rows))


@transaction.atomic
def _make(world: World, plan: Plan, numbers: list[int]) -> None:
    users = User.objects.bulk_create(_user(world, plan, number) for number in numbers)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    models = tables("people", "people")
    offices = list(Organisation.objects.filter(name__startswith="Organisation ").order_by("pk"))
    profiles = Profile.objects.bulk_create(
        _profile(plan, models, offices, number, user) for number, user in zip(numbers, users, strict=True)
    )
    _give_words(models, plan, numbers, profiles)
    _give_expertise(world, models, plan, numbers, profiles)
    listed = Profile.objects.listed().with_card().filter(pk__in=[profile.pk for profile in profiles])
    put(*map(entry, listed))


def _user(world: World, plan: Plan, number: int) -> User:
    rng = plan.chance("person", number)
    spoken = language(rng)
    names = [row["name"] for row in tables("people", "people") if row["language"] == spoken]
    return User(
        public_id=public_id(rng),
        email=address(plan, number),
        password=f"{UNUSABLE_PASSWORD_PREFIX}{plan.key}{number:034}",
        display_name=f"{rng.choice(names)} {number + 1}",
        language=spoken,
        is_approved=rng.random() < APPROVED,
        date_joined=midnight(world.now) - datetime.timedelta(days=rng.uniform(OLDEST / 2, OLDEST)),
    )


def _model(rng: random.Random, models: list[Table], language: str) -> Table:
    """Whose words this person has."""
    return rng.choice([row for row in models if row["language"] == language])


def _give_words(models: list[Table], plan: Plan, numbers: list[int], profiles: list[Profile]) -> None:
    texts, spoken = [], []
    for number, profile in zip(numbers, profiles, strict=True):
        language = profile.user.language
        row = _model(plan.chance("profile", number), models, language)
        texts.append(
            ProfileText(profile=profile, language=language, headline=row["headline"], about=row["about"])
        )
        spoken += [SpokenLanguage(profile=profile, code=code) for code in row["languages"]]
    ProfileText.objects.bulk_create(texts)
    SpokenLanguage.objects.bulk_create(spoken)


def _profile(
    plan: Plan, models: list[Table], offices: list[Organisation], number: int, user: User
) -> Profile:
    rng = plan.chance("profile", number)
    _model(rng, models, user.language)  # drawn for the words already (`_give_words`): the order counts
    work = plan.chance("work", number)
    return Profile(
        user=user,
        available=work.random() < AVAILABLE,
        organisation=work.choice(offices) if offices and work.random() < EMPLOYED else None,
        name_folded=folded(user.display_name),
        country=rng.choice(models)["country"],
        listed=rng.random() < LISTED,
    )


def _give_expertise(
    world: World, models: list[Table], plan: Plan, numbers: list[int], profiles: list[Profile]
) -> None:
    through = Profile.expertise.through
    rows = [
        through(profile_id=profile.pk, theme_id=world.themes[slug].pk)
        for number, profile in zip(numbers, profiles, strict=True)
        for slug in plan.chance("expertise", number).choice(models)["themes"]
    ]
    through.objects.bulk_create(rows)
