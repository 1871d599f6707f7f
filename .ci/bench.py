"""make bench: what the public pages of the demo world cost, uncached and from the page cache; and a tree of
50 pages begun in three languages (in a transaction that is taken back).

The world is that of DATABASE_URL, filled when it is empty; else that of `make run`; where that has never been run, one
of its own, for this time.

CPU of this process and of its PostgreSQL backend (SQLite works in the process), as a ratio to a trivial view with
one query, in rounds in which all of them take turns: the ratio hardly moves when the machine is busy.
"""

import io
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import catalogues

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = int(os.environ.get("ROUNDS", "12"))
UNCACHED_TIMES, CACHED_TIMES = 4, 20
TRIVIAL = "/bench-trivial"
Application = Callable[[dict, Callable], Any]


def main() -> None:
    sys.path[1:1] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.environ["DEBUG"] = "false"
    import django

    (ROOT / "var").mkdir(exist_ok=True)
    catalogues.compile_stale()
    django.setup()
    if not has_world():
        fill_and_measure()
        return
    logging.disable(logging.CRITICAL)
    add_trivial_view()
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    measured = {TRIVIAL: CACHED_TIMES}
    for address in pages():
        measured |= {f"{address}?uncached": UNCACHED_TIMES, address: CACHED_TIMES}
    report(application, measured, rounds(application, measured))
    report_tree(50)


def has_world() -> bool:
    from django.contrib.auth import get_user_model
    from django.db import connection

    user = get_user_model()
    return user._meta.db_table in connection.introspection.table_names() and user.objects.exists()


def fill_and_measure() -> None:
    """In processes of their own: this one has read its settings, and remembers an empty world."""
    from config.settings.ground import env

    if os.environ.get("BENCH_FILLED"):
        sys.exit("The demo world was loaded and there is nobody in it: see `manage.py load_demo`.")
    with tempfile.TemporaryDirectory() as folder:
        own = {}
        if "DATABASE_URL" not in env.ENVIRON:
            own = {
                f"{what}_ROOT": f"{folder}/{what}" for what in ("MEDIA", "PRIVATE", "RENDITION", "PAGE_CACHE")
            }
            own["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        environment = {**os.environ, **own, "EMAIL_URL": "dummymail://", "BENCH_FILLED": "yes"}
        for words in (["migrate", "--verbosity=0"], ["load_demo"]):
            print(f"No demo world yet: manage.py {words[0]} ...", flush=True)
            command = [sys.executable, "manage.py", *words]
            subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sys.executable, __file__], cwd=ROOT, env=environment, check=True)


def add_trivial_view() -> None:
    from django.db import connection
    from django.http import HttpResponse
    from django.urls import path

    from config import urls

    def trivial(request: object) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM django_migrations WHERE id = 1")
            return HttpResponse(str(cursor.fetchone()))

    urls.urlpatterns.insert(0, path(TRIVIAL.strip("/"), trivial))


def pages() -> list[str]:
    """One of each kind, with everything on it."""
    from django.utils.translation import override

    from events.models import Event
    from news.models import NewsPage, ResourcePage
    from pages.models import SpacePage

    with override("fr"):
        here = {"live": True, "locale__language_code": "fr", "alias_of": None}
        articles = NewsPage.objects.filter(**here)
        article = articles.exclude(picture=None).first() or articles.first()
        chosen = [
            article,
            ResourcePage.objects.filter(**here).first(),
            SpacePage.objects.filter(**here).first(),
        ]
        found = [one.get_url() for one in chosen if one]
        event = Event.objects.open_to_everyone().first()
        lists = ["/fr/", "/fr/about/", "/fr/news/", "/fr/resources/", "/fr/communities/", "/fr/events/"]
        return [
            *lists,
            *found,
            *([event.get_absolute_url()] if event else []),
            "/fr/news/atom/",
            "/sitemap.xml",
        ]


def rounds(application: Application, measured: dict[str, int]) -> dict[str, list[float]]:
    """Address -> CPU milliseconds per request, one number a round; the first round warms up."""
    found: dict[str, list[float]] = {address: [] for address in measured}
    for number in range(ROUNDS + 1):
        for address, times in measured.items():
            before = cpu()
            for _again in range(times):
                ask(application, address)
            spent = (cpu() - before) / times * 1000
            if number and spent >= 0:
                found[address].append(spent)
    return found


def cpu() -> float:
    """Seconds on a processor: ours, and the database backend's where it is another process on this machine."""
    from django.db import connection

    seconds = time.process_time()
    if connection.vendor == "postgresql" and connection.connection:
        stat = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        if stat.exists():
            seconds += int(stat.read_text().split()[0]) / 1e9
    return seconds


def ask(application: Application, address: str) -> tuple[int, int]:
    """Status and bytes, as a browser asks that has never been here."""
    path, _mark, query = address.partition("?")
    status: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "gzip, br", "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
    }  # fmt: skip
    body = application(environ, lambda line, headers: status.append(line))
    size = len(b"".join(body))
    body.close()
    return int(status[0][:3]), size


def report(application: Application, measured: dict[str, int], found: dict[str, list[float]]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    trivial = statistics.median(found[TRIVIAL])
    print(f"{'CPU ms':>8} {'ratio':>6} {'queries':>7} {'bytes':>7}  address   ({ROUNDS} rounds, medians)")
    for address in measured:
        with CaptureQueriesContext(connection) as captured:
            status, size = ask(application, address)
        spent = statistics.median(found[address])
        wrong = "" if status == 200 else f"   answered {status}"
        print(f"{spent:8.2f} {spent / trivial:6.1f} {len(captured):7} {size:7}  {address}{wrong}")


def report_tree(count: int) -> None:
    from django.db import connection, transaction
    from wagtail.models import Locale

    from pages.models import HomePage, StandardPage
    from pages.translations import trees

    asked = 0

    def count_it(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*args)

    with transaction.atomic():
        home = HomePage.objects.get(locale=Locale.objects.get(language_code="fr"))
        root = home.add_child(instance=StandardPage(title="Arbre", intro="Un arbre."))
        root.save_revision().publish()
        for number in range(count - 1):
            words = {"title": f"Page {number}", "intro": f"Mots {number}."}
            body = [("heading", f"Titre {number}"), ("text", f"<p>Un {number}.</p><p>Deux {number}.</p>")]
            root.add_child(instance=StandardPage(body=body, **words)).save_revision().publish()
        wall, processor = time.perf_counter(), cpu()
        with connection.execute_wrapper(count_it):
            dealt = trees.go_on(trees.begin_tree(root, ["ar", "en", "nl"]))
        wall, processor = time.perf_counter() - wall, cpu() - processor
        transaction.set_rollback(True)
    print(
        f"tree of {dealt} pages in three languages: {wall:.1f} s, {processor:.1f} s of CPU,"
        f" {asked / dealt:.0f} queries a page"
    )


if __name__ == "__main__":
    main()
