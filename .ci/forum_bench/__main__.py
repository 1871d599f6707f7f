"""make bench FORUM="20000 200000": the forum behind gunicorn on PostgreSQL, beside stock django-machina.

CPU of the server's processes and of its database backends, from the kernel's own count (schedstat), over sequential
requests in rounds in which all addresses take turns with a trivial view; negative differences are thrown away. The
ratio to the trivial view of the same run is what counts: milliseconds move with the machine.

ROUNDS=8, TIMES=6 requests a round; STOCK=no leaves machina out; DB=sqlite measures ours on SQLite.
"""

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / ".ci"))

import servers  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "8"))
TIMES = int(os.environ.get("TIMES", "6"))
TRIVIAL = "/bench-trivial"
WORKERS, THREADS = 2, 4
# Ours as production starts it.
APPLICATION = {"ours": "config.wsgi:application", "stock": "django.core.wsgi:get_wsgi_application()"}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Found:
    cpu: list[float] = field(default_factory=list)  # milliseconds
    wall: list[float] = field(default_factory=list)  # milliseconds
    status: int = 0
    statements: int = 0
    size: int = 0


class Site:
    """One of the two behind gunicorn, with the cookies of a member."""

    def __init__(self, name: str, environment: dict[str, str], world: dict[str, Any]) -> None:
        self.name, self.environment, self.world = name, environment, world
        self.port = servers.free_port()

    @contextlib.contextmanager
    def running(self) -> Iterator["Site"]:
        command = [
            sys.executable, "-m", "gunicorn", APPLICATION[self.name], "-b", f"127.0.0.1:{self.port}",
            "-w", str(WORKERS), "--worker-class", "gthread", "--threads", str(THREADS), "--keep-alive", "30",
            "--log-level", "error",
        ]  # fmt: skip
        process = subprocess.Popen(
            command, env=self.environment, cwd=ROOT, preexec_fn=servers.end_with_parent
        )
        self.master = process.pid
        try:
            self.wait()
            yield self
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)

    def wait(self) -> None:
        for _try in range(300):
            with contextlib.suppress(OSError):
                if self.ask(TRIVIAL)[0].status == 200:
                    return
            time.sleep(0.2)
        sys.exit(f"{self.name} does not answer.")

    def ask(
        self, address: str, *, cookies: dict[str, str] | None = None, form: dict[str, str] | None = None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Accept-Encoding": "gzip, br" if self.name == "ours" else "gzip", "Accept-Language": "fr"}
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        if form is None:
            connection.request("GET", address, headers=headers)
        else:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", address, body=urlencode(form), headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def processes(self) -> list[int]:
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()
        return [self.master, *map(int, children)]


class Form(HTMLParser):
    """The names and values of the form that asks for `content`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        if not self.forms or not named.get("name"):
            return
        if tag == "textarea" or (tag == "input" and named.get("type", "text") in {"hidden", "text"}):
            self.forms[-1][named["name"]] = named.get("value", "")
        if tag == "select":
            self.forms[-1].setdefault(named["name"], "fr")

    @classmethod
    def of(cls, page: str) -> dict[str, str]:
        for form in cls(page).forms:
            if "content" in form:
                return form
        sys.exit(f"No form to post with:\n{page[:3000]}")


def main() -> None:
    sizes = [int(size) for size in os.environ.get("FORUM", "20000 200000").split()]
    for size in sizes:
        with database(size) as url:
            sites = [site("ours", size, url)]
            if os.environ.get("STOCK") != "no" and url.startswith("postgres"):
                sites.append(site("stock", size, url))
            report(size, [measured(one, url) for one in sites])


@contextlib.contextmanager
def database(size: int) -> Iterator[str]:
    """One per size, made anew; what DATABASE_URL names is taken as it is, and filled once."""
    given = os.environ.get("DATABASE_URL", "")
    if given:
        yield given
    elif os.environ.get("DB") == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/bench.sqlite3"
    else:
        with servers.postgresql() as url:
            yield url


def site(name: str, size: int, url: str) -> Site:
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}:{ROOT / '.ci'}",
        "DJANGO_SETTINGS_MODULE": f"forum_bench.{name}",
        "DATABASE_URL": url,
        "DEBUG": "false",
        "LOG_LEVEL": "ERROR",
        "EMAIL_URL": "dummymail://",
        # As in production: mails are sent by a worker, after the answer.
        "TASKS": "database",
    }
    started = time.monotonic()
    command = [sys.executable, "-m", "forum_bench.worlds", name, str(size)]
    said = subprocess.run(
        command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    world = json.loads(re.search(r"^WORLD (.*)$", said, re.MULTILINE)[1])  # type: ignore[index]
    print(f"· {name}, {size} posts: ready after {time.monotonic() - started:.0f} s", flush=True)
    return Site(name, environment, world)


def measured(one: Site, url: str) -> tuple[Site, dict[str, Found], dict[str, float]]:
    with one.running():
        looks = {"visitor": {}, "member": one.world["cookies"]}
        asked = {("", TRIVIAL, ""): None}
        for who in looks:
            asked |= {(name, address, who): None for name, address in one.world["pages"].items()}
        found: dict[str, Found] = {label(*key): Found() for key in asked}
        for number in range(ROUNDS + 1):
            for key in asked:
                get(one, url, key, looks.get(key[2]), found[label(*key)], warming=number == 0)
        found["posting, member"] = Found()
        for number in range(ROUNDS + 1):
            post(one, url, found["posting, member"], warming=number == 0)
        speed = {
            name: requests_per_second(one, address) for name, address in list(one.world["pages"].items())[:1]
        }
    return one, found, speed


def label(name: str, address: str, who: str) -> str:
    return f"{name}, {who}" if name else "trivial"


def get(one: Site, url: str, key: tuple[str, str, str], cookies: Any, found: Found, *, warming: bool) -> None:
    before, walls = cpu(one, url), []
    for _again in range(TIMES):
        started = time.perf_counter()
        answer, body = one.ask(key[1], cookies=cookies)
        walls.append((time.perf_counter() - started) * 1000)
    note(found, (cpu(one, url) - before) / TIMES, walls, answer, body, warming)


def post(one: Site, url: str, found: Found, *, warming: bool) -> None:
    """Each from a form of its own; what the form cost is not counted."""
    cookies = dict(one.world["cookies"])
    spent, walls = 0.0, []
    for number in range(TIMES):
        answer, page = one.ask(one.world["posting"], cookies=cookies)
        cookies |= re.findall(r"(csrftoken)=([^;]+)", str(answer.headers))
        if answer.status != 200:
            sys.exit(f"{one.world['posting']} answered {answer.status}: {decompressed(answer, page)[:2000]}")
        form = Form.of(decompressed(answer, page)) | {
            "content": f"Une réponse mesurée, {time.time_ns()} {number}."
        }
        before, started = cpu(one, url), time.perf_counter()
        answer, body = one.ask(one.world["posting"], cookies=cookies, form=form)
        walls.append((time.perf_counter() - started) * 1000)
        spent += cpu(one, url) - before
    note(found, spent / TIMES, walls, answer, body, warming)


def note(
    found: Found,
    spent: float,
    walls: list[float],
    answer: http.client.HTTPResponse,
    body: bytes,
    warming: bool,
) -> None:
    found.status, found.size = answer.status, len(body)
    found.statements = int(answer.headers.get("X-Statements", "0"))
    if not warming and spent >= 0:
        found.cpu.append(spent)
        found.wall += walls


def decompressed(answer: http.client.HTTPResponse, body: bytes) -> str:
    import gzip

    import brotli

    way = {"gzip": gzip.decompress, "br": brotli.decompress}.get(answer.headers.get("Content-Encoding", ""))
    return (way(body) if way else body).decode()


def cpu(one: Site, url: str) -> float:
    """Milliseconds on a processor so far: the server's threads, and the backends of its database."""
    pids = [*one.processes(), *backends(url)]
    nanoseconds = 0
    for pid in pids:
        for stat in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):
                nanoseconds += int(stat.read_text().split()[0])
    return nanoseconds / 1e6


