"""Between two people: seeing, following, blocking, asking to be put in touch. Only of the last is anybody told."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from communities.activity import record
from communities.public_ids import new_public_id
from communities.submissions import claim
from profiles.audiences import Audience, Circle, apart_from, shows_everyone
from profiles.models import Block, ContactRequest, Follow, User

# Requests of one sender within a day.
MOST_A_DAY: Final = 10
# After a request was not taken up, the same person is not asked again for so long.
REST: Final = timedelta(days=30)
State = ContactRequest.State


def person_or_404(viewer: User, public_id: str) -> User:
    """Somebody else whose page is there for `viewer`; as gone as any other whoever has blocked them."""
    person = User.objects.present().select_related("profile").filter(public_id=public_id).first()
    if person is None or person.pk == viewer.pk:
        raise Http404
    if Circle.of(viewer).closeness(person) == Audience.EVERYONE and not shows_everyone(person):
        raise Http404
    return person


def asked_or_404(viewer: User, public_id: str) -> User:
    """Somebody whom `viewer` may ask: who wants to be asked, and neither of whom has blocked the other."""
    there = User.objects.present().with_face().filter(profile__contactable=True)
    person = there.exclude(pk__in=[viewer.pk, *apart_from(viewer)]).filter(public_id=public_id).first()
    if person is None:
        raise Http404
    return person


@transaction.atomic
def block(viewer: User, person: User) -> None:
    Block.objects.get_or_create(user=viewer, person=person)
    Follow.objects.filter(user=viewer, person=person).delete()


def unblock(viewer: User, public_id: str) -> None:
    Block.objects.filter(user=viewer, person__public_id=public_id).delete()


def last_request(sender: User, person: User) -> ContactRequest | None:
    """The one that stands in the way of another: it waits, or was not taken up lately."""
    row = ContactRequest.objects.filter(sender=sender, recipient=person).order_by("-pk").first()
    if row is None or row.state == State.WAITING:
        return row
    rests = row.state == State.DECLINED and row.answered_at and row.answered_at > timezone.now() - REST
    return row if rests else None


def has_asked_enough(sender: User) -> bool:
    lately = timezone.now() - timedelta(days=1)
    return ContactRequest.objects.filter(sender=sender, created_at__gt=lately).count() >= MOST_A_DAY


@transaction.atomic
def ask(sender: User, person: User, *, text: str, language: str, key: str) -> None:
    """One waiting request for each pair, however often the form is sent. The recipient is told that there is one."""
    sending = new_public_id()
    if claim(key, by=sender, answer=sending) != sending:
        return
    words = {"public_id": sending, "text": text, "language": language}
    asked, created = ContactRequest.objects.get_or_create(
        sender=sender, recipient=person, state=State.WAITING, defaults=words
    )
    if created:
        record("contact_requested", actor=sender, target=asked, recipients=[person])


def answer(asked: ContactRequest, text: str) -> bool:
    return _decide(asked, State.ANSWERED, "contact_answered", text)


def decline(asked: ContactRequest) -> bool:
    return _decide(asked, State.DECLINED, "contact_declined")


@transaction.atomic
def _decide(asked: ContactRequest, state: str, kind: str, text: str = "") -> bool:
    """False when it was decided before: the first answer stands."""
    waiting = ContactRequest.objects.waiting().filter(pk=asked.pk)
    if not waiting.update(state=state, answer=text, answered_at=timezone.now()):
        return False
    record(kind, actor=asked.recipient, target=asked, recipients=[asked.sender])
    return True
