"""Runs the suite: suite.py sqlite|postgres [what pytest takes]

The test database is kept from run to run; its name says what it was made of (config/settings/test.py).
"""

import contextlib
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
TESTS_PASSED, TESTS_FAILED = 0, 1  # pytest's exit codes of a run that came to its end


def main() -> int:
    database, arguments = sys.argv[1], sys.argv[2:]
    if database not in ("sqlite", "postgres"):
        sys.exit(f"DB={database} is unknown: sqlite or postgres")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    catalogues.compile_stale()
    # Left there by a run that did not come to its end: the database may be half made.
    unfinished = VAR / f"suite-unfinished-{database}"
    anew = ["--create-db"] if unfinished.exists() else []
    unfinished.touch()
    with {"sqlite": sqlite, "postgres": servers.both}[database]() as addresses:
        print(f"Suite on {database}", flush=True)
        code = pytest([*anew, *arguments], addresses)
    if code in (TESTS_PASSED, TESTS_FAILED):
        unfinished.unlink()
    return code


@contextlib.contextmanager
def sqlite() -> Iterator[dict[str, str]]:
    """Whatever the environment names: this run is the one without servers."""
    yield {"DATABASE_URL": f"sqlite:///{VAR / 'site.sqlite3'}", "CACHE_URL": "locmemcache://"}


def pytest(arguments: list[str], addresses: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", "--reuse-db", *arguments]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **addresses}, preexec_fn=servers.end_with_parent
    )
    try:
        return process.wait()
    except BaseException:
        # Ctrl-C has reached pytest too: let it say where it was.
        with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            process.wait(5)
        process.terminate()
        raise


if __name__ == "__main__":
    VAR.mkdir(exist_ok=True)
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)
