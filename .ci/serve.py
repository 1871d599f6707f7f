"""make run, once the environment stands: catalogues, database, demo world, then the server."""

import contextlib
import io
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import catalogues

ROOT = Path(__file__).resolve().parent.parent
UNFINISHED = ROOT / "var" / "demo-unfinished"
ROLES = (
    "newcomer, member, observer, moderator, facilitator, stranger, former, editor, translator_ar, staff, root"
)
WELCOME = """
  The site            {address}/
  The CMS             {address}/cms/
  Demo accounts       <role>@demo.example, password demo-only-password; the roles:
                      {roles}
                      (suspended@demo.example is turned away)
  Mails               here and in var/mail/
  End                 Ctrl-C
"""


def main() -> None:
    step(1, "Message catalogues", compile_catalogues)
    step(2, "Django", start_django)
    port = own_port()
    # A process that has just migrated and loaded remembers an empty world: the server starts afresh then.
    afresh = [step(3, "Database", migrate), step(4, "Demo world", load_demo)]
    print(WELCOME.format(address=f"http://127.0.0.1:{port}", roles=ROLES), flush=True)
    serve(port, afresh=any(afresh))


def step(number: int, name: str, work: Callable[[], str]) -> str:
    """Say what is being done, do it, say and return what came of it: empty when nothing was to do."""
    print(f"[{number}/4] {name} …", end=" ", flush=True)
    started = time.monotonic()
    outcome = work()
    print(f"{outcome or 'nothing to do'} ({time.monotonic() - started:.1f} s)", flush=True)
    return outcome


def progress(done: int, of: int) -> None:
    """On a terminal the line is written over; in a file every tenth part gets a word."""
    if sys.stdout.isatty():
        text = f"{done} of {of}"
        print(text, end="\b" * len(text), flush=True)
    elif done * 10 // of > (done - 1) * 10 // of:
        print(f"{done * 100 // of} %", end=" ", flush=True)


def own_port() -> int:
    """Asked before the long steps, so that nobody waits two minutes for "address already in use"."""
    from django.conf import settings

    port = int(settings.PORT)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            sys.exit(f"Port {port} cannot be used ({error}). Another one: make run PORT=8001")
    return port


def compile_catalogues() -> str:
    stale = catalogues.compile_stale()
    return f"{stale} compiled" if stale else ""


def start_django() -> str:
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
    (ROOT / "var").mkdir(exist_ok=True)
    import django

    django.setup()
    return f"{django.get_version()}, settings {os.environ['DJANGO_SETTINGS_MODULE']}"


def migrate() -> str:
    from django.core.management import call_command
    from django.core.management.commands.migrate import Command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from pages.site_record import keep_site_record

    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not waiting:
        # What `migrate` ends with: another PORT is another address.
        keep_site_record()
        return ""
    if connection.vendor == "sqlite":
        # Until the server starts there is nothing to lose that a second run would not make again.
        connection.cursor().execute("PRAGMA synchronous = OFF")

    class Counting(Command):
        done = 0

        def migration_progress_callback(
            self, action: str, migration: object = None, fake: bool = False
        ) -> None:
            if action == "apply_success":
                self.done += 1
                progress(self.done, waiting)

    call_command(Counting(stdout=io.StringIO()), interactive=False)
    return f"{waiting} migrations applied"


def load_demo() -> str:
    from django.apps import apps
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    loaded = get_user_model().objects.exists() and not UNFINISHED.exists()
    if loaded or not apps.is_installed("demo"):
        return ""
    # Loading is idempotent: one that was interrupted goes on here the next time.
    UNFINISHED.touch()
    print(flush=True)
    call_command("load_demo")
    UNFINISHED.unlink()
    return "loaded"


def serve(port: int, *, afresh: bool) -> None:
    from django.core.management import call_command

    # One process, so that Ctrl-C or a signal leaves none behind.
    if afresh:
        os.execv(
            sys.executable, [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"]
        )
    call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)


if __name__ == "__main__":
    os.chdir(ROOT)
    # A script that starts us in the background hands down "ignore Ctrl-C".
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if not os.environ.get("PORT", "8000").isdecimal():
        sys.exit(f"PORT={os.environ['PORT']} is no port: a number, please, as in make run PORT=8001")
    with contextlib.suppress(KeyboardInterrupt):
        main()
