"""A translation server on this machine, as LibreTranslate answers, which can also misbehave."""

import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

KNOWN = ["ar", "en", "fr", "nl"]


class Answers(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        self.server.asked.append((self.path, None))
        known = [{"code": code, "name": code, "targets": self.server.known} for code in self.server.known]
        self.say(200, json.dumps(known).encode())

    def do_POST(self):
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, question))
        self.server.behave(self, question)

    def say(self, status, body, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drafts(self, drafts):
        self.say(200, json.dumps({"translatedText": drafts}).encode())


def well(answers, question):
    answers.drafts([f"{text} ({question['target']})" for text in question["q"]])


def slow(answers, question):
    time.sleep(1.5)
    well(answers, question)


def drip(answers, question):
    """A byte at a time: no single wait is long."""
    answers.send_response(200)
    answers.end_headers()
    for _second in range(30):
        answers.wfile.write(b" ")
        time.sleep(0.1)


def endless(answers, question):
    """50 MB, and good JSON all the same."""
    answers.send_response(200)
    answers.end_headers()
    answers.wfile.write(b'{"translatedText": ["un"]')
    for _megabyte in range(50):
        answers.wfile.write(b" " * 1024 * 1024)
    answers.wfile.write(b"}")


def status(number, **headers):
    return lambda answers, question: answers.say(number, b"{}", **headers)


def body(raw):
    return lambda answers, question: answers.say(200, raw)


def hang_up(answers, question):
    answers.connection.close()


@contextlib.contextmanager
def serving():
    """Running. `.asked` is what it was sent, `.behave` how it answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    server.handle_error = lambda *args: None  # a client that hangs up is what is tried here
    server.asked, server.behave, server.known = [], well, KNOWN
    server.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def translation_server(settings):
    """And named in the settings."""
    with serving() as server:
        settings.MACHINE_TRANSLATION_URL = server.url
        settings.MACHINE_TRANSLATION_TIMEOUT = 0.5
        yield server
