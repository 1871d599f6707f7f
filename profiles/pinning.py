"""Things of one's own on one's page. Each reader is shown those that they may read: search says which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from profiles.models import MOST_PINS, Pin, Profile
from search.lines import Line, by, found, is_by, lines

if TYPE_CHECKING:
    from communities.permissions import AnyUser

OWN: Final = "topic"
FOUND: Final = ("resource", "event")
MOST_OFFERED: Final = 20


def pinned(profile: Profile, viewer: AnyUser | None) -> list[Line]:
    """In the owner's order, in one query. None as viewer: a member of the network who is in no space."""
    pairs = [(pin.kind, pin.object_id) for pin in profile.pins.all()]
    readable = lines(viewer, pairs)
    return [readable[pair] for pair in pairs if pair in readable]


def offered(owner: AnyUser, text: str) -> tuple[list[Line], list[Line]]:
    """Topics that the owner opened, and the resources and events that answer `text`."""
    return by(owner, OWN, most=MOST_OFFERED), found(owner, text, FOUND, most=MOST_OFFERED)


def pin(profile: Profile, kind: str, object_id: int) -> bool:
    """Whether it stands there now. It does not when it is nothing one may pin, or when the page is full."""
    if kind not in (OWN, *FOUND) or not _may_pin(profile, kind, object_id):
        return False
    with transaction.atomic():
        rows = _rows(profile)
        if any((row.kind, row.object_id) == (kind, object_id) for row in rows):
            return True
        if len(rows) >= MOST_PINS:
            rows = _without_the_gone(profile, rows)
        if len(rows) >= MOST_PINS:
            return False
        place = rows[-1].position + 1 if rows else 0
        Pin.objects.create(profile=profile, kind=kind, object_id=object_id, position=place)
    return True


def unpin(profile: Profile, kind: str, object_id: int) -> None:
    profile.pins.filter(kind=kind, object_id=object_id).delete()


def place(profile: Profile, key: str, before: str) -> None:
    """Puts the pin `key` ("topic-12") before another; at the end when that is empty or gone."""
    with transaction.atomic():
        rows = _rows(profile)
        by_key = {f"{row.kind}-{row.object_id}": row for row in rows}
        moved, goal = by_key.get(key), by_key.get(before)
        if moved is None or key == before:
            return
        rows.remove(moved)
        rows.insert(rows.index(goal) if goal else len(rows), moved)
        for number, row in enumerate(rows):
            if row.position != number:
                row.position = number
                row.save(update_fields=["position"])


def _rows(profile: Profile) -> list[Pin]:
    Profile.objects.select_for_update().get(pk=profile.pk)
    return list(Pin.objects.filter(profile=profile))


def _may_pin(profile: Profile, kind: str, object_id: int) -> bool:
    """A topic must be one's own; whatever it is, one must be able to read it."""
    if kind == OWN:
        return is_by(profile.user, kind, object_id)
    return bool(lines(profile.user, [(kind, object_id)]))


def _without_the_gone(profile: Profile, rows: list[Pin]) -> list[Pin]:
    """What its owner can no longer read shows to nobody as theirs, and makes room."""
    readable = lines(profile.user, [(row.kind, row.object_id) for row in rows])
    kept = [row for row in rows if (row.kind, row.object_id) in readable]
    for row in rows:
        if row not in kept:
            row.delete()
    return kept
