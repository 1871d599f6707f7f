"""Mails of coming in: text and HTML, in the recipient's language and direction, neutral in words."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import override

from communities.naming import site_name


def send(kind: str, email: str, *, language: str, context: dict[str, Any]) -> None:
    """`entrance/mail/<kind>.txt` and `<kind>_subject.txt`. OSError when the server does not take it."""
    with override(language):
        words = {"site_name": site_name(), **context}
        subject = " ".join(render_to_string(f"entrance/mail/{kind}_subject.txt", words).split())
        message = EmailMultiAlternatives(
            subject,
            render_to_string(f"entrance/mail/{kind}.txt", words).strip(),
            to=[email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        add_page(message)
    message.send()


def add_page(message: EmailMultiAlternatives) -> None:
    """The HTML part: the same words, in the language that is active. A line that is an address becomes a link."""
    body, _rule, ending = str(message.body).partition("\n--\n")
    context = {
        "subject": message.subject,
        "blocks": [_block(part) for part in body.split("\n\n") if part.strip()],
        "ending": "\n".join(ending.strip().splitlines()[1:]).strip(),
    }
    message.attach_alternative(render_to_string("entrance/mail/page.html", context), "text/html")


def _block(part: str) -> list[dict[str, Any]]:
    lines = [line.strip() for line in part.strip().splitlines() if line.strip()]
    return [{"words": line, "is_link": line.startswith(("https://", "http://"))} for line in lines]
