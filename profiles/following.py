"""Beginning and ending to follow a theme, a person, an organisation. Nobody is told, nothing is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from profiles.models import Follow, Organisation
from profiles.ties import person_or_404
from themes.models import Theme

if TYPE_CHECKING:
    from profiles.models import User

KINDS = ("person", "organisation", "theme")


def add(user: User, sent: QueryDict) -> str:
    """The address to go on at. Raises Http404 for what is not there for `user`."""
    kind, key = _named(sent)
    if kind == "person":
        person = person_or_404(user, key)
        Follow.objects.get_or_create(user=user, person=person)
        return person.get_absolute_url()
    if kind == "organisation":
        organisation = get_object_or_404(Organisation.objects.approved(), public_id=key)
        Follow.objects.get_or_create(user=user, organisation=organisation)
        return organisation.get_absolute_url()
    Follow.objects.get_or_create(user=user, theme=get_object_or_404(Theme, slug=key))
    return reverse("profiles:following")


def end(user: User, sent: QueryDict) -> str:
    """Idempotent: what is not followed any more, or was not there at all, leads to the same place."""
    kind, key = _named(sent)
    column = "slug" if kind == "theme" else "public_id"
    Follow.objects.filter(user=user, **{f"{kind}__{column}": key}).delete()
    return reverse("profiles:following")


def _named(sent: QueryDict) -> tuple[str, str]:
    for kind in KINDS:
        if key := sent.get(kind, "")[:60]:
            return kind, key
    raise Http404
