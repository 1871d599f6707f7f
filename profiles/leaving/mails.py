"""Mails about leaving: in the person's language, in neutral words. They name nobody and quote nothing."""

from __future__ import annotations

import logging
import zoneinfo
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from communities import time_zones

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from profiles.models import User

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """`words` may say %(until)s, a moment by the person's own clock."""

    words: _StrPromise
    address: str = ""
    action: _StrPromise | str = ""


EXPORT_READY: Final = Kind(
    gettext_lazy("The copy of your data is ready. You can fetch it until %(until)s, after signing in."),
    "leaving:export",
    gettext_lazy("Fetch the copy"),
)
EXPORT_FAILED: Final = Kind(
    gettext_lazy("The copy of your data could not be made. Please ask for it once more."),
    "leaving:export",
    gettext_lazy("Try again"),
)
ERASURE_BEGUN: Final = Kind(
    gettext_lazy(
        "Your account will be erased on %(until)s, as you asked. Until then you can sign in and call it off."
    ),
    "leaving:erasure",
    gettext_lazy("Call it off"),
)
ERASURE_NEAR: Final = Kind(
    gettext_lazy(
        "Your account will be erased on %(until)s, as you asked. This is the last day to call it off."
    ),
    "leaving:erasure",
    gettext_lazy("Call it off"),
)
ERASURE_OFF: Final = Kind(gettext_lazy("Your account stays: its erasure was called off."))
ERASURE_DONE: Final = Kind(
    gettext_lazy("Your account is erased, as you asked. We will not write to you again.")
)


def send(
    kind: Kind, user: User | None, to: str, *, until: datetime | None = None, language: str = ""
) -> bool:
    """False when the mail server did not take it. `user` is None once there is nobody left to ask."""
    if not to:
        return True
    with override(user.language if user else language):
        message = _message(kind, to, _by_their_clock(user, until) if until else "")
    try:
        message.send()
    except OSError:
        log.exception("a mail about leaving failed")
        return False
    return True


def _message(kind: Kind, to: str, until: str) -> EmailMultiAlternatives:
    context = {
        "subject": _("News for you on %(site)s") % {"site": settings.SITE_NAME},
        "words": str(kind.words) % {"until": until},
        "url": f"{settings.BASE_URL}{reverse(kind.address)}" if kind.address else "",
        "action": kind.action,
    }
    message = EmailMultiAlternatives(
        context["subject"],
        render_to_string("leaving/mail/notice.txt", context),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("leaving/mail/notice.html", context), "text/html")
    return message


def _by_their_clock(user: User | None, moment: datetime) -> str:
    name = user.time_zone if user else ""
    zone = zoneinfo.ZoneInfo(name) if name in time_zones.accepted() else None
    return date_format(timezone.localtime(moment, zone), "DATETIME_FORMAT")
