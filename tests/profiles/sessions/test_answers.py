"""The door answers the same for an address that has an account and for one that has none: bytes, mails, work.

Time is measured by .ci/answers.py: in a suite it would say more of the machine than of us.
"""

import re
import time

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.test import Client
from django.urls import reverse

# The hour of the answer is in it (allauth says that the page is out of date at once).
VARYING = {"X-Request-Id", "Content-Length", "Expires"}
KNOWN, UNKNOWN = "noor@people.example", "nobody@people.example"
FORMS = {
    "account_login": lambda email: {"login": email, "password": "not the password"},
    "account_signup": lambda email: {
        "email": email,
        "display_name": "N",
        "password1": "a lamp by the sea 9",
        "charter": "on",
    },
    "account_reset_password": lambda email: {"email": email},
}


@pytest.fixture
def hashing(monkeypatch):
    """How often a password is hashed: the dear part of an answer."""
    counted = []
    encode = hashers.MD5PasswordHasher.encode

    def count(self, password, salt):
        counted.append(1)
        return encode(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", count)
    return counted


@pytest.mark.parametrize("name", FORMS)
def test_answer_mail_and_work_are_the_same(noor, hashing, name):
    found = {}
    for email in (KNOWN, UNKNOWN):
        client = Client()
        hashing.clear()
        mail.outbox.clear()
        answer = client.post(reverse(name), FORMS[name](email))
        shown = client.get(answer.url) if answer.status_code == 302 else answer
        body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", shown.content.decode())
        headers = {key: value for key, value in answer.items() if key not in VARYING}
        found[email] = (
            answer.status_code,
            headers,
            body.replace(email, "X"),
            sorted(answer.cookies),
            [letter.to == [email] for letter in mail.outbox],
            len(hashing),
        )
    assert found[KNOWN] == found[UNKNOWN]


def test_answer_waits_for_the_floor(db, settings):
    settings.ANSWER_FLOOR = 0.3
    started = time.monotonic()
    Client().post(reverse("account_login"), {"login": UNKNOWN, "password": "x"})
    assert time.monotonic() - started >= 0.3


def test_page_without_a_form_does_not_wait(client, db, settings, monkeypatch):
    settings.ANSWER_FLOOR = 5
    monkeypatch.setattr("profiles.sessions.middleware.time.sleep", lambda seconds: pytest.fail("waited"))
    client.get(reverse("account_login"))
    client.post("/en/nowhere/", {"content": "x"})
