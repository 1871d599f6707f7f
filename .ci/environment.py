"""Makes .venv/ and keeps it in step with the hash-pinned requirements.

Runs on the machine's own Python, so only the standard library is here. Usage: environment.py runtime|dev
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FILES = {"runtime": "requirements.txt", "dev": "requirements-dev.txt"}
OLDEST = (3, 11)


def main() -> None:
    kind = sys.argv[1]
    started = time.monotonic()
    if not works():
        say("Making the Python environment in .venv/")
        make()
    if up_to_date(kind):
        return
    say(f"Installing {FILES[kind]}, each package checked against its hash")
    install(ROOT / FILES[kind])
    stamp(kind)
    say(f"Environment ready after {time.monotonic() - started:.0f} s")


def works() -> bool:
    """False when .venv/ is absent, half made, or its Python has moved away or grown too old."""
    probe = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    return PYTHON.exists() and quietly(PYTHON, "-c", probe)


def make() -> None:
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(
            f"Python 3.11 or newer is needed, {sys.executable} is {found}. Another: make PYTHON=python3.12 …"
        )
    if not importlib.util.find_spec("ensurepip") or not importlib.util.find_spec("venv"):
        sys.exit("Python cannot make environments here. On Debian: sudo apt install python3-venv")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def install(requirements: Path) -> None:
    """With uv, which is three times as fast; with pip where uv cannot be had or fails."""
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--require-hashes"]
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        quietly(*pip, "-q", "-r", ROOT / ".ci" / "uv.txt")
    fast = [str(uv), "pip", "install", "--python", str(PYTHON), "--require-hashes", "-r", str(requirements)]
    if uv.exists() and subprocess.run(fast).returncode == 0:
        return
    say("uv did not do it: trying pip, which takes about a minute longer")
    if subprocess.run([*pip, "--progress-bar", "off", "-r", str(requirements)]).returncode:
        sys.exit("The packages could not be installed; the lines above say why. Is the network reachable?")


def up_to_date(kind: str) -> bool:
    file = stamp_file(kind)
    return file.exists() and file.read_text() == digest(kind)


def stamp(kind: str) -> None:
    """What development needs contains what running needs."""
    for name in ("runtime", "dev") if kind == "dev" else ("runtime",):
        stamp_file(name).write_text(digest(name))


def stamp_file(kind: str) -> Path:
    return VENV / f"installed-{kind}"


def digest(kind: str) -> str:
    """Of every file whose pins are in force: development's are constrained by those of running."""
    names = FILES.values() if kind == "dev" else [FILES["runtime"]]
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in names)).hexdigest()


def quietly(*command: object) -> bool:
    words = [str(word) for word in command]
    return subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def say(text: str) -> None:
    print(f"· {text}", flush=True)


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
