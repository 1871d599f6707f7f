"""The door answers the same for an address that has an account and for one that has none: bytes, mails, work.

Time is measured by .ci/answers.py: in a suite it would say more of the machine than of us.
"""

import re
import time

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.submissions import new_key
from profiles.sessions.limits import GUARDS

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
    "account_request_login_code": lambda email: {"email": email},
    "account_email": lambda email: {"email": email, "action_add": "1"},
    "entrance:invitations": lambda email: {"email": email, "language": "fr"},
}
# Making an account, a link, a second address takes other statements than telling that there is one: what differs
# is some milliseconds, which the floor (ANSWER_FLOOR, in production) takes in.
MORE_FOR_ONE = {"account_signup", "account_reset_password", "account_email"}
# Of one answer alone.
TOKENS = re.compile(
    r'name="(?:csrfmiddlewaretoken|key)" value="[^"]+"|/invitations/[a-z0-9]{16}/|datetime="[^"]+"'
)
# Sent by somebody who is signed in; the others by a visitor.
BY = {"account_email": "member", "entrance:invitations": "staff"}


def sender(name, cast, client_of):
    """A client of its own each time, and what must go along with the form."""
    person = cast[BY[name]] if name in BY else None
    more = {"key": new_key(person, "account-invitation")} if name == "entrance:invitations" else {}
    return (client_of(person) if person else Client()), more


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
def test_answer_mail_and_work_are_the_same(
    noor, cast, client_of, hashing, name, django_capture_on_commit_callbacks
):
    found, statements = {}, {}
    for email in (KNOWN, UNKNOWN):
        client, more = sender(name, cast, client_of)
        hashing.clear()
        mail.outbox.clear()
        # Each from the same state of things: what one left behind is not there for the other.
        with transaction.atomic():
            with (
                django_capture_on_commit_callbacks(execute=True),
                CaptureQueriesContext(connection) as caught,
            ):
                answer = client.post(reverse(name), {**FORMS[name](email), **more})
            statements[email] = len(caught)
            shown = client.get(answer.url) if answer.status_code == 302 else answer
            transaction.set_rollback(True)
        body = shown.content.decode()
        headers = {key: value for key, value in answer.items() if key not in VARYING}
        found[email] = (
            answer.status_code,
            headers,
            TOKENS.sub("", body).replace(email, "X"),
            sorted(answer.cookies),
            [letter.to == [email] for letter in mail.outbox],
            len(hashing),
        )
    assert found[KNOWN] == found[UNKNOWN]
    if name in MORE_FOR_ONE:
        assert name in GUARDS  # answered at the floor and no earlier
    else:
        assert statements[KNOWN] == statements[UNKNOWN]


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
