from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.forms import ReasonForm
from communities.models import Membership, Space
from communities.roles import Role

# Moderators first, then members; whoever is not among these is found in the list of members.
MOST_HEIRS: Final = 20


class RoleForm(forms.Form):
    role = forms.TypedChoiceField(
        label=_("Role"), choices=Role.choices, coerce=lambda value: Role(int(value))
    )


class TheyReadForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("They read it, and it stays in the record.")


class HandoverForm(forms.Form):
    """Who takes over, and what the one who steps back will be."""

    person = forms.ChoiceField()
    then = forms.TypedChoiceField(
        label=_("And you will be"),
        choices=[(role.value, role.label) for role in (Role.MODERATOR, Role.MEMBER, Role.OBSERVER)],
        coerce=lambda value: Role(int(value)),
        initial=Role.MEMBER,
    )

    def __init__(self, *args: Any, space: Space, by: Any, chosen: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = space.memberships.in_force().exclude(user=by).select_related("user")
        found = list(rows.order_by("-role", "joined_at", "pk")[:MOST_HEIRS])
        if chosen and chosen not in [row.user.public_id for row in found]:
            found = [*rows.filter(user__public_id=chosen), *found]
        self.fields["person"] = forms.ChoiceField(
            label=_("Who takes over"),
            widget=forms.RadioSelect,
            choices=[(row.user.public_id, _name(row)) for row in found],
        )
        self.initial["person"] = chosen


def _name(row: Membership) -> str:
    return f"{row.user.display_name} · {row.get_role_display()}"
