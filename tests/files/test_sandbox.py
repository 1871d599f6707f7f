"""The process that takes files apart: what it has, what it may cost, and what becomes of its end."""

import contextlib
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from files.cleaning import UnacceptableFile, cleaned, cleaned_document
from files.sandbox import client, walls
from tests.files.pictures import picture, upload
from tests.files.test_documents import upload as named


def refused(deed) -> str:
    with pytest.raises(UnacceptableFile) as refusal:
        deed()
    assert refusal.value.messages[0]
    return refusal.value.key


@pytest.fixture
def running() -> int:
    cleaned(upload())
    return client.nursery._process.pid


@pytest.fixture
def nursery(monkeypatch):
    """A stand-in: a script that gets a file and three descriptors, and does what `body` says in a child."""

    def stand_in(tmp_path: Path, body: str) -> None:
        script = tmp_path / "nursery.py"
        script.write_text(
            "import os, signal, socket, time\n"
            "control = socket.socket(fileno=0)\n"
            "while True:\n"
            "    message, files, _, _ = socket.recv_fds(control, 65536, 3)\n"
            "    if not message: break\n"
            "    if os.fork() == 0:\n"
            "        line = socket.socket(fileno=files[2])\n"
            f"        {body}\n"
            "        os._exit(0)\n"
            "    [os.close(file) for file in files]\n"
        )
        monkeypatch.setattr(client, "NURSERY", script)
        monkeypatch.setattr(client, "nursery", made)

    made = client.Nursery()
    yield stand_in
    made.end()


def test_it_has_no_secret_no_file_and_no_connection_of_ours(running, db):
    process = Path(f"/proc/{running}")
    assert process.joinpath("environ").read_bytes() == b"LANG=C.UTF-8\0"
    opened = [os.readlink(each) for each in process.joinpath("fd").iterdir()]
    opened = [each for each in opened if each != "/dev/urandom"]  # of its ciphers
    assert len(opened) == 3 and sum(each.startswith("socket:") for each in opened) == 1
    assert os.readlink(process / "cwd") == "/"


def test_whoever_takes_a_child_over_opens_no_file_and_calls_nobody(tmp_path):
    (tmp_path / "secret").write_text("SECRET_KEY=")
    with socket.create_server(("127.0.0.1", 0)) as server:
        tries = [
            (tmp_path / "secret").read_text,
            (tmp_path / "made").touch,
            lambda: os.listdir("/etc"),
            lambda: os.execv("/bin/true", ["true"]),
            lambda: socket.create_connection(server.getsockname(), 1),
        ]
        if (pid := os.fork()) == 0:
            failed = 0
            with contextlib.suppress(BaseException):
                shut = walls.shut()
                for deed in tries:
                    try:
                        deed()
                    except PermissionError:
                        failed += 1
                os._exit(failed if shut else 99)
            os._exit(98)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code == 99:
        pytest.skip("this kernel has no Landlock")
    assert code == len(tries)


def test_it_stays_for_the_next_file(running):
    started = time.monotonic()
    cleaned(upload())
    assert client.nursery._process.pid == running
    assert time.monotonic() - started < 1


def test_its_end_is_not_noticed(running):
    os.kill(running, signal.SIGKILL)
    assert cleaned(upload()).content_type == "image/jpeg"
    assert client.nursery._process.pid != running


def test_a_fork_of_the_site_gets_one_of_its_own(running, monkeypatch):
    """gunicorn's workers: what the first one has started is still the first one's."""
    mine = client.Nursery()
    mine._process, mine._control = client.nursery._process, client.nursery._control
    mine._owner = os.getpid() - 1
    monkeypatch.setattr(client, "nursery", mine)
    assert cleaned(upload()).width == 40
    assert mine._process.pid != running
    mine.end()
    os.kill(running, 0)


def test_threads_do_not_mix_their_files_up(running):
    def width(size):
        return cleaned(upload(size=(size, 10))).width

    sizes = list(range(20, 44, 2))
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(width, sizes)) == sizes


# What it may cost --------------------------------------------------------------------------------------------
def test_memory_has_an_end(settings):
    settings.CLEANING_MEGABYTES = 40
    assert refused(lambda: cleaned(upload("PNG", size=(6000, 6000)))) == "exhausting"
    settings.CLEANING_MEGABYTES = 1024
    assert cleaned(upload("PNG", size=(60, 60))).width == 60


def test_time_has_an_end(settings, running):
    settings.CLEANING_SECONDS = 1
    endless = rb"{\rtf1 " + rb"\a\b" * 4_000_000 + b"}"
    started = time.monotonic()
    assert refused(lambda: cleaned_document(named("lettre.rtf", endless))) == "exhausting"
    assert time.monotonic() - started < 5
    assert client.nursery._process.pid == running and client.nursery._process.poll() is None


def test_what_it_writes_has_an_end(settings):
    big = picture("JPEG", size=(1000, 1000))
    settings.MAX_UPLOAD_BYTES = len(big)
    assert cleaned(upload(content=big)).width == 1000
    settings.MAX_UPLOAD_BYTES = 100
    assert refused(lambda: client.in_child(upload(content=big), "photo.jpg", "picture")) == "exhausting"


def test_whoever_finds_no_place_is_asked_to_come_back(settings, monkeypatch):
    settings.CLEANING_SECONDS = 0
    monkeypatch.setattr(client, "_places", client.threading.BoundedSemaphore(1))
    with client._places:
        assert refused(lambda: cleaned(upload())) == "busy"


# What becomes of its end, and of lies ------------------------------------------------------------------------
@pytest.mark.parametrize(
    "body",
    [
        "os.kill(os.getpid(), signal.SIGSEGV)",
        "os.kill(os.getpid(), signal.SIGKILL)",
        "pass",
        "line.sendall(b'no json')",
        "line.sendall(b'[1]')",
        """line.sendall(b'{"refused": "<b>a word of its own</b>", "params": {}}')""",
        """line.sendall(b'{"refused": "embedded", "params": 7}')""",
        """line.sendall(b'{"kind": "text", "ending": ".html", "notes": [], "size": null}')""",
        """line.sendall(b'{"kind": "exe", "ending": ".exe", "notes": [], "size": null}')""",
        """line.sendall(b'{"kind": "jpeg", "ending": ".jpg", "notes": ["made up"], "size": null}')""",
        """line.sendall(b'{"kind": "jpeg", "ending": ".jpg", "notes": [], "size": null}')""",
        """line.sendall(b'x' * 1_000_000)""",
    ],
)
def test_whatever_becomes_of_the_child_is_a_refusal_in_words(nursery, tmp_path, body):
    nursery(tmp_path, body)
    assert refused(lambda: cleaned(upload())) == "exhausting"


def test_silence_is_given_up(nursery, tmp_path, settings, monkeypatch):
    settings.CLEANING_SECONDS = 1
    monkeypatch.setattr(client, "PATIENCE", 0)
    nursery(tmp_path, "time.sleep(4)")
    started = time.monotonic()
    assert refused(lambda: cleaned(upload())) == "exhausting"
    assert time.monotonic() - started < 3
