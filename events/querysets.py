"""Which events a person may know of, and how one comes to be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from communities import joining
from communities.activity import record
from communities.models import Space
from communities.permissions import require
from communities.prepared import Moment
from communities.public_ids import new_public_id
from communities.roles import Visibility
from communities.submissions import claim

if TYPE_CHECKING:
    from datetime import datetime

    from communities.permissions import AnyUser
    from events.models import Event
    from profiles.models import User


def open_to_everyone() -> Q:
    """`Event.is_open` as SQL."""
    shown = ~Q(space__visibility=Visibility.HIDDEN) & Q(space__has_events=True)
    return Q(space__isnull=True) | (Q(is_public=True) & shown)


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: AnyUser) -> EventQuerySet:
        """Open events, and those of the spaces that `user` may read. A blocked account has nothing."""
        if user.is_authenticated and not user.is_active:
            return self.none()
        return self.filter(
            open_to_everyone() | Q(space__in=Space.objects.readable_by(user).offering("events"))
        )

    def open_to_everyone(self) -> EventQuerySet:
        """For what is told to the whole internet: less than a visitor finds in public spaces."""
        return self.filter(open_to_everyone())

    def with_card(self) -> EventQuerySet:
        """What a line of a list and a page show. Who may read an event may know its space: an open one is
        never of a hidden space.
        """
        return self.select_related("space").prefetch_related("texts", "space__texts")

    def coming(self) -> EventQuerySet:
        """Not over yet, the next one first."""
        return self.filter(ends_at__gte=Moment()).order_by("starts_at", "pk")

    def past(self) -> EventQuerySet:
        return self.filter(ends_at__lt=timezone.now()).order_by("-starts_at", "-pk")


class EventManager(models.Manager.from_queryset(EventQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def announce(
        self,
        space: Space | None,
        *,
        by: User,
        starts_at: datetime,
        ends_at: datetime,
        time_zone: str,
        texts: Mapping[str, Mapping[str, str]],
        is_public: bool = False,
        key: str = "",
        **fields: Any,
    ) -> Event:
        """An event with its words per language ({"fr": {"title": ..., "summary": ...}}); members are told.

        `key`: of communities.submissions; a form sent twice gives the event that the first sending made.
        Raises communities.permissions.Refused when `by` may not announce in `space`, PermissionDenied when
        somebody who is not staff announces for the whole network (no space).
        """
        from events.models import EventText
        from events.search import follow

        if space is not None:
            require(by, "announce", space)
            is_public = is_public and not space.is_hidden
        elif not by.is_staff:
            raise PermissionDenied
        slug = new_public_id() if space else self._readable_slug(texts)
        first = claim(key, by=by, answer=slug) if key else slug
        if first != slug:
            sent_before: Event = self.get(slug=first)
            return sent_before
        event: Event = self.create(
            slug=slug,
            space=space,
            created_by=by,
            starts_at=starts_at,
            ends_at=ends_at,
            time_zone=time_zone,
            is_public=is_public or space is None,
            **{"language": next(iter(texts)), **fields},
        )
        EventText.objects.bulk_create(
            EventText(event=event, language=code, **words) for code, words in texts.items()
        )
        follow(event)
        self._tell(event, by)
        return event

    def _tell(self, event: Event, by: User) -> None:
        """What is over already is nobody's news."""
        space = event.space
        if space is not None and event.ends_at > timezone.now():
            record("event_announced", actor=by, space=space, target=event, recipients=joining.members(space))

    def _readable_slug(self, texts: Mapping[str, Mapping[str, str]]) -> str:
        """From the first title that has Latin letters; a number of one's own when it is taken."""
        wanted = next(filter(None, (slugify(words["title"])[:50].strip("-") for words in texts.values())), "")
        if wanted and not self.filter(slug=wanted).exists():
            return wanted
        return f"{wanted}-{new_public_id()[:6]}".strip("-")
