"""Mails: in the recipient's language and direction, in neutral words. No title, no name of a space or person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from communities.naming import site_name

if TYPE_CHECKING:
    from communities.models import Notification


def mail(row: Notification) -> None:
    """Raises OSError (SMTP errors are ones) when the server does not take it."""
    from communities.activity import kinds

    kind = kinds[row.activity.kind]
    with override(row.recipient.language):
        write(
            row.recipient.email or "",
            sentence=str(kind.mail),
            url=reverse(kind.page) if kind.page else "",
            way_out=kind.way_out(row) if kind.way_out else "",
            why=reverse(kind.why) if kind.why else "",
        )


def write(to: str, *, sentence: str, url: str, way_out: str = "", why: str = "") -> None:
    """In the language that is active; `url`, `way_out` and `why` are addresses of ours or "". Raises OSError."""
    context = {
        "way_out": f"{settings.BASE_URL}{way_out}" if way_out else "",
        "why": f"{settings.BASE_URL}{why}" if why else "",
        "sentence": sentence,
        "url": f"{settings.BASE_URL}{url}" if url else "",
        "subject": _("News for you on %(site)s") % {"site": site_name()},
    }
    message = EmailMultiAlternatives(
        context["subject"],
        render_to_string("communities/mail/notification.txt", context),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"} | one_click(context["way_out"]),
    )
    message.attach_alternative(render_to_string("communities/mail/notification.html", context), "text/html")
    message.send()


def one_click(address: str) -> dict[str, str]:
    """The headers by which a mail program shows its own "Unsubscribe" (RFC 2369, RFC 8058)."""
    if not address:
        return {}
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
