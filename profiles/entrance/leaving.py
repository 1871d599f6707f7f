"""What of coming in is a person's own, and goes with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from communities.fates import End, Fate
from communities.parts import Part, Row, language_of
from profiles.entrance.models import Acceptance, Invitation

if TYPE_CHECKING:
    from profiles.models import User

FATES: Final = {
    "entrance.Acceptance.user": Fate(End.DELETED, "charter"),
    "entrance.Charter.published_by": Fate(End.UNSET, "", "the charter is everybody's; the record says who"),
    "entrance.Invitation.email": Fate(End.DELETED, "", "the account's own address, which is in the copy"),
    "entrance.Invitation.person": Fate(End.DELETED, "", "how they came; their address is in the copy"),
    "entrance.Invitation.invited_by": Fate(End.UNSET, "", "a deed of staff; the record says it"),
}


def parts(user: User) -> list[Part]:
    return [
        Part(
            name="charter",
            title=_("The charter as you accepted it"),
            keys={"version": _("Version"), "language": _("Language"), "accepted_at": _("Accepted")},
            rows=lambda: _accepted(user),
        )
    ]


def _accepted(user: User) -> Iterator[Row]:
    for row in Acceptance.objects.filter(user=user).select_related("charter").order_by("charter__number"):
        yield {
            "version": row.charter.number,
            "language": language_of(row.language),
            "accepted_at": row.accepted_at,
        }


def erase(user: User, words_too: bool) -> None:
    """For `communities.hooks.on_erase`: an invitation holds their address, also one they never took up."""
    if user.email:
        Invitation.objects.filter(email=user.email).delete()
