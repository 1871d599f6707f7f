"""Whether the door's answers tell who has an account: medians over pairs of a known and an unknown address.

A server of its own on the loopback, with a database of its own, production's hasher and production's floor
(ANSWER_FLOOR=0 shows what it hides). PAIRS=200 at most, ONLY=reset for one door; limits are off, or they would
answer.
"""

import http.client
import os
import random
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

ROOT = Path(__file__).resolve().parent.parent
PAIRS = min(int(os.environ.get("PAIRS", "200")), 200)
AT_ONCE = int(os.environ.get("AT_ONCE", "4"))
ONLY = os.environ.get("ONLY", "")
MOST = 0.05
PASSWORD = "a lamp beside the river"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
KEY = re.compile(r'name="key" value="([^"]+)"')


class Door(NamedTuple):
    """`by`: who sends it, somebody signed in or "" for a visitor. `{kind}{number}` make each try one of its own."""

    address: str
    fields: Callable[[str], dict[str, str]]
    by: str = ""


DOORS = {
    "sign-in": Door("/en/account/login/", lambda email: {"login": email, "password": "not the password"}),
    "sign-up": Door(
        "/en/account/signup/",
        lambda email: {"email": email, "display_name": "Noor", "password1": PASSWORD, "charter": "on"},
    ),
    "reset": Door("/en/account/password/reset/", lambda email: {"email": email}),
    "sign-in code": Door("/en/account/login/code/", lambda email: {"email": email}),
    # Each from an account of its own: a second change would first undo the one before.
    "address change": Door(
        "/en/account/email/", lambda email: {"email": email, "action_add": "1"}, by="asks-{kind}{number}"
    ),
    # At the staff desk: staff know who has an account, the answer still does not say it.
    "invitation": Door(
        "/en/staff/invitations/", lambda email: {"email": email, "language": "fr"}, by="staff"
    ),
}


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


class Threaded(WSGIServer):
    """One thread a connection, as several workers would."""

    request_queue_size = 64

    def process_request(self, request: object, client_address: object) -> None:
        threading.Thread(target=self._serve, args=(request, client_address), daemon=True).start()

    def _serve(self, request: object, client_address: object) -> None:
        from django.db import connection

        try:
            self.finish_request(request, client_address)  # type: ignore[arg-type]
        finally:
            self.shutdown_request(request)  # type: ignore[arg-type]
            connection.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = start(folder)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        failed = [door for door in DOORS if ONLY in door and not measure(door, server.server_port)]
        server.shutdown()
    sys.exit(f"More than {MOST:.0%} apart: {', '.join(failed)}" if failed else 0)


def start(folder: str) -> WSGIServer:
    sys.path[1:1] = [str(ROOT), str(ROOT / "site")]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DEBUG": "false",
        "DATABASE_URL": f"sqlite:///{folder}/answers.sqlite3",
        "PAGE_CACHE_ROOT": f"{folder}/pages",
        "EMAIL_URL": "dummymail://",
        "LOG_LEVEL": "ERROR",
    }
    os.environ.setdefault("ANSWER_FLOOR", "0.6")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    settings.LIMITS = {}
    call_command("migrate", verbosity=0)
    make_people()
    return make_server("127.0.0.1", 0, get_wsgi_application(), Threaded, Quiet)


def make_people() -> None:
    """One hash for all of them: making two hundred would take longer than the measuring."""
    from profiles.joining import enrol
    from profiles.models import User

    for number in range(PAIRS + 1):
        enrol(f"known{number}@people.example", None, "Known")
        for kind in ("known", "unknown"):
            enrol(f"asks-{kind}{number}@people.example", None, "Asking", approved=True)
    enrol("staff@people.example", None, "Staff", approved=True)
    User.objects.filter(email="staff@people.example").update(is_staff=True)
    first = User(email="x@people.example")
    first.set_password(PASSWORD)
    User.objects.update(password=first.password)


def signed_in(name: str) -> dict[str, str]:
    """Cookies of a session that began a moment ago."""
    from django.test import Client

    from profiles.entrance import charter
    from profiles.models import User

    person = User.objects.get(email=f"{name}@people.example")
    charter.accept(person, number=1, language="en")
    client = Client()
    client.force_login(person, backend="profiles.backends.AccountBackend")
    return {cookie: morsel.value for cookie, morsel in client.cookies.items()}


def measure(door: str, port: int) -> bool:
    """Each pair in an order of its own, so that a slow moment falls on both alike."""
    address, fields, by = DOORS[door]
    times: dict[str, list[float]] = {"known": [], "unknown": []}
    bodies: dict[str, set[str]] = {"known": set(), "unknown": set()}

    def pair(number: int) -> None:
        for kind in random.sample(["known", "unknown"], 2):
            email = f"{kind}{number}@people.example"
            sender = by.format(kind=kind, number=number)
            seconds, body = send(port, address, fields(email), signed_in(sender) if sender else {})
            times[kind].append(seconds)
            bodies[kind].add(body.replace(email, "ADDRESS").replace(sender or email, "SENDER"))

    # An address of its own: what is asked for twice is answered otherwise.
    pair(PAIRS)
    times["known"].clear()
    times["unknown"].clear()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(pair, range(PAIRS)))
    known, unknown = (statistics.median(times[kind]) * 1000 for kind in ("known", "unknown"))
    apart = abs(known - unknown) / max(known, unknown)
    same = bodies["known"] == bodies["unknown"]
    print(
        f"{door}: known {known:.1f} ms, unknown {unknown:.1f} ms, {apart:.1%} apart over {len(times['known'])}"
        f" pairs; bytes {'equal' if same else 'DIFFERENT'}",
        flush=True,
    )
    return apart <= MOST and same


def send(port: int, address: str, fields: dict[str, str], cookies: dict[str, str]) -> tuple[float, str]:
    """Seconds of the POST alone; its status, its place and its masked body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address, headers={"Cookie": joined(cookies)})
    page = connection.getresponse()
    given = [each.split(";")[0].partition("=") for each in page.headers.get_all("Set-Cookie") or []]
    cookies = cookies | {name: value for name, _is, value in given}
    form = page.read().decode()
    token, key = TOKEN.search(form), KEY.search(form)
    assert token, (address, page.status)
    connection.close()
    body = urlencode({"csrfmiddlewaretoken": token[1], **({"key": key[1]} if key else {}), **fields})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": joined(cookies)}
    started = time.perf_counter()
    connection.request("POST", address, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    seconds = time.perf_counter() - started
    connection.close()
    return seconds, f"{answer.status} {answer.headers['Location']} {TOKEN.sub('', text)}"


def joined(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


if __name__ == "__main__":
    main()
