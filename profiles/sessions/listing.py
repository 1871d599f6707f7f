"""Where somebody is signed in: a row for each session, which says no address, no minute and no exact browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from profiles.sessions import life
from profiles.sessions.counting import hashed

if TYPE_CHECKING:
    from django.http import HttpRequest

    from profiles.models import User

# The column does not take null.
NOWHERE: Final = "0.0.0.0"  # noqa: S104 -- not an address to listen at
# Most browsers also claim to be another: those that are claimed come last.
BROWSERS: Final = (
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("YaBrowser", "Yandex"),
    ("Edg", "Edge"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("KAIOS", "KaiOS"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """Browser and system as their owner knows them, "Firefox, Android"; "" when neither is known."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return ", ".join(filter(None, (browser, system)))


def words_for(device: str) -> str:
    return device or gettext("Unknown device")


# Days before today -> words. Never hours: nobody should be able to follow somebody by this page.
AGES: Final = ((0, _("today")), (7, _("in the last seven days")), (31, _("in the last month")))


def age(moment: datetime) -> str:
    days = (timezone.localdate() - timezone.localtime(moment).date()).days
    return str(next((words for most, words in AGES if days <= most), pgettext("last used", "earlier")))


@dataclass(frozen=True)
class Line:
    """One session as its owner sees it."""

    row: UserSession
    is_current: bool

    @property
    def token(self) -> str:
        """For a form: says nothing of how many others there are."""
        return token_of(self.row)

    @cached_property
    def device(self) -> str:
        return words_for(self.row.user_agent)

    @property
    def is_shared(self) -> bool:
        return bool(self.row.data.get("shared"))

    @property
    def since(self) -> str:
        return age(self.row.created_at)

    @property
    def used(self) -> str:
        return age(self.row.last_seen_at)


def token_of(row: UserSession) -> str:
    return hashed("row", str(row.pk))[:22]


def living(user: User) -> QuerySet[UserSession]:
    """Newest first. One query, however many: allauth's own asks three for each."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    return UserSession.objects.filter(Exists(alive), user_id=user.pk).order_by("-created_at", "-pk")


def current_row(request: HttpRequest) -> int | None:
    return request.session.get(life.ROW)


def note(request: HttpRequest, user: User) -> UserSession:
    """When somebody has signed in. A sign-in over an older session takes its place."""
    session = request.session
    if not session.session_key:
        session.save()
    values: dict[str, Any] = {
        "user": user,
        "ip": NOWHERE,
        "user_agent": device_of(request.headers.get("User-Agent", "")),
        "data": {"shared": life.is_shared(session)},
        "last_seen_at": today(),
    }
    row, _made = UserSession.objects.update_or_create(session_key=session.session_key, defaults=values)
    session[life.ROW] = row.pk
    return row


def seen(request: HttpRequest) -> None:
    """The day, no more."""
    UserSession.objects.filter(pk=current_row(request)).update(last_seen_at=today())


def today() -> datetime:
    return timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)


def forget_old() -> int:
    """Rows whose session is over, and Django's sessions that ended more than a day ago."""
    gone = Session.objects.filter(expire_date__lt=timezone.now() - timedelta(days=1)).delete()[0]
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(alive)).delete()
    return gone
