"""Mails to visitors: in the language that is active. They name nobody and quote nothing."""

from __future__ import annotations

import logging

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


def send(email: str, kind: str, subject: str, address: str) -> bool:
    """`kind` names the templates. False when the server did not take it."""
    context = {"subject": subject, "url": address}
    message = EmailMultiAlternatives(
        subject,
        render_to_string(f"news_comments/mail/{kind}.txt", context),
        to=[email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string(f"news_comments/mail/{kind}.html", context), "text/html")
    try:
        message.send()
    except OSError:
        log.exception("a mail about a comment failed")
        return False
    return True
