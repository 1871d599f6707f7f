"""Mail of a site at work on somebody's own machine: shown on the console, kept as files to open."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from email.message import EmailMessage as Letter
from email.policy import EmailPolicy
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

# RFC 6532: headers in UTF-8, so that an Arabic subject can be read with any text editor.
READABLE = EmailPolicy(utf8=True, cte_type="8bit", max_line_length=998)
_number = itertools.count(1)


class ConsoleAndFileBackend(BaseEmailBackend):
    """One .eml file per mail in EMAIL_FILE_PATH, the newest last, nothing encoded; the text on the console."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            path = keep(message)
            show(message, path)
        return len(email_messages)


def keep(message: EmailMessage) -> Path:
    folder = Path(settings.EMAIL_FILE_PATH)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _file_name(message)
    path.write_bytes(bytes(letter(message)))
    return path


def _file_name(message: EmailMessage) -> str:
    """Sorts by time; the number keeps two mails of one microsecond apart."""
    moment = timezone.now().strftime("%Y%m%d-%H%M%S-%f")
    first = parseaddr(next(iter(message.recipients()), ""))[1]
    to = re.sub(r"[^a-z0-9._@-]+", "-", first.lower())[:80]
    return f"{moment}-{next(_number):04}-{to or 'nobody'}.eml"


def letter(message: EmailMessage) -> Letter:
    """The same mail, written so that a person can read its source."""
    made = Letter(policy=READABLE)
    for name, value in message.message().items():
        if not name.lower().startswith(("content-", "mime-")):
            made[name] = _unfolded(name, value, message)
    made.set_content(str(message.body), cte="8bit")
    for alternative in getattr(message, "alternatives", []):
        made.add_alternative(str(alternative[0]), subtype=alternative[1].partition("/")[2], cte="8bit")
    for attachment in message.attachments:
        _attach(made, attachment)
    return made


def _unfolded(name: str, value: Any, message: EmailMessage) -> str:
    """As it was before Django encoded it."""
    plain = {"subject": message.subject, "from": message.extra_headers.get("From", message.from_email)}
    return " ".join(str(plain.get(name.lower(), value)).split())


def _attach(made: Letter, attachment: Any) -> None:
    if not isinstance(attachment, tuple):
        return
    name, content, kind = attachment
    main, _, sub = (kind or "application/octet-stream").partition("/")
    if isinstance(content, str):
        made.add_attachment(content, subtype=sub, cte="8bit", filename=name)
    else:
        made.add_attachment(content, maintype=main, subtype=sub, filename=name)


def show(message: EmailMessage, path: Path) -> None:
    lines = [
        f"To: {', '.join(message.recipients())}",
        f"Subject: {message.subject}",
        "",
        str(message.body).strip(),
    ]
    frame = "-" * 72
    print(f"{frame}\nMail, kept as {path}", *lines, frame, sep="\n", flush=True)
