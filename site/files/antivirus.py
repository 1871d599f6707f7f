"""A virus scanner by setting: clamd, asked with its own INSTREAM (clamd(8)). Without its word nothing is taken."""

from __future__ import annotations

import logging
import socket
import struct
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from django.conf import settings

from files.cleaning.refusals import UnacceptableFile

if TYPE_CHECKING:
    from django.core.files.base import File

BLOCK: Final = 64 * 1024  # bytes
LONGEST_ANSWER: Final = 4096
logger = logging.getLogger(__name__)


def scan(upload: File[Any]) -> None:
    """Raises UnacceptableFile for a finding, and for anything but a clear "nothing found" in time."""
    if not settings.CLAMD_ADDRESS:
        return
    try:
        answer = _asked(upload)
    except (OSError, ValueError) as error:
        logger.error("clamd does not answer: %s", type(error).__name__)
        raise UnacceptableFile("no_scanner") from None
    if answer == b"stream: OK":
        return
    if answer.endswith(b" FOUND"):
        raise UnacceptableFile("virus")
    logger.error("clamd did not scan")
    raise UnacceptableFile("no_scanner")


def _asked(upload: File[Any]) -> bytes:
    upload.seek(0)
    with _line() as line:
        line.sendall(b"zINSTREAM\0")
        while block := upload.read(BLOCK):
            line.sendall(struct.pack(">I", len(block)) + block)
        line.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER and (more := line.recv(BLOCK)):
            answer += more
    return answer.rstrip(b"\0").strip()


def _line() -> socket.socket:
    """`unix:/run/clamav/clamd.ctl` or `tcp://127.0.0.1:3310`. Raises OSError, ValueError."""
    address = urlsplit(settings.CLAMD_ADDRESS)
    if address.scheme == "tcp":
        return socket.create_connection(
            (address.hostname or "", address.port or 3310), settings.CLAMD_TIMEOUT
        )
    if address.scheme != "unix":
        raise ValueError(address.scheme)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(settings.CLAMD_TIMEOUT)
    try:
        line.connect(address.path)
    except OSError:
        line.close()
        raise
    return line
