"""The translation server that the settings name: LibreTranslate's interface (GET /languages, POST /translate).

Ours rather than wagtail-localize's client: that one follows a redirect to whichever host it names, reads an answer
of any length at any pace, and saves what came back as it is.
"""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache

from pages.machine.problems import Problem

# One request's share: small machines take seconds per thousand characters.
BATCH_CHARACTERS: Final = 4000
BATCH_STRINGS: Final = 40
WHOLE_PAGE: Final = 6  # times the timeout of one request
LARGEST_ANSWER: Final = 1024 * 1024
LANGUAGES_KEPT: Final = 300  # seconds


class Trouble(Exception):
    """The server gave nothing that can be used; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.value)


def named_server() -> Server | None:
    """The server of the settings; None when drafts by machine are off."""
    url = settings.MACHINE_TRANSLATION_URL.rstrip("/")
    return (
        Server(url, settings.MACHINE_TRANSLATION_KEY, settings.MACHINE_TRANSLATION_TIMEOUT) if url else None
    )


@dataclass(frozen=True)
class Server:
    url: str
    key: str = ""
    timeout: float = 20  # seconds for a whole request, not between two bytes

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    def knows(self, source: str, target: str) -> bool:
        """Does it translate from one language to the other? Codes as in LANGUAGES. Raises Trouble."""
        return _base(target) in self._pairs().get(_base(source), [])

    def translate(self, strings: Sequence[str], source: str, target: str) -> list[str]:
        """As many drafts as strings, in their order, unchecked: `marks.kept` says what may be used. Raises Trouble."""
        drafts: list[str] = []
        latest = time.monotonic() + WHOLE_PAGE * self.timeout
        for batch in _batches(strings):
            if time.monotonic() > latest:
                raise Trouble(Problem.SLOW)
            drafts += self._translate_batch(batch, _base(source), _base(target))
        return drafts

    def _translate_batch(self, batch: list[str], source: str, target: str) -> list[str]:
        question = {"q": batch, "source": source, "target": target, "format": "html"}
        if self.key:
            question["api_key"] = self.key
        answer = self._ask("POST", "/translate", question)
        drafts: Any = answer.get("translatedText") if isinstance(answer, dict) else None
        if not _is_list_of_text(drafts) or len(drafts) != len(batch):
            raise Trouble(Problem.NONSENSE)
        return list(drafts)

    def _pairs(self) -> dict[str, list[str]]:
        """Source -> targets. Asked once in a while: the list changes when somebody installs a language."""
        key = f"machine-languages:{self.url}"
        pairs = cache.get(key)
        if pairs is None:
            pairs = _pairs_of(self._ask("GET", "/languages"))
            cache.set(key, pairs, LANGUAGES_KEPT)
        return dict(pairs)

    def _ask(self, method: str, path: str, question: Any = None) -> Any:
        connection = self._connection()
        try:
            connection.connect()
        except TimeoutError as slow:
            raise Trouble(Problem.SLOW) from slow
        except OSError as down:
            raise Trouble(Problem.UNREACHABLE) from down
        with _Deadline(connection, self.timeout) as deadline:
            try:
                body = json.dumps(question).encode() if question is not None else None
                headers = {"Content-Type": "application/json", "Accept": "application/json"}
                connection.request(method, urlsplit(self.url).path + path, body, headers)
                return _read(connection.getresponse())
            except (OSError, HTTPException, ValueError) as broken:
                late = deadline.passed or isinstance(broken, TimeoutError)
                raise Trouble(Problem.SLOW if late else _kind_of(broken)) from broken

    def _connection(self) -> HTTPConnection:
        parts = urlsplit(self.url)
        if parts.scheme == "https":
            context = ssl.create_default_context()
            return HTTPSConnection(self.host, parts.port, timeout=self.timeout, context=context)
        return HTTPConnection(self.host, parts.port, timeout=self.timeout)


class _Deadline:
    """Hangs up after so many seconds, however busily the other side goes on sending one byte at a time."""

    def __init__(self, connection: HTTPConnection, seconds: float) -> None:
        self.connection, self.socket, self.passed = connection, connection.sock, False
        self.timer = threading.Timer(seconds, self._hang_up)
        self.timer.daemon = True

    def _hang_up(self) -> None:
        self.passed = True
        try:
            self.socket.shutdown(2)
        except OSError:  # closed by the other side just now
            return

    def __enter__(self) -> _Deadline:
        self.timer.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.timer.cancel()
        self.connection.close()


def _read(response: HTTPResponse) -> Any:
    """The JSON of a good answer. A redirect is never followed: it would take the words to somebody else."""
    with response:
        if response.status != 200:
            raise Trouble(_problem_of(response.status))
        raw = response.read(LARGEST_ANSWER + 1)
    if len(raw) > LARGEST_ANSWER:
        raise Trouble(Problem.NONSENSE)
    try:
        return json.loads(raw)
    except RecursionError as deep:
        raise Trouble(Problem.NONSENSE) from deep


def _problem_of(status: int) -> Problem:
    by_status = {400: Problem.REJECTED, 401: Problem.REFUSED, 403: Problem.REFUSED, 413: Problem.REJECTED,
                 429: Problem.BUSY, 503: Problem.BUSY}  # fmt: skip
    if 300 <= status < 400:
        return Problem.ELSEWHERE
    return by_status.get(status, Problem.BROKEN if status >= 500 else Problem.NONSENSE)


def _kind_of(broken: Exception) -> Problem:
    return Problem.UNREACHABLE if isinstance(broken, OSError) else Problem.NONSENSE


def _pairs_of(answer: Any) -> dict[str, list[str]]:
    rows = answer if isinstance(answer, list) else []
    rows = [row for row in rows if isinstance(row, dict) and isinstance(row.get("code"), str)]
    if not rows:
        raise Trouble(Problem.NONSENSE)
    every = [row["code"] for row in rows]
    return {row["code"]: row["targets"] if _is_list_of_text(row.get("targets")) else every for row in rows}


def _is_list_of_text(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _batches(strings: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for string in strings:
        full = sum(map(len, batch)) + len(string) > BATCH_CHARACTERS or len(batch) == BATCH_STRINGS
        if batch and full:
            yield batch
            batch = []
        batch.append(string)
    if batch:
        yield batch


def _base(code: str) -> str:
    return code.partition("-")[0].lower()
