"""What happened, recorded once; who hears of it is decided by the room where it happened.

A room declares its kinds and how their titles are found for a reader in `AppConfig.ready()`. Nothing of
the content is kept here: a line of the feed is resolved through the room's own `visible_to`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models

from communities.models import Activity
from communities.notifications import deliver

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from communities.models import Notification, Space
    from communities.permissions import AnyUser
    from profiles.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """What a reader may see of the thing behind an activity."""

    title: str
    url: str
    language: str = ""


# (reader, ids of targets) -> the lines of those the reader may read; one query whatever the number of ids.
Resolver = Callable[["AnyUser", set[int]], dict[int, Line]]


@dataclass(frozen=True, slots=True)
class Kind:
    """`sentence` may name %(actor)s; `mail` is neutral: no title, no name. `right` is an action asked of the
    space when the mail goes out, "staff", or "" when the news is about the recipient.

    Where no space decides: `entitled` is asked of each copy when its mail goes out, after the account's own
    state. `way_out` gives the address that ends such mails for this person with one click (RFC 8058).

    `page` is the URL name the mail leads to; "" where whoever gets it can no longer open any.

    `why` is the URL name of the page that says why somebody got it, and ends it: its address must name nothing.

    `is_news`: stands in the feed of whoever may read its space. Unless a room says so, it does not."""

    sentence: _StrPromise | str
    mail: _StrPromise | str
    right: str = "read"
    entitled: Callable[[Notification], bool] | None = None
    way_out: Callable[[Notification], str] | None = None
    page: str = "communities:notifications"
    is_news: bool = False
    why: str = ""


kinds: dict[str, Kind] = {}
_resolvers: dict[str, Resolver] = {}


def register_kind(
    name: str,
    *,
    sentence: _StrPromise | str,
    mail: _StrPromise | str,
    right: str = "read",
    entitled: Callable[[Notification], bool] | None = None,
    way_out: Callable[[Notification], str] | None = None,
    page: str = "communities:notifications",
    is_news: bool = False,
    why: str = "",
) -> None:
    kinds[name] = Kind(sentence, mail, right, entitled, way_out, page, is_news, why)


def kinds_of_news() -> list[str]:
    return [name for name, kind in kinds.items() if kind.is_news]


def register_resolver(prefix: str, resolver: Resolver) -> None:
    """For all kinds whose name starts with `prefix`."""
    _resolvers[prefix] = resolver


def record(
    kind: str,
    *,
    actor: User | None,
    space: Space | None = None,
    target: models.Model | None = None,
    recipients: Iterable[User] = (),
) -> Activity:
    """Writes one Activity in the caller's transaction and hands it to `deliver`. KeyError: unknown kind."""
    kinds[kind]
    activity = Activity.objects.create(
        kind=kind, actor=actor, space=space, target_id=target.pk if target else None
    )
    deliver([person for person in recipients if actor is None or person.pk != actor.pk], activity)
    return activity


@dataclass(frozen=True, slots=True)
class Gathering:
    """What happened to one thing, told once: the newest activity, and how many older ones stand behind it."""

    activity: Activity
    line: Line | None
    more: int


def gathered(activities: Iterable[Activity], lines: dict[int, Line]) -> list[Gathering]:
    """Ten answers in one topic are one line of the feed. Order and time are those of the newest."""
    kept: dict[tuple[int | None, str], list[Activity]] = {}
    for activity in activities:
        line = lines.get(activity.pk)
        kept.setdefault((activity.space_id, line.title if line else f"#{activity.pk}"), []).append(activity)
    return [Gathering(rows[0], lines.get(rows[0].pk), len(rows) - 1) for rows in kept.values()]


def lines_for(user: AnyUser, activities: Iterable[Activity]) -> dict[int, Line]:
    """activity id -> Line, for those whose target `user` may read: one query per kind of target."""
    wanted: dict[str, list[Activity]] = {}
    for activity in activities:
        prefix = next((p for p in _resolvers if activity.kind.startswith(p)), None)
        if prefix is not None and activity.target_id is not None:
            wanted.setdefault(prefix, []).append(activity)
    lines: dict[int, Line] = {}
    for prefix, rows in wanted.items():
        found = _resolvers[prefix](user, {row.target_id for row in rows if row.target_id})
        lines |= {row.pk: found[row.target_id] for row in rows if row.target_id in found}
    return lines
