"""The demo world behind a real server, as `make run` serves it, in a folder of its own.

BROWSER_WORLD=<name> keeps one world under that name whatever changes in the code: for working on templates.
"""

import contextlib
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "browser-world"
# What decides how the demo world looks: all code and content but templates, styles and catalogues.
MADE_OF = ("communities", "events", "forum", "profiles", "search", "site")


def digest() -> str:
    files = [
        path
        for room in MADE_OF
        for path in sorted((ROOT / room).rglob("*"))
        if path.suffix in {".py", ".toml"} and "/tests/" not in str(path)
    ]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`with Server(folder) as server: server.url`. `javascript` off is the browser's business, not ours."""

    def __init__(self, folder: Path, machine: str = "") -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.mails, self.machine = folder / "mail", machine
        self.process: subprocess.Popen | None = None

    @property
    def environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        return clean | {
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "DATABASE_URL": self.database_url,
            "PORT": str(self.port),
            "PRIVATE_ROOT": str(self.folder / "private"),
            "MEDIA_ROOT": str(self.folder / "media"),
            "RENDITION_ROOT": str(self.folder / "renditions"),
            "PAGE_CACHE_ROOT": str(self.folder / "pages"),
            "MAIL_ROOT": str(self.mails),
            "MACHINE_TRANSLATION_URL": self.machine,
            "LOG_LEVEL": "WARNING",
            # The development server has a thread for each connection of a browser: kept, PostgreSQL runs out.
            "DATABASE_CONN_MAX_AGE": "0",
        }

    @property
    def database_url(self) -> str:
        """On PostgreSQL a database of its own beside the suite's, on SQLite a file."""
        database = settings.DATABASES["default"]
        if database["ENGINE"].endswith("sqlite3"):
            return f"sqlite:///{self.folder / 'site.sqlite3'}"
        who = f"{database['USER']}:{database['PASSWORD']}@" if database["USER"] else ""
        return f"postgres://{who}{database['HOST']}:{database['PORT']}/{self.database_name}"

    database_name = "jx_browser_world"

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (
            f"manage.py {' '.join(arguments)}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        )
        return done.stdout

    def load(self) -> None:
        """A fresh demo world; on SQLite kept in var/ until code or content changes."""
        if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
            self._make_database()
            self._fill()
            return
        kept = KEPT / os.environ.get("BROWSER_WORLD", digest())
        if not kept.exists():
            shutil.rmtree(KEPT, ignore_errors=True)
            self._fill()
            shutil.copytree(self.folder, kept)
        shutil.copytree(kept, self.folder, dirs_exist_ok=True)

    def _fill(self) -> None:
        self.manage("migrate", "--verbosity=0")
        self.manage("load_demo")

    def _make_database(self) -> None:
        import psycopg

        database = settings.DATABASES["default"]
        with psycopg.connect(
            host=database["HOST"],
            port=database["PORT"],
            user=database["USER"],
            password=database["PASSWORD"],
            dbname="postgres",
            autocommit=True,
        ) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {self.database_name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {self.database_name} TEMPLATE template0 ENCODING 'UTF8'")

    def __enter__(self) -> "Server":
        self.load()
        self.manage("migrate", "--verbosity=0")  # tells the site its port
        command = [
            sys.executable,
            str(ROOT / "manage.py"),
            "runserver",
            "--noreload",
            f"127.0.0.1:{self.port}",
        ]
        self.log = (self.folder / "server.log").open("w")
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=self.log, stderr=subprocess.STDOUT
        )
        self._wait()
        return self

    def _wait(self) -> None:
        for _attempt in range(300):
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"{self.url}/healthz", timeout=5)
                return
            assert self.process.poll() is None, (self.folder / "server.log").read_text()[-3000:]
            time.sleep(0.2)
        raise AssertionError("The server did not answer within a minute.")

    def __exit__(self, *error) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)
        self.log.close()

    def letters(self) -> list[str]:
        """The mails sent since the start, oldest first, as text."""
        return [path.read_text() for path in sorted(self.mails.glob("*"))] if self.mails.exists() else []
