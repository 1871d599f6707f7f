"""Grants: one person's right on one space, with an end. The only door to django-guardian.

Guardian keeps the rows (a direct foreign key to Space); it decides nothing, because it knows neither
roles nor suspension. `permissions.py` reads them through `role_by_grant`.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import Case, IntegerField, Max, OuterRef, Subquery, Value, When
from guardian.models import UserObjectPermissionBase

from communities.prepared import Moment
from communities.roles import Role

if TYPE_CHECKING:
    from communities.models import Space
    from profiles.models import User

# access.md, "Grants": each gives the rights of one role.
GRANTS: dict[str, Role] = {
    "read_space": Role.OBSERVER,
    "post_space": Role.MEMBER,
    "moderate_space": Role.MODERATOR,
    "manage_space": Role.FACILITATOR,
}


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self) -> GrantQuerySet:
        return self.filter(expires_at__gt=Moment())


class Grant(UserObjectPermissionBase):
    content_object = models.ForeignKey("communities.Space", on_delete=models.CASCADE, related_name="grants")
    expires_at = models.DateTimeField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = GrantQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta(UserObjectPermissionBase.Meta):
        indexes = [models.Index(fields=["user", "content_object"], name="grant_by_person")]


def give(user: User, name: str, space: Space, *, until: datetime, by: User | None = None) -> Grant:
    """Give `user` the grant `name` (a key of GRANTS) on `space`; a second call moves its end.

    Raises KeyError for an unknown name.
    """
    GRANTS[name]
    permission = Permission.objects.get(content_type__app_label="communities", codename=name)
    grant, _ = Grant.objects.update_or_create(
        user=user,
        permission=permission,
        content_object=space,
        defaults={"expires_at": until, "granted_by": by},
    )
    return grant


def withdraw(user: User, space: Space) -> None:
    Grant.objects.filter(user=user, content_object=space).delete()


def role_by_grant(user: User) -> Subquery:
    """The highest role that a grant in force gives `user`, as a subquery on Space; NULL without one."""
    ranked = Case(*(When(permission__codename=k, then=Value(int(v))) for k, v in GRANTS.items()))
    rows = Grant.objects.in_force().filter(user=user.pk, content_object=OuterRef("pk")).order_by()
    top = rows.values("content_object").annotate(top=Max(ranked, output_field=IntegerField())).values("top")
    return Subquery(top, output_field=IntegerField())
