"""Who may speak, and how often when nobody knows who it is."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
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
HOUSEHOLD: Final = 64  # bits of an IPv6 address


def speaks_as_member(user: AnyUser) -> bool:
    """Raises NotForYou for whoever may not comment at all. False: as a visitor."""
    if in_network(user):
        return True
    if options().visitors_may_comment:
        return False
    if user.is_authenticated:
        raise NotForYou(_("You can comment as soon as your account is approved."))
    raise NotForYou(_("Members of the network comment here. If you are one, sign in first."))


def listens_as_member(user: AnyUser) -> bool:
    """For reporting and following. Raises NotForYou for whoever may do neither. False: as a visitor."""
    if in_network(user):
        return True
    if options().visitors_may_comment:
        return False
    raise NotForYou(_("This is for members of the network. If you are one, sign in first."))


def count_visitor(request: HttpRequest, deed: str = "comments", most: int = PER_HOUR) -> None:
    """Raises TooOften. No address is kept: only a keyed digest of it, in the cache, for an hour."""
    key = f"{deed}:{digest_of_network(request)}"
    cache.add(key, 0, HOUR)
    if cache.incr(key) > most:
        raise TooOften


def digest_of_network(request: HttpRequest, about: str = "") -> str:
    """Of the address, or of what one household has of IPv6. Told apart from any other only by who has the key."""
    address = ip_address(get_adapter(request).get_client_ip(request))
    network = ip_network((address, HOUSEHOLD), strict=False) if address.version == 6 else address
    return salted_hmac("news.comments.voices", f"{network} {about}", algorithm="sha256").hexdigest()


def may_moderate(user: AnyUser) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_perm(RIGHT))


def editors() -> QuerySet[User]:
    app, codename = RIGHT.split(".")
    holds = {"codename": codename, "content_type__app_label": app}
    people = get_user_model().objects.filter(is_active=True)
    own = Q(**{f"user_permissions__{name}": value for name, value in holds.items()})
    by_group = Q(**{f"groups__permissions__{name}": value for name, value in holds.items()})
    return people.filter(pk__in=get_user_model().objects.filter(own | by_group).values("pk")).order_by("pk")
