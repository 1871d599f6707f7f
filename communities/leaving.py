"""What a person takes along of this room, and what becomes of it when they leave for good."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.activity import kinds, lines_for
from communities.fates import End, Fate
from communities.models import (
    Grant,
    Invitation,
    JoinRequest,
    Membership,
    Notification,
    Record,
    Space,
    SpaceProposal,
)
from communities.parts import CHUNK, Coded, Part, Row, Words, language_of, value_of
from communities.record import forget_reasons
from communities.verbs import VERBS
from files.models import StoredFile

if TYPE_CHECKING:
    from profiles.models import User

RIGHTS: Final = {
    "read_space": _("Reading"),
    "post_space": _("Writing"),
    "moderate_space": _("Moderating"),
    "manage_space": _("Running the space"),
}
OFFICE: Final = "what was done in an office stays on record; it leads to a former member, nobody knows which"
FATES: Final = {
    "files.StoredFile.uploaded_by": Fate(End.UNSET, "files"),
    "files.StoredFile.name": Fate(
        End.UNSET, "files", "a file that stays with what was written loses the name it had"
    ),
    "communities.Membership.user": Fate(End.DELETED, "memberships"),
    "communities.Membership.public_name": Fate(End.DELETED, "memberships"),
    "communities.Grant.user": Fate(End.DELETED, "grants"),
    "communities.Grant.granted_by": Fate(End.KEPT, "", OFFICE),
    "communities.JoinRequest.user": Fate(End.DELETED, "join_requests"),
    "communities.JoinRequest.decided_by": Fate(End.KEPT, "deeds", OFFICE),
    "communities.Invitation.email": Fate(End.DELETED, "", "the account's own address, which is in the copy"),
    "communities.Invitation.invited_by": Fate(End.UNSET, "deeds"),
    "communities.Arrival.user": Fate(End.DELETED, "memberships"),
    "communities.SpaceProposal.by": Fate(End.DELETED, "space_proposals"),
    "communities.SpaceProposal.decided_by": Fate(End.KEPT, "deeds", OFFICE),
    "communities.SpaceExport.by": Fate(End.UNSET, "deeds"),
    "communities.Submission.user": Fate(End.DELETED, "", "the key of a form sent lately; says nothing"),
    "communities.Activity.actor": Fate(
        End.KEPT, "", "what was written or done stands in its own part; the line leads to a former member"
    ),
    "communities.Notification.recipient": Fate(End.DELETED, "notifications"),
    "communities.Record.actor": Fate(End.KEPT, "deeds", OFFICE),
    "communities.Record.person": Fate(End.KEPT, "record", "the deed stays, the reason written of them goes"),
}


def names_for(user: User) -> dict[int, str]:
    """What the spaces that `user` may read are called, by id; the others have no name in an export."""
    return {space.pk: space.name for space in Space.objects.readable_by(user).with_texts()}


def parts(user: User) -> list[Part]:
    return [
        Part(
            name="memberships",
            title=_("Spaces you are in"),
            keys={
                "space": _("Space"),
                "role": _("Role"),
                "joined_at": _("Joined"),
                "shown_publicly": _("Named on the public page"),
                "public_name": _("Name on the public page"),
                "suspended_at": _("Suspended since"),
            },
            rows=lambda: _memberships(user),
        ),
        Part(
            name="grants",
            title=_("Rights given to you alone"),
            keys={"space": _("Space"), "right": _("Right"), "expires_at": _("Until")},
            rows=lambda: _grants(user),
        ),
        Part(
            name="join_requests",
            title=_("Requests to join"),
            keys={
                "space": _("Space"),
                "text": _("What you wrote"),
                "state": _("State"),
                "created_at": _("Sent"),
                "decided_at": _("Decided"),
            },
            rows=lambda: _join_requests(user),
        ),
        Part(
            name="space_proposals",
            title=_("Spaces you proposed"),
            keys={
                "name": _("Name"),
                "purpose": _("Purpose"),
                "audience": _("Who it is for"),
                "languages": _("Languages"),
                "state": _("State"),
                "reason": _("Reason"),
                "created_at": _("Sent"),
            },
            rows=lambda: _space_proposals(user),
        ),
        Part(
            name="notifications",
            title=_("Notifications"),
            keys={
                "what": _("What happened"),
                "title": _("Title"),
                "space": _("Space"),
                "at": _("When"),
                "read_at": _("Read on"),
                "address": _("Address"),
            },
            rows=lambda: _notifications(user),
        ),
        Part(
            name="record",
            title=_("What the record says about you"),
            keys={"what": _("What was done"), "space": _("Space"), "created_at": _("When")},
            rows=lambda: _record(user, Q(person=user)),
            note=_("Reasons are left out: they may speak of other people. Ask staff for them."),
        ),
        Part(
            name="deeds",
            title=_("What you did as facilitator, moderator or staff"),
            keys={
                "what": _("What was done"),
                "space": _("Space"),
                "reason": _("Reason"),
                "created_at": _("When"),
            },
            rows=lambda: _record(user, Q(actor=user), with_reason=True),
        ),
        Part(
            name="files",
            title=_("Files you uploaded"),
            keys={
                "name": _("Name"),
                "content_type": _("Kind of file"),
                "size": _("Size in bytes"),
                "small_size": _("Size in bytes of the small picture that is shown of it"),
                "created_at": _("Uploaded"),
                "file": _("File"),
            },
            rows=lambda: _files(user),
        ),
    ]


def _memberships(user: User) -> Iterator[Row]:
    names = names_for(user)
    for row in Membership.objects.filter(user=user).order_by("pk"):
        yield {
            "space": names.get(row.space_id, ""),
            "role": value_of(row, "role"),
            "joined_at": row.joined_at,
            "shown_publicly": row.shown_publicly,
            "public_name": row.public_name,
            "suspended_at": row.suspended_at,
        }


def _grants(user: User) -> Iterator[Row]:
    names = names_for(user)
    for row in Grant.objects.filter(user=user).select_related("permission").order_by("pk"):
        right = Coded(row.permission.codename, str(RIGHTS[row.permission.codename]))
        yield {"space": names.get(row.content_object_id, ""), "right": right, "expires_at": row.expires_at}


def _join_requests(user: User) -> Iterator[Row]:
    known = Space.objects.known_to(user).with_texts()
    names = {space.pk: space.name for space in known.filter(join_requests__user=user)}
    for row in JoinRequest.objects.filter(user=user).order_by("pk"):
        yield {
            "space": names.get(row.space_id, ""),
            "text": Words(_said(row), row.language or user.language),
            "state": value_of(row, "state"),
            "created_at": row.created_at,
            "decided_at": row.decided_at,
        }


def _said(row: JoinRequest) -> str:
    """The answers below their questions."""
    blocks = [f"{question}\n{answer}" for question, _language, answer in row.answers]
    return "\n\n".join([*blocks, row.text] if row.text else blocks)


def _space_proposals(user: User) -> Iterator[Row]:
    for row in SpaceProposal.objects.filter(by=user).order_by("pk"):
        yield {
            **{name: Words(getattr(row, name), row.language) for name in ("name", "purpose", "audience")},
            "languages": [language_of(code) for code in row.languages],
            "state": value_of(row, "state"),
            "reason": Words(row.reason, ""),
            "created_at": row.created_at,
        }


def _notifications(user: User) -> Iterator[Row]:
    """As the list of notifications would show them now: what may not be read any more is not there."""
    names = names_for(user)
    rows = iter(
        Notification.objects.visible_to(user)
        .select_related("activity__actor")
        .order_by("pk")
        .iterator(chunk_size=CHUNK)
    )
    while batch := list(islice(rows, CHUNK)):
        lines = lines_for(user, [row.activity for row in batch])
        for row in batch:
            activity, line = row.activity, lines.get(row.activity_id)
            kind = kinds.get(activity.kind)
            actor = activity.actor.display_name if activity.actor else _("The team")
            yield {
                "what": str(kind.sentence) % {"actor": actor} if kind else activity.kind,
                "title": Words(line.title, line.language) if line else "",
                "space": names.get(activity.space_id or 0, ""),
                "at": activity.created_at,
                "read_at": row.read_at,
                "address": f"{settings.BASE_URL}{line.url}" if line else "",
            }


def _record(user: User, which: Q, *, with_reason: bool = False) -> Iterator[Row]:
    names = names_for(user)
    for row in Record.objects.filter(which).order_by("pk").iterator(chunk_size=CHUNK):
        what = str(VERBS.get(row.verb, row.verb)).rstrip(": \u00a0\u202f")
        reason = {"reason": Words(row.reason, "")} if with_reason else {}
        yield {
            "what": Coded(row.verb, what),
            "space": names.get(row.space_id or 0, ""),
            **reason,
            "created_at": row.created_at,
        }


def _files(user: User) -> Iterator[Row]:
    for row in StoredFile.objects.filter(uploaded_by=user).order_by("pk").iterator(chunk_size=CHUNK):
        yield {
            "name": row.name,
            "content_type": row.content_type,
            "size": row.size,
            "small_size": row.small_size,
            "created_at": row.created_at,
            "file": row,
        }


def erase(user: User, words_too: bool) -> None:
    """A reason speaks of the person it was written about, and goes with them; the deed stays."""
    if user.email:
        Invitation.objects.filter(email=user.email).delete()
    forget_reasons(Q(person=user) | Q(actor=user) if words_too else Q(person=user))


def address_of(name: str, *args: str) -> str:
    """In full: an export is read far from the site."""
    return f"{settings.BASE_URL}{reverse(name, args=args)}"
