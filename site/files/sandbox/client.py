"""The site's side of `files.sandbox`: hands a file over, waits, and believes little of the answer."""

from __future__ import annotations

import atexit
import json
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings

from files.cleaning.refusals import REFUSALS, UnacceptableFile

NURSERY: Final = Path(__file__).with_name("nursery.py")
LONGEST_NAME: Final = 1_000  # characters of a person's own name for a file; its ending is what counts
PATIENCE: Final = 3  # seconds beyond the child's own, until it is given up
LONGEST_ANSWER: Final = 64 * 1024  # bytes
logger = logging.getLogger(__name__)


class Nursery:
    """One beside each process of the site, started when the first file comes. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def send(self, message: bytes, files: list[int]) -> subprocess.Popen[bytes]:
        """Which process has the file now."""
        with self._lock:
            for _attempt in range(2):
                process, control = self._running()
                try:
                    socket.send_fds(control, [message], files)
                    return process
                except OSError:
                    self._forget()
        raise UnacceptableFile("exhausting")

    def _running(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        if self._owner != os.getpid():
            # A fork of the one that started it: that one still needs it.
            self._process = self._control = None
        if self._process is None or self._control is None or self._process.poll() is not None:
            self._forget()
            self._start()
        assert self._process is not None and self._control is not None  # noqa: S101
        return self._process, self._control

    def _start(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", str(NURSERY)], stdin=theirs.fileno(), cwd="/", env={"LANG": "C.UTF-8"}
            )
        self._control, self._owner = ours, os.getpid()

    def _forget(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.wait()
        self._process = self._control = None

    def end(self) -> None:
        with self._lock:
            if self._owner == os.getpid():
                self._forget()


nursery = Nursery()
atexit.register(nursery.end)
# How many are cleaned at once by one process of the site; the others wait, for a while.
_places = threading.BoundedSemaphore(2)


def in_child(source: IO[bytes], name: str, purpose: str) -> tuple[dict[str, Any], bytes]:
    """What `files.cleaning.work.clean` says of it, and the clean bytes. Raises UnacceptableFile."""
    if not _places.acquire(timeout=settings.CLEANING_SECONDS):
        raise UnacceptableFile("busy")
    try:
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made:
            source.seek(0)
            shutil.copyfileobj(source, given)
            given.flush()
            answer = _asked(_job(name, purpose), given, made)
            made.seek(0)
            return answer, made.read()
    finally:
        _places.release()


def _job(name: str, purpose: str) -> bytes:
    return json.dumps({
        "name": name[-LONGEST_NAME:],
        "purpose": purpose,
        "seconds": settings.CLEANING_SECONDS,
        "megabytes": settings.CLEANING_MEGABYTES,
        "most_written": 2 * settings.MAX_UPLOAD_BYTES,
    }).encode()  # fmt: skip


def _asked(job: bytes, given: IO[bytes], made: IO[bytes]) -> dict[str, Any]:
    """Twice when the nursery itself was just ending, being idle; never twice for a child that came to grief."""
    for _attempt in range(2):
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                process = nursery.send(job, [given.fileno(), made.fileno(), theirs.fileno()])
            answer = _heard(ours)
        if answer:
            return _believed(answer)
        if not _has_ended(process):
            break
    logger.warning("a file could not be cleaned: the process came to grief")
    raise UnacceptableFile("exhausting")


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Its sockets close a moment before it is gone."""
    try:
        process.wait(0.2)
    except subprocess.TimeoutExpired:
        return False
    return True


def _heard(line: socket.socket) -> bytes:
    """Nothing when the child has ended without a word, or says nothing for too long."""
    line.settimeout(settings.CLEANING_SECONDS + PATIENCE)
    heard = b""
    try:
        while (more := line.recv(LONGEST_ANSWER)) and len(heard) < LONGEST_ANSWER:
            heard += more
    except OSError:
        return b""
    return heard


def _believed(answer: bytes) -> dict[str, Any]:
    """A child that was taken over by the file it opened may say whatever it likes."""
    try:
        said = json.loads(answer)
        refused = said.get("refused")
    except (ValueError, AttributeError):
        raise UnacceptableFile("exhausting") from None
    if refused is None:
        return dict(said)
    params = said.get("params")
    if refused not in REFUSALS or not isinstance(params, dict):
        raise UnacceptableFile("exhausting")
    raise UnacceptableFile(refused, **{str(key): value for key, value in params.items()})
