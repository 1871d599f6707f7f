"""Runs the suite: suite.py sqlite|postgres [what pytest takes]

The test database is kept from run to run, because its migrations alone cost half a minute, and made anew when
anything that shapes it has changed.
"""

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import catalogues
import servers

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
ROOMS = ("communities", "events", "forum", "profiles", "search", "site")
SHAPING = ("requirements*.txt", "tests/conftest.py", *(f"{room}/**/migrations/*.py" for room in ROOMS))


def main() -> int:
    database, arguments = sys.argv[1], sys.argv[2:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    catalogues.compile_stale()
    with {"sqlite": sqlite, "postgres": servers.both}[database]() as addresses:
        stamp = VAR / f"test-database-{hashlib.sha256(addresses['DATABASE_URL'].encode()).hexdigest()[:12]}"
        digest = shape()
        kept = stamp.exists() and stamp.read_text() == digest
        stamp.unlink(missing_ok=True)
        print(f"Suite on {database}, test database {'kept' if kept else 'made anew'}", flush=True)
        code = pytest([] if kept else ["--create-db"], arguments, addresses)
        # 0 and 1: it ran to its end, so the database is whole.
        if code in (0, 1):
            stamp.write_text(digest)
        return code


@contextlib.contextmanager
def sqlite() -> Iterator[dict[str, str]]:
    """Whatever the environment names: this run is the one without servers."""
    yield {"DATABASE_URL": f"sqlite:///{VAR / 'site.sqlite3'}", "CACHE_URL": "locmemcache://"}


def pytest(database: list[str], arguments: list[str], addresses: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", "--reuse-db", *database, *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **addresses})
    try:
        return process.wait()
    except BaseException:
        # Ctrl-C has reached pytest too: let it say where it was.
        with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            process.wait(5)
        process.terminate()
        raise


def shape() -> str:
    found = {file for pattern in SHAPING for file in ROOT.glob(pattern)}
    content = (f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() for file in sorted(found))
    return hashlib.sha256(sys.version.encode() + b"\0".join(content)).hexdigest()


if __name__ == "__main__":
    VAR.mkdir(exist_ok=True)
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)
