"""The cast and the other people: enrolled, described, at home in their language and time zone."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction

from communities import staffdesk
from communities.models import Record
from demo.content import Table, tables
from demo.files import portrait
from demo.world import World
from profiles.joining import enrol, tell_staff
from profiles.models import User
from profiles.photos import put_up, shaped
from themes.models import Theme, ThemeName

# Works only where DEMO_ACCOUNTS is on (profiles/backends.py).
PASSWORD: Final = "demo-only-password"
GROUPS: Final = {"editor": "Editors", "translator_ar": "Translators: ar"}
RIGHTS: Final[dict[str, dict[str, Any]]] = {
    "newcomer": {"approved": False},
    "staff": {"is_staff": True},
    "root": {"is_staff": True, "is_superuser": True},
}
# Days since they came; whoever is not named was there before the first space.
CAME: Final = {"newcomer": 1.6, "stranger": 18, "suspended": 90}
BEFORE_ALL: Final = 430


def load_themes(world: World) -> None:
    for row in tables("themes", "theme"):
        theme, created = Theme.objects.get_or_create(slug=row["slug"])
        world.progress.made += created
        for language, name in row["name"].items():
            ThemeName.objects.get_or_create(theme=theme, language=language, defaults={"name": name})
        world.themes[theme.slug] = theme


def load(world: World) -> None:
    cast = [(row["role"], f"{row['role']}@demo.example", row) for row in tables("people", "cast")]
    others = [(row["key"], f"{row['key']}@people.demo.example", row) for row in tables("people", "people")]
    there = set(User.objects.values_list("email", flat=True))
    everybody = [*cast, *others]
    for number, (key, email, row) in enumerate(world.progress.of(everybody, len(everybody))):
        with transaction.atomic():
            world.people[key] = _person(world, key, email, row, days=CAME.get(key, BEFORE_ALL + 3 * number))
            if email not in there and number % 2:
                _give_photo(world.people[key], number)
        world.progress.made += email not in there
    _give_password()
    _tell_staff_of_newcomer(world)


def _person(world: World, key: str, email: str, row: Table, *, days: float) -> User:
    user = enrol(
        email,
        None,
        row["name"],
        language=row["language"],
        profile={
            **{field: row[field] for field in ("headline", "about", "languages", "country", "listed")},
            "expertise": [world.themes[slug] for slug in row["themes"]],
        },
        time_zone=row["time_zone"],
        date_joined=world.ago(days),
        **{"approved": True, **RIGHTS.get(key, {})},
    )
    if key in GROUPS:
        user.groups.add(Group.objects.get_or_create(name=GROUPS[key])[0])
    return user


def _give_photo(user: User, number: int) -> None:
    """Every second person shows one, as in real networks."""
    picture = ContentFile(portrait(number), "portrait.jpg")
    put_up(user.profile, shaped(picture, "photo"))
    user.profile.save(update_fields=["photo"])


def _give_password() -> None:
    """One for all who have none yet. Hashing is slow on purpose: once is enough."""
    waiting = User.objects.filter(email__endswith="@demo.example", password__startswith="!")
    if waiting.exists():
        waiting.update(password=make_password(PASSWORD))


def _tell_staff_of_newcomer(world: World) -> None:
    """As if the newcomer had just confirmed the address: somebody waits at the staff desk."""
    tell_staff(world.people["newcomer"])


def suspend(world: World) -> None:
    """Last of all, so that a life before the suspension can be written down."""
    person = world.people["suspended"]
    if Record.objects.filter(verb="account_suspended", person=person).exists():
        return
    staffdesk.suspend(person, by=world.people["staff"], reason="Advertising in private messages.")
    world.progress.made += 1