_watch: dict[str, Any] = {}


def backends(url: str) -> list[int]:
    if not url.startswith("postgres"):
        return []
    import psycopg

    if url not in _watch:
        _watch.clear()
        _watch[url] = psycopg.connect(url.replace("postgres://", "postgresql://"), autocommit=True)
    rows = _watch[url].execute(
        "SELECT pid FROM pg_stat_activity WHERE datname IS NOT NULL AND pid <> pg_backend_pid()"
    )
    return [pid for (pid,) in rows]


def requests_per_second(one: Site, address: str) -> float:
    program = shutil.which("wrk")
    if not program:
        return 0.0
    command = [program, "-t2", "-c4", "-d5s", f"http://127.0.0.1:{one.port}{address}"]
    said = subprocess.run(command, capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    return float(rate[1]) if rate else 0.0


def report(size: int, results: list[tuple[Site, dict[str, Found], dict[str, float]]]) -> None:
    print(f"\n{size} posts, {ROUNDS} rounds of {TIMES}, {WORKERS} workers of {THREADS} threads; medians")
    print(f"{'CPU ms':>8} {'ratio':>6} {'queries':>7} {'p50 ms':>7} {'p95 ms':>7} {'bytes':>7}  page")
    for one, found, speed in results:
        unit = statistics.median(found["trivial"].cpu)
        print(f"--- {one.name}")
        for name, row in found.items():
            wall = sorted(row.wall)
            p50, p95 = wall[len(wall) // 2], wall[int(len(wall) * 0.95)]
            spent = statistics.median(row.cpu)
            wrong = "" if row.status in {200, 302} else f"   answered {row.status}"
            print(
                f"{spent:8.2f} {spent / unit:6.1f} {row.statements:7} {p50:7.1f} {p95:7.1f} {row.size:7}  {name}{wrong}"
            )
        for name, rate in speed.items():
            print(f"{rate:8.0f} requests per second (wrk, 4 connections, 5 s): {name}, visitor")


if __name__ == "__main__":
    main()
