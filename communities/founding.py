"""How a space begins, hides, and is closed to writing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from communities import freshness, hooks, joining
from communities.activity import record
from communities.models import Membership, Record, Space, SpaceText, random_slug
from communities.roles import JoinPolicy, Role, Visibility
from communities.succession import hold, hold_for

if TYPE_CHECKING:
    from profiles.models import User

# What stands below `spaces/` beside the spaces themselves.
RESERVED: Final = frozenset({"new"})


@transaction.atomic
def found(
    texts: Mapping[str, Mapping[str, str]],
    *,
    by: User | None,
    facilitator: User | None = None,
    slug: str = "",
    **fields: Any,
) -> Space:
    """A new space with its words per language ({"fr": {"name": ..., "purpose": ...}}) and its first facilitator.

    Without a facilitator it starts frozen: read-only until staff name one.
    """
    space = Space(slug=slug or _free_slug(texts), **fields)
    if space.is_hidden:
        space.slug, space.join_policy = random_slug(), JoinPolicy.INVITE
    if facilitator is None:
        space.frozen_at = timezone.now()
    space.save()
    SpaceText.objects.bulk_create(
        SpaceText(space=space, language=code, **words) for code, words in texts.items()
    )
    if facilitator is not None:
        Membership.objects.create(space=space, user=facilitator, role=Role.FACILITATOR)
    Record.objects.create(verb="founded", actor=by, space=space, person=facilitator)
    for function in hooks.found:
        function(space)
    freshness.changed()
    return space


def _free_slug(texts: Mapping[str, Mapping[str, str]]) -> str:
    names = [words["name"] for words in texts.values()]
    wanted = next((slug for slug in (slugify(name)[:50] for name in names) if slug), "") or random_slug()
    taken = (
        wanted in RESERVED or Space.objects.filter(Q(slug=wanted) | Q(old_addresses__slug=wanted)).exists()
    )
    return f"{wanted}-{random_slug()[2:6]}" if taken else wanted


@transaction.atomic
def hide(space: Space, *, by: User) -> None:
    """Makes a space hidden: a new random slug without a redirect, and every room forgets the old one.

    Raises Refused, Http404: whoever lost the right a moment ago hides nothing.
    """
    hold_for(space, by)
    old_slug, old_names = space.slug, list(space.texts.values_list("name", flat=True))
    space.visibility, space.join_policy, space.slug = Visibility.HIDDEN, JoinPolicy.INVITE, random_slug()
    space.figures = []
    space.changes += 1
    space.save(update_fields=["visibility", "join_policy", "slug", "figures", "changes"])
    space.old_addresses.all().delete()
    space.join_requests.filter(state="pending").update(state="declined", decided_at=timezone.now())
    Record.objects.create(verb="hidden", actor=by, space=space)
    for function in hooks.hide:
        function(space, old_slug, old_names)
    freshness.changed()


def archive(space: Space, *, by: User) -> None:
    """Read-only for all. Twice is once. Raises Refused, Http404."""
    _set_archived(space, timezone.now(), "archived", by)


def reopen(space: Space, *, by: User) -> None:
    _set_archived(space, None, "reopened", by)


@transaction.atomic
def _set_archived(space: Space, at: datetime | None, verb: str, by: User) -> None:
    now = hold(space)
    if bool(now.archived_at) == bool(at):
        return
    hold_for(now, by, "manage" if at else "reopen")
    now.archived_at = space.archived_at = at
    now.save(update_fields=["archived_at"])
    Record.objects.create(verb=verb, actor=by, space=now)
    record(f"space_{verb}", actor=by, space=now, recipients=joining.members(now))
    freshness.changed()
