"""The process that divides: `python -I nursery.py`, a socket as its standard input. See `files.sandbox`.

What comes in over the socket is one message for each file: JSON (`Job`), and three open files with it: the file to
clean, an empty one for what comes of it, a socket for the answer. The answer is JSON as well: {"refused": key} or
what `files.cleaning.work.Clean` says. No answer at all means that the child came to grief.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any, Final

LONGEST_MESSAGE: Final = 64 * 1024  # bytes
IDLE: Final = 600  # seconds without a file, after which it ends; the next one starts it again
MEGABYTE: Final = 1024 * 1024


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from django.conf import settings

    # No secret, no database, no language: Django's words come out as they are in the code.
    settings.configure(USE_I18N=False)
    _load()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us; their end is ours
    with socket.socket(fileno=0) as control:
        _serve(control)


def _load() -> None:
    """All that a child may need: it opens no file any more, and an import would cost every file its time."""
    import contextlib
    import encodings
    import importlib
    import io
    import pkgutil

    import mutagen
    import pikepdf
    from PIL import Image

    import files.cleaning.bundles
    import files.cleaning.work
    import files.sandbox.walls  # noqa: F401

    Image.init()
    mutagen.File(io.BytesIO(b"nothing"))
    # Its ciphers read their settings from the disk when the first locked file comes.
    locked = io.BytesIO()
    pikepdf.new().save(locked, encryption=pikepdf.Encryption(owner="owner", user=""))
    pikepdf.open(locked).close()
    for each in pkgutil.iter_modules(encodings.__path__):
        with contextlib.suppress(ImportError):  # Windows has some of its own
            importlib.import_module(f"encodings.{each.name}")


def _serve(control: socket.socket) -> None:
    children: dict[int, float] = {}  # pid -> when it has to be done
    last = time.monotonic()
    while children or time.monotonic() - last < IDLE:
        ready, _, _ = select.select([control], [], [], 0.2 if children else IDLE)
        _bury(children)
        if not ready:
            continue
        message, files, _flags, _address = socket.recv_fds(control, LONGEST_MESSAGE, 3)
        if not message:  # whoever started us has ended
            break
        last, job = time.monotonic(), json.loads(message)
        if (pid := os.fork()) == 0:
            control.close()
            _be_child(job, files)
        children[pid] = last + job["seconds"]
        for file in files:
            os.close(file)
    _bury(dict.fromkeys(children, 0.0))


def _bury(children: dict[int, float]) -> None:
    """Ends whoever takes too long, and takes note of who has ended."""
    for pid, until in list(children.items()):
        if time.monotonic() > until:
            os.kill(pid, signal.SIGKILL)
        if os.waitpid(pid, 0 if time.monotonic() > until else os.WNOHANG)[0]:
            children.pop(pid)


def _be_child(job: dict[str, Any], files: list[int]) -> None:
    """Never returns."""
    from files.sandbox import walls

    try:
        _limit(job)
        walls.shut()
        answer = _cleaned(job, *files[:2])
        with socket.socket(fileno=files[2]) as line:
            line.sendall(json.dumps(answer).encode())
    finally:
        os._exit(0)


def _limit(job: dict[str, Any]) -> None:
    """Nothing of a person's file gets into a core dump, and nobody else waits for it."""
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    limits = {
        resource.RLIMIT_AS: mapped + job["megabytes"] * MEGABYTE,
        resource.RLIMIT_CPU: job["seconds"],
        resource.RLIMIT_FSIZE: job["most_written"],
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for name, most in limits.items():
        resource.setrlimit(name, (most, most))
    signal.alarm(job["seconds"] + 1)  # should the nursery be gone by then
    os.nice(5)
    # A refusal of memory or of bytes is an exception, not a line on the console.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def _cleaned(job: dict[str, Any], source: int, target: int) -> dict[str, Any]:
    from files.cleaning.refusals import UnacceptableFile
    from files.cleaning.work import clean
    from files.purposes import PURPOSES

    try:
        with os.fdopen(source, "rb") as given:
            done = clean(given, job["name"], PURPOSES[job["purpose"]])
        with os.fdopen(target, "wb") as out:
            out.write(done.content)
            out.write(done.small or b"")
    except UnacceptableFile as refusal:
        return {"refused": refusal.key, "params": refusal.params or {}}
    except (MemoryError, RecursionError, OSError):
        return {"refused": "exhausting", "params": {}}
    return {
        "kind": done.kind,
        "ending": done.ending,
        "notes": sorted(done.notes),
        "size": done.size,
        # The small picture comes behind the file, from there on.
        "small": [len(done.content), *done.small_size] if done.small and done.small_size else None,
    }


if __name__ == "__main__":
    main()
