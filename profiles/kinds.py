"""What people hear of here. Nobody is named and no word is quoted, in a list or a mail: one reads it on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.activity import Line, register_kind, register_resolver

if TYPE_CHECKING:
    from communities.models import Notification
    from communities.permissions import AnyUser


def register() -> None:
    register_kind(
        "contact_requested",
        sentence=gettext_lazy("Somebody asks to be put in touch with you"),
        mail=gettext_lazy(
            "Somebody asks to be put in touch with you. You can read the message and answer it there."
        ),
        entitled=may_read_request,
    )
    register_kind(
        "contact_answered",
        sentence=gettext_lazy("A request of yours to be put in touch was answered"),
        mail=gettext_lazy(
            "A request of yours to be put in touch was answered. You can read the answer there."
        ),
        entitled=may_read_request,
    )
    register_kind(
        "contact_declined",
        sentence=gettext_lazy("A request of yours to be put in touch was not taken up"),
        mail=gettext_lazy("A request of yours to be put in touch was not taken up."),
        entitled=may_read_request,
    )
    register_kind(
        "organisation_proposed",
        sentence=gettext_lazy("An organisation waits for approval"),
        mail=gettext_lazy("An organisation waits for approval at the staff desk."),
        right="staff",
    )
    register_kind(
        "own_organisation_approved",
        sentence=gettext_lazy("An organisation that you proposed is now listed"),
        mail=gettext_lazy("An organisation that you proposed is now listed. Thank you."),
        right="",
    )
    register_kind(
        "own_organisation_declined",
        sentence=gettext_lazy("An organisation that you proposed was not taken up"),
        mail=gettext_lazy("An organisation that you proposed was not taken up."),
        right="",
    )
    register_resolver("contact_", contact_lines)
    register_resolver("organisation_", desk_lines)
    register_resolver("own_organisation_", organisation_lines)


def may_read_request(row: Notification) -> bool:
    """When the mail goes out: in the meantime one may have blocked the other, or the account may be gone."""
    from profiles.models import ContactRequest

    there = ContactRequest.objects.visible_to(row.recipient)
    return there.filter(pk=row.activity.target_id or 0).exists()


def contact_lines(reader: AnyUser, ids: set[int]) -> dict[int, Line]:
    from profiles.models import ContactRequest

    rows = ContactRequest.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", "public_id")
    return {pk: Line(_("Read it"), reverse("profiles:contact_request", args=[key])) for pk, key in rows}


def desk_lines(reader: AnyUser, ids: set[int]) -> dict[int, Line]:
    if not getattr(reader, "is_staff", False):
        return {}
    return dict.fromkeys(ids, Line(_("Staff desk"), reverse("profiles:staff_organisations")))


def organisation_lines(reader: AnyUser, ids: set[int]) -> dict[int, Line]:
    from profiles.models import Organisation

    rows = Organisation.objects.visible_to(reader).filter(pk__in=ids)
    return {row.pk: Line(row.name, row.get_absolute_url()) for row in rows}
