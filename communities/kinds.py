"""The kinds of activity of this room, with their sentences. Mails stay neutral: nothing tells where or who."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.activity import Line, register_kind, register_resolver

if TYPE_CHECKING:
    from communities.permissions import AnyUser


def _own_proposals(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    from communities.models import SpaceProposal

    rows = SpaceProposal.objects.filter(pk__in=ids, by=user.pk)
    return {row.pk: Line(row.name, row.get_absolute_url(), row.language) for row in rows}


def _proposals_for_staff(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    from communities.models import SpaceProposal

    if not user.is_staff:
        return {}
    rows = SpaceProposal.objects.filter(pk__in=ids)
    return {
        row.pk: Line(row.name, reverse("communities:staff_proposal", args=[row.public_id]), row.language)
        for row in rows
    }


def register() -> None:
    register_kind(
        "join_requested",
        sentence=_("%(actor)s asks to join"),
        mail=_("Somebody asks to join a space that you facilitate."),
        right="admit",
    )
    register_kind(
        "own_admitted",
        sentence=_("You were admitted"),
        mail=_("Your request to join a space was accepted. You can read and write there now."),
        right="read",
    )
    register_kind(
        "own_declined",
        sentence=_("A request of yours to join a space was declined"),
        mail=_("Your request to join a space was declined. The reason is on the site."),
        right="",
    )
    register_kind(
        "own_role_changed",
        sentence=_("Your role changed"),
        mail=_("Your role in a space has changed."),
        right="read",
    )
    register_kind(
        "own_removed",
        sentence=_("You were removed from a space"),
        mail=_("You no longer belong to a space: a facilitator has removed you. The reason is on the site."),
        right="",
    )
    register_kind(
        "own_suspended_here",
        sentence=_("You are suspended in a space"),
        mail=_("A facilitator has suspended you in a space. The reason is on the site."),
        right="",
    )
    register_kind(
        "own_reinstated_here",
        sentence=_("Your suspension is over: you can read here again"),
        mail=_("You are no longer suspended in a space."),
        right="read",
    )
    register_kind(
        "space_frozen",
        sentence=_("This space has no facilitator at the moment: it can be read, but not written in"),
        mail=_("A space that you belong to has no facilitator at the moment. Staff will name one."),
        right="read",
        is_news=True,
    )
    register_kind(
        "space_widened",
        sentence=_("More people can read this space now"),
        mail=_(
            "A space that you belong to can be read by more people from now on, what was written before included."
        ),
    )
    register_kind(
        "space_archived",
        sentence=_("This space was archived"),
        mail=_("A space that you belong to was archived: it can still be read, but nothing can be added."),
    )
    register_kind(
        "space_reopened",
        sentence=_("This space is open again"),
        mail=_("A space that you belong to was archived and is open again."),
    )
    register_kind(
        "own_right_given",
        sentence=_("You were given a right on this space"),
        mail=_("You were given a right on a space, for some time."),
        right="read",
    )
    register_kind(
        "own_right_ended",
        sentence=_("A right of yours on a space was withdrawn"),
        mail=_("A right that you had on a space was withdrawn."),
        right="",
    )
    register_kind(
        "space_taken",
        sentence=_("%(actor)s takes a copy of this space"),
        mail=_(
            "Somebody who facilitates a space that you belong to takes a copy of all that its members can read."
        ),
    )
    register_kind(
        "space_copy_ready",
        sentence=_("The copy of this space is ready"),
        mail=_(
            "The copy of a space that you asked for is ready. You can fetch it for three days, after signing in."
        ),
        right="export",
    )
    register_kind(
        "space_copy_failed",
        sentence=_("The copy of this space could not be made"),
        mail=_("The copy of a space that you asked for could not be made. Please ask for it once more."),
        right="export",
    )
    register_kind(
        "space_proposed",
        sentence=_("%(actor)s proposes a space"),
        mail=_("A member proposes a new space: see the staff desk."),
        right="staff",
        page="communities:staff_proposals",
    )
    register_kind(
        "own_proposal_accepted",
        sentence=_("Your proposal was accepted: the space is open"),
        mail=_("Your proposal was accepted."),
        right="",
        page="communities:spaces",
    )
    register_kind(
        "own_made_facilitator",
        sentence=_("You facilitate this space"),
        mail=_("You were named facilitator of a new space."),
        right="",
        page="communities:spaces",
    )
    register_kind(
        "own_proposal_declined",
        sentence=_("Your proposal was declined"),
        mail=_("Your proposal was declined. You can read the reason after signing in."),
        right="",
    )
    register_resolver("own_proposal_declined", _own_proposals)
    register_resolver("space_proposed", _proposals_for_staff)
    register_kind(
        "account_waiting",
        sentence=_("An account waits for approval"),
        mail=_("An account waits for approval at the staff desk."),
        right="staff",
        page="communities:staff",
    )
    register_kind(
        "own_account_approved",
        sentence=_("Your account was approved. Welcome!"),
        mail=_("Your account was approved. You can sign in and look around."),
        right="",
        page="communities:feed",
    )
    register_kind(
        "own_account_declined",
        sentence=_("Your account was declined"),
        mail=_(
            "Your request for an account was declined. If you think this is a mistake, please write to us."
        ),
        right="",
        page="",
    )
    register_kind(
        "own_account_suspended",
        sentence=_("Your account is suspended"),
        mail=_("Your account is suspended. If you think this is a mistake, please write to us."),
        right="",
        page="",
    )
    register_kind(
        "own_account_reinstated",
        sentence=_("Your account works again"),
        mail=_("Your account works again. You can sign in."),
        right="",
        page="communities:feed",
    )
