"""The world of the suite, built once per test database: the cast of product.md in four spaces.

Every test sees it and no test changes it for the next one: each runs in a transaction that is rolled back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser, Group
from django.db import transaction
from django.utils import timezone

from communities.founding import found
from communities.models import Membership, Space
from communities.roles import JoinPolicy, Role, Visibility
from profiles.entrance import charter
from profiles.models import User

PASSWORD = "a-password-of-the-suite"
# role -> (language, fields). Networks' people are approved unless the role says otherwise.
CAST = {
    "newcomer": ("fr", {"is_approved": False}),
    "member": ("fr", {}),
    "observer": ("nl", {}),
    "moderator": ("en", {}),
    "facilitator": ("ar", {}),
    "stranger": ("en", {}),
    "former": ("fr", {}),
    "suspended": ("fr", {"is_active": False}),
    "editor": ("fr", {}),
    "translator_ar": ("ar", {}),
    "staff": ("en", {"is_staff": True}),
    "root": ("en", {"is_superuser": True, "is_staff": True}),
}
PEOPLE = ("visitor", *CAST)
IN_EVERY_SPACE = {
    "facilitator": Role.FACILITATOR,
    "moderator": Role.MODERATOR,
    "member": Role.MEMBER,
    "observer": Role.OBSERVER,
    # A suspended account keeps its rows: they must give nothing.
    "suspended": Role.MEMBER,
}
POLICY = {
    Visibility.PUBLIC: JoinPolicy.OPEN,
    Visibility.NETWORK: JoinPolicy.OPEN,
    Visibility.CLOSED: JoinPolicy.REQUEST,
    Visibility.HIDDEN: JoinPolicy.INVITE,
}


def everybody() -> dict[str, User | AnonymousUser]:
    """All thirteen by name, `visitor` included."""
    people = User.objects.filter(email__endswith="@cast.example")
    return {"visitor": AnonymousUser(), **{user.email.partition("@")[0]: user for user in people}}


def build() -> None:
    if User.objects.filter(email="root@cast.example").exists():
        return
    people = {role: _person(role, language, fields) for role, (language, fields) in CAST.items()}
    for role, group in (("editor", "Editors"), ("translator_ar", "Translators: ar")):
        people[role].groups.add(Group.objects.get_or_create(name=group)[0])
    for visibility in Visibility:
        build_space(visibility, people)


def _person(role: str, language: str, fields: dict) -> User:
    name = role.replace("_", " ").capitalize()
    fields = {"is_approved": True, **fields}
    user = User.objects.create_user(
        f"{role}@cast.example", PASSWORD, display_name=name, language=language, **fields
    )
    charter.accept(user, number=1, language=language)
    return user


def build_space(visibility: str, people: dict[str, User], name: str = "") -> Space:
    """A space of that visibility with the cast in it, a month old."""
    name = name or f"The {visibility} space"
    space = found(
        {
            "en": {"name": name, "purpose": f"Purpose of {name}", "question": "Why?"},
            "fr": {"name": f"{name} (fr)", "purpose": f"But de {name}"},
        },
        by=None,
        facilitator=people["facilitator"],
        visibility=visibility,
        join_policy=POLICY[visibility],
        language="en",
        slug=f"{visibility}-space" if name == f"The {visibility} space" else "",
    )
    month_ago = timezone.now() - timedelta(days=30)
    for role, rank in IN_EVERY_SPACE.items():
        Membership.objects.update_or_create(
            space=space, user=people[role], defaults={"role": rank, "joined_at": month_ago}
        )
    return space


@contextmanager
def rolled_back() -> Iterator[None]:
    """A savepoint that is always given up."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)
