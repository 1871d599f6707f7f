"""One log format: time, level, request id, message. Ids only; never a query string or a whole address."""

from __future__ import annotations

import ipaddress
import logging
import re
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


# A token in an address is a key: invitations, resets, private files, personal feeds.
_SECRET = re.compile(
    r"(/(?:files|key|confirm-email|(?:account/)?invitations?|password/reset/key|comments/(?:subscriptions|confirmations))/)[^/\s]+"
)


class LineFormatter(logging.Formatter):
    """Whoever writes the line, Django included: no token of an address gets into it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(request_id)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return without_tokens(super().format(record))


def without_tokens(text: str) -> str:
    return _SECRET.sub(r"\1…", text)


def shortened(address: str) -> str:
    """An address good enough to see a pattern, too coarse to find a person: /24 for IPv4, /48 for IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "-"
    prefix = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False).network_address)
