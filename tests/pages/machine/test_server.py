"""Whatever a translation server does, the client ends in time with words or with a reason."""

import time

import pytest

from pages.machine import server as module
from pages.machine.problems import Problem
from pages.machine.server import Server, Trouble, named_server
from tests.pages.machine import conftest as manners


def test_no_address_no_server(settings):
    settings.MACHINE_TRANSLATION_URL = ""
    assert named_server() is None


def test_drafts_come_back_in_order_and_the_key_is_sent(translation_server, settings):
    settings.MACHINE_TRANSLATION_KEY = "a key"
    assert named_server().translate(["un", "deux"], "fr", "ar") == ["un (ar)", "deux (ar)"]
    ((path, question),) = translation_server.asked
    assert path == "/translate"
    assert question == {
        "q": ["un", "deux"],
        "source": "fr",
        "target": "ar",
        "format": "html",
        "api_key": "a key",
    }


def test_many_strings_go_in_batches_and_a_long_one_alone(translation_server):
    strings = ["x" * 1500] * 5 + ["y" * 9000] + ["z"] * 50
    drafts = named_server().translate(strings, "fr", "ar")
    assert drafts == [f"{string} (ar)" for string in strings]
    sizes = [len(question["q"]) for _path, question in translation_server.asked]
    assert sizes == [2, 2, 1, 1, 40, 10]


@pytest.mark.parametrize(
    ("behave", "problem"),
    [
        (manners.slow, Problem.SLOW),
        (manners.drip, Problem.SLOW),
        (manners.endless, Problem.NONSENSE),
        (manners.hang_up, Problem.UNREACHABLE),
        (manners.status(500), Problem.BROKEN),
        (manners.status(400), Problem.REJECTED),
        (manners.status(403), Problem.REFUSED),
        (manners.status(429), Problem.BUSY),
        (manners.status(204), Problem.NONSENSE),
        (manners.body(b"<html>Welcome</html>"), Problem.NONSENSE),
        (manners.body(b"\xff\xfe\x00"), Problem.NONSENSE),
        (manners.body(b""), Problem.NONSENSE),
        (manners.body(b"[" * 200_000), Problem.NONSENSE),
        (manners.body(b'{"translatedText": "one string"}'), Problem.NONSENSE),
        (manners.body(b'{"translatedText": ["one", "too many"]}'), Problem.NONSENSE),
        (manners.body(b'{"translatedText": [7]}'), Problem.NONSENSE),
        (manners.body(b'["translatedText"]'), Problem.NONSENSE),
    ],
)
def test_server_misbehaves_trouble_says_why_and_soon(behave, problem, translation_server):
    translation_server.behave = behave
    began = time.monotonic()
    with pytest.raises(Trouble) as trouble:
        named_server().translate(["un"], "fr", "ar")
    assert trouble.value.problem == problem
    assert time.monotonic() - began < 3


def test_redirect_is_not_followed(translation_server):
    elsewhere = f"http://127.0.0.1:{translation_server.server_port}/elsewhere"
    translation_server.behave = manners.status(307, Location=elsewhere)
    with pytest.raises(Trouble) as trouble:
        named_server().translate(["un"], "fr", "ar")
    assert trouble.value.problem == Problem.ELSEWHERE
    assert [path for path, _question in translation_server.asked] == ["/translate"]


def test_server_down_cannot_be_reached():
    with pytest.raises(Trouble) as trouble:
        Server("http://127.0.0.1:9", timeout=1).translate(["un"], "fr", "ar")
    assert trouble.value.problem == Problem.UNREACHABLE


def test_languages_are_asked_once_and_pairs_known(translation_server):
    translation_server.known = ["en", "fr"]
    named = named_server()
    assert (named.knows("fr", "en"), named.knows("fr", "ar"), named.knows("ar", "fr")) == (True, False, False)
    assert [path for path, _question in translation_server.asked] == ["/languages"]


def test_whole_page_has_an_end_too(translation_server, monkeypatch):
    monkeypatch.setattr(module, "WHOLE_PAGE", 0)
    with pytest.raises(Trouble) as trouble:
        named_server().translate(["un"], "fr", "ar")
    assert trouble.value.problem == Problem.SLOW
