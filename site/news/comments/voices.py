"""Who may speak, and how often when nobody knows who it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from allauth.account.adapter import get_adapter
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from communities.permissions import in_network
from news.comments.options import options
from news.comments.refusals import NotForYou, TooOften

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from profiles.models import User

RIGHT: Final = "news_comments.moderate_comments"
PER_HOUR: Final = 3  # comments of visitors behind one address
HOUR: Final = 3600  # seconds


def speaks_as_member(user: AnyUser) -> bool:
    """Raises NotForYou for whoever may not comment at all. False: as a visitor."""
    if in_network(user):
        return True
    if options().visitors_may_comment:
        return False
    if user.is_authenticated:
        raise NotForYou(_("You can comment as soon as your account is approved."))
    raise NotForYou(_("Members of the network comment here. If you are one, sign in first."))


def member_only(user: AnyUser) -> None:
    """For what only members do: reporting, following. Raises NotForYou."""
    if not in_network(user):
        raise NotForYou(_("This is for members of the network. If you are one, sign in first."))


def count_visitor(request: HttpRequest) -> None:
    """Raises TooOften. No address is kept: only a keyed digest of it, in the cache, for an hour."""
    address = get_adapter(request).get_client_ip(request)
    key = "comments:" + salted_hmac("news.comments.voices", address).hexdigest()
    cache.add(key, 0, HOUR)
    if cache.incr(key) > PER_HOUR:
        raise TooOften


def may_moderate(user: AnyUser) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm(RIGHT))


def editors() -> QuerySet[User]:
    app, codename = RIGHT.split(".")
    holds = {"codename": codename, "content_type__app_label": app}
    people = get_user_model().objects.filter(is_active=True)
    own = Q(**{f"user_permissions__{name}": value for name, value in holds.items()})
    by_group = Q(**{f"groups__permissions__{name}": value for name, value in holds.items()})
    return people.filter(pk__in=get_user_model().objects.filter(own | by_group).values("pk")).order_by("pk")
