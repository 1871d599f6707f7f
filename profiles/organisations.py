"""Members propose organisations, staff approve them. Each deed of staff is recorded and told to the proposer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from communities.activity import record
from communities.models import Record
from communities.public_ids import new_public_id
from communities.staffdesk import staff
from communities.submissions import claim
from profiles.models import Follow, Organisation, Profile
from profiles.search import folded, follow

if TYPE_CHECKING:
    from profiles.models import User


def same_name(name: str) -> Organisation | None:
    """The one that is called so, accents and spellings aside; an approved one rather than one that waits."""
    called = Organisation.objects.filter(name_folded=folded(name))
    return called.order_by("approved_at").exclude(approved_at=None).first() or called.first()


@transaction.atomic
def propose(by: User, *, name: str, country: str, website: str, key: str) -> None:
    """From a form: sent twice, or proposed by somebody else in the same moment, it waits once."""
    sending = new_public_id()
    if claim(key, by=by, answer=sending) == sending:
        named(name, by=by, country=country, website=website)


@transaction.atomic
def named(name: str, *, by: User, country: str = "", website: str = "") -> Organisation:
    """The one there is, whoever proposed it and however it is spelt; else a new one, of which staff hear."""
    there = same_name(name)
    if there is not None:
        return there
    proposed = Organisation.objects.create(
        name=name.strip(), name_folded=folded(name), country=country, website=website, proposed_by=by
    )
    record("organisation_proposed", actor=by, target=proposed, recipients=staff())
    return proposed


@transaction.atomic
def approve(organisation: Organisation, *, by: User) -> None:
    waiting = Organisation.objects.filter(pk=organisation.pk, approved_at=None)
    if not waiting.update(approved_at=timezone.now()):
        return
    _write_down("organisation_approved", organisation, by)
    _tell(organisation, "own_organisation_approved", organisation, by)
    _follow_people(organisation)


@transaction.atomic
def decline(organisation: Organisation, *, by: User, reason: str = "") -> None:
    """The row goes; whoever had named it on their page has none any more."""
    if organisation.approved_at:
        return
    _write_down("organisation_declined", organisation, by, reason)
    _tell(organisation, "own_organisation_declined", organisation, by)
    organisation.delete()


@transaction.atomic
def change(organisation: Organisation, *, by: User, name: str, country: str, website: str) -> None:
    organisation.name, organisation.name_folded = name, folded(name)
    organisation.country, organisation.website = country, website
    organisation.save(update_fields=["name", "name_folded", "country", "website"])
    _write_down("organisation_changed", organisation, by)
    _follow_people(organisation)


@transaction.atomic
def merge(organisation: Organisation, into: Organisation, *, by: User) -> None:
    """Its people and those who follow it go over, and the row goes."""
    if organisation.pk == into.pk:
        return
    Profile.objects.filter(organisation=organisation).update(organisation=into)
    there = list(Follow.objects.filter(organisation=into).values_list("user", flat=True))
    Follow.objects.filter(organisation=organisation).exclude(user__in=there).update(organisation=into)
    _write_down("organisation_merged", organisation, by, f"{organisation.name} → {into.name}")
    if not organisation.approved_at:
        _tell(organisation, "own_organisation_approved", into, by)
    organisation.delete()
    _follow_people(into)


def _write_down(verb: str, organisation: Organisation, by: User, reason: str = "") -> None:
    words = reason if organisation.name in reason else f"{organisation.name} {reason}".strip()
    Record.objects.create(verb=verb, actor=by, person=organisation.proposed_by, reason=words[:500])


def _tell(organisation: Organisation, kind: str, target: Organisation, by: User) -> None:
    if organisation.proposed_by is not None:
        record(kind, actor=by, target=target, recipients=[organisation.proposed_by])


def _follow_people(organisation: Organisation) -> None:
    """What search finds of them names it."""
    for profile in organisation.people.filter(listed=True).select_related("user"):
        follow(profile.user)
