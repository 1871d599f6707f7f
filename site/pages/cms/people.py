"""People in /cms/: root puts them in the groups of editors and translators, and that is all.

No password, no e-mail address, no grant, nobody made or deleted here (access.md, "Outside the spaces").
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.users.views import groups, users


class RootChangesPolicy(ModelPermissionPolicy):
    """Only the superuser, and only to change what the form has."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(user.is_active and user.is_superuser and action in {"change", "view"})


class NobodyPolicy(ModelPermissionPolicy):
    """What a group may do is written in a migration."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return False


class GroupsForm(forms.ModelForm):
    """The one thing that is set here."""

    groups = forms.ModelMultipleChoiceField(
        Group.objects.order_by("name"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    class Meta:
        model = users.User
        fields = ["groups"]


class UserViewSet(users.UserViewSet):
    template_prefix = "pages/cms/people/"
    # Display names only: the address is nobody's business here.
    ordering = "display_name"
    inspect_view_enabled = False
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return GroupsForm


class GroupViewSet(groups.GroupViewSet):
    add_to_settings_menu = False
