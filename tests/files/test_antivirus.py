"""clamd's own protocol, spoken by a small server: without its clear word nothing is taken."""

import socket
import struct
import threading
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from files.antivirus import scan
from files.cleaning import UnacceptableFile, cleaned
from files.models import StoredFile
from files.store import keep
from tests.files.pictures import upload

BAD = b"X5O!P%@AP[4 harmless here, a find there"


class Clamd(threading.Thread):
    """INSTREAM as in clamd(8): length and block, over and over, until a length of zero."""

    def __init__(self, address, says=None):
        super().__init__(daemon=True)
        self.says, self.seen = says, []
        self.socket = socket.socket(socket.AF_UNIX if isinstance(address, str) else socket.AF_INET)
        self.socket.bind(address)
        self.socket.listen()

    def run(self):
        while True:
            try:
                line, _ = self.socket.accept()
            except OSError:
                return
            with line:
                self.answer(line)

    def answer(self, line):
        if self.says == "nothing":
            time.sleep(1)
            return
        if self.says == "hangs up":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        stream = line.makefile("rb")
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", stream.read(4))[0]:
            content += stream.read(length)
        stream.close()
        self.seen.append(content)
        found = b"stream: Test-Signature FOUND" if BAD in content else b"stream: OK"
        line.sendall((found if self.says is None else self.says) + b"\0")


@pytest.fixture
def clamd(settings, tmp_path):
    made = []

    def start(says=None, address=None):
        server = Clamd(address or str(tmp_path / "clamd"), says)
        server.start()
        made.append(server)
        settings.CLAMD_ADDRESS, settings.CLAMD_TIMEOUT = f"unix:{tmp_path / 'clamd'}", 0.3
        if address:
            settings.CLAMD_ADDRESS = f"tcp://127.0.0.1:{server.socket.getsockname()[1]}"
        return server

    yield start
    for server in made:
        server.socket.shutdown(socket.SHUT_RDWR)
        server.socket.close()
        server.join()


@pytest.mark.parametrize("address", [None, ("127.0.0.1", 0)], ids=["unix", "tcp"])
def test_every_byte_is_shown_and_a_clean_file_is_taken(clamd, address):
    server = clamd(address=address)
    photo = upload()
    assert cleaned(photo).width == 40
    photo.seek(0)
    assert server.seen == [photo.read()]
    big = SimpleUploadedFile("big.txt", bytes(range(256)) * 2_000)
    scan(big)
    assert server.seen[1] == bytes(range(256)) * 2_000


def test_what_it_finds_is_refused_before_anything_opens_it(clamd, monkeypatch):
    clamd()
    monkeypatch.setattr("files.cleaning.door.in_child", lambda *_: pytest.fail("opened"))
    with pytest.raises(UnacceptableFile) as refusal:
        cleaned(SimpleUploadedFile("photo.jpg", BAD))
    assert refusal.value.code == "virus"


@pytest.mark.parametrize(
    "says",
    [
        b"INSTREAM size limit exceeded. ERROR",
        b"stream: OK, I think",
        b"OK",
        b"",
        b"x" * 10_000,
        "nothing",
        "hangs up",
    ],
)
def test_without_its_clear_word_nothing_is_taken(clamd, says):
    clamd(says)
    with pytest.raises(UnacceptableFile) as refusal:
        cleaned(upload())
    assert refusal.value.code == "no_scanner" and "try again later" in refusal.value.messages[0]


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd", "tcp://127.0.0.1:1", "http://127.0.0.1", "clamd"])
def test_scanner_that_is_not_there_or_wrongly_set_means_no(settings, address):
    settings.CLAMD_ADDRESS = address
    with pytest.raises(UnacceptableFile) as refusal:
        cleaned(upload())
    assert refusal.value.code == "no_scanner"


def test_original_kept_as_evidence_is_looked_at_too(clamd, member):
    clamd()
    clean = cleaned(upload())
    with pytest.raises(UnacceptableFile):
        keep(clean, kind="test", by=member, original=SimpleUploadedFile("photo.jpg", BAD))
    assert not StoredFile.objects.exists()
