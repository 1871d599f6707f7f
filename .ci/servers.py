"""Throwaway PostgreSQL and Redis on free ports, from Debian's packages: `with servers.both() as environment:`

They keep nothing, so nothing waits for the disk, and they end with whoever started them, however that ends.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

NO_DISK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
PATIENCE = 30  # seconds until a server answers, or has ended


@contextlib.contextmanager
def both() -> Iterator[dict[str, str]]:
    """DATABASE_URL and CACHE_URL: of the environment when they name servers, otherwise of throwaway ones."""
    with contextlib.ExitStack() as stack:
        database = os.environ.get("DATABASE_URL", "")
        if not database.startswith(("postgres", "pgsql")):
            database = stack.enter_context(postgresql())
        cache = os.environ.get("CACHE_URL", "")
        if not cache.startswith("redis"):
            cache = stack.enter_context(redis())
        yield {"DATABASE_URL": database, "CACHE_URL": cache}


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    programs = postgresql_programs()
    # The server refuses to run as root.
    owner = "postgres" if os.geteuid() == 0 else None
    with folder(owner) as data:
        run: dict[str, Any] = {"user": owner, "group": owner, "extra_groups": []} if owner else {}
        options = ["--auth=trust", "--username=suite", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(
            [programs / "initdb", "-D", data / "db", *options],
            check=True, cwd=data, stdout=subprocess.DEVNULL, **run,
        )  # fmt: skip
        port = free_port()
        settings = ["listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={data}", *NO_DISK]
        command = [programs / "postgres", "-D", data / "db", *(word for s in settings for word in ("-c", s))]
        ready = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
        # SIGINT: end now, throw out whoever is still connected.
        with server("PostgreSQL", command, data, signal.SIGINT, lambda: answers(ready), **run):
            yield f"postgres://suite@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def redis() -> Iterator[str]:
    program = shutil.which("redis-server")
    if not program:
        sys.exit(
            "redis-server is missing. On Debian: sudo apt install redis-server, or name one in CACHE_URL."
        )
    with folder(None) as data:
        port = free_port()
        command = [program, "--bind", "127.0.0.1", "--port", str(port), "--dir", data]
        command += ["--save", "", "--appendonly", "no"]
        with server("Redis", command, data, signal.SIGTERM, lambda: listens(port)):
            yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def server(
    name: str,
    command: list[object],
    data: Path,
    ends_on: signal.Signals,
    ready: Callable[[], bool],
    **run: Any,
) -> Iterator[None]:
    log = data / "log"
    with log.open("wb") as output:
        # A session of its own: Ctrl-C reaches us alone, and we end the server when nobody needs it any more.
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=data, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True, preexec_fn=end_with_parent, **run,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + PATIENCE
        while not ready():
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"{name} did not start:\n{log.read_text()[-2000:]}")
            time.sleep(0.1)
        yield
    finally:
        process.send_signal(ends_on)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def folder(owner: str | None) -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="suite-"))
    try:
        if owner:
            shutil.chown(path, owner)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def postgresql_programs() -> Path:
    """The newest ones; Debian keeps them off the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    elsewhere = shutil.which("initdb")
    if folders or elsewhere:
        return folders[-1] if folders else Path(str(elsewhere)).parent
    sys.exit("PostgreSQL is missing. On Debian: sudo apt install postgresql, or name one in DATABASE_URL.")


def end_with_parent() -> None:
    """In the server, before it starts: even when we are killed it does not stay behind (Linux, prctl(2))."""
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGQUIT)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers(command: list[object]) -> bool:
    return subprocess.run([str(word) for word in command], cwd="/").returncode == 0
