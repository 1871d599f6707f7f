"""Tries are counted in the database, by network, address, account and device; the owner is never locked out."""

import contextlib
import os
import re
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from profiles.sessions.addresses import folded, network
from profiles.sessions.counting import LONGEST, Bucket, Rate, first_time, forget_old
from profiles.sessions.models import Count
from tests.profiles.sessions.conftest import PASSWORD, is_signed_in, sign_in

ROOT = Path(__file__).resolve().parents[3]


def statuses(client, times, **kwargs):
    return [sign_in(client, **kwargs).status_code for _ in range(times)]


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ("Noor@People.example", "noor@people.example"),
        ("noor+x@people.example", "noor@people.example"),
        ("n.o.or@people.example", "n.o.or@people.example"),
        ("n.o.or+y@googlemail.com", "noor@gmail.com"),
        ("+x@people.example", "+x@people.example"),
        ("nothing", "@nothing"),
        ("", "@"),
    ],
)
def test_one_mailbox_is_counted_once(typed, counted):
    assert folded(typed) == counted


@pytest.mark.parametrize(
    ("ip", "counted"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2ff:a::1", "2001:db8:1:200::/56"),
        ("nothing", "unknown"),
    ],
)
def test_network_is_what_a_household_has(ip, counted):
    assert network(ip) == counted


@pytest.mark.parametrize("text", ["5", "5/0", f"5/{LONGEST + 1}", "x/60"])
def test_window_that_is_none_or_too_long_is_refused(text):
    with pytest.raises(ValueError):
        Rate.of(text)


def test_too_many_failures_are_refused_in_words_with_when(noor, limited):
    client = Client()
    assert statuses(client, 3, password="wrong") == [200] * 3
    answer = sign_in(client)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 900
    assert "minutes, then try again" in answer.content.decode()
    assert reverse("account_reset_password") in answer.content.decode()


def test_right_password_gives_the_try_back(noor, limited):
    for _ in range(5):
        assert sign_in(Client()).status_code == 302


def test_refusal_is_the_same_for_an_address_nobody_has(noor, limited):
    answers = set()
    for email in ("noor@people.example", "nobody@people.example"):
        client = Client(REMOTE_ADDR=f"203.0.{len(answers)}.1")
        statuses(client, 3, email=email, password="wrong")
        body = sign_in(client, email, "wrong").content.decode().replace(email, "X")
        answers.add(re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body))
    assert len(answers) == 1 and "429" not in answers


def test_spellings_of_one_address_share_a_count(noor, limited):
    client = Client()
    for email in ("noor@people.example", "NOOR@people.example", "noor+1@people.example"):
        sign_in(client, email, "wrong")
    assert sign_in(client).status_code == 429


def test_network_is_limited_whatever_the_address(noor, limited):
    for number in range(6):
        client = Client(REMOTE_ADDR=f"203.0.113.{number}")
        assert sign_in(client, f"someone{number}@people.example", "wrong").status_code == 200
    assert sign_in(Client(REMOTE_ADDR="203.0.113.99"), "other@people.example", "x").status_code == 429
    assert sign_in(Client(REMOTE_ADDR="203.0.114.1"), "other@people.example", "x").status_code == 200


def test_owner_on_a_known_device_is_not_locked_out(noor, limited):
    """Somebody tries the address from everywhere, even from the owner's own network, and also with a device
    cookie of another account.
    """
    own = Client()
    sign_in(own)
    own.cookies.pop("sessionid")  # not signed out: the session ended
    attacker = Client()
    assert statuses(attacker, 7, password="wrong")[-1] == 429
    assert sign_in(own).status_code == 302
    assert is_signed_in(own)
    # And the device itself is no way around the limit.
    own.cookies.pop("sessionid")
    assert statuses(own, 4, password="wrong") == [200, 200, 200, 429]


def test_device_of_another_account_counts_like_any_other(noor, limited, member):
    from profiles.joining import enrol

    enrol("sami@people.example", PASSWORD, "Sami", approved=True)
    other = Client()
    sign_in(other, "sami@people.example")
    other.cookies.pop("sessionid")
    statuses(Client(), 3, password="wrong")
    assert sign_in(other).status_code == 429


def test_forged_device_cookie_counts_for_nothing(noor, limited):
    statuses(Client(), 3, password="wrong")
    client = Client()
    client.cookies["device"] = "W10:forged:cookie"
    assert sign_in(client).status_code == 429


def test_reset_stays_open_and_lets_the_owner_in(noor, limited):
    client = Client()
    statuses(client, 4, password="wrong")
    assert client.post(reverse("account_reset_password"), {"email": noor.email}).status_code == 302
    address = re.search(r"https?://[^/]+(/\S*/password/reset/key/\S+/)", mail.outbox[-1].body)[1]
    form = client.get(address, follow=True).wsgi_request.path
    assert client.post(form, {"password1": PASSWORD + "s", "password2": PASSWORD + "s"}).status_code == 302
    assert sign_in(client, password=PASSWORD + "s").status_code == 302


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("account_reset_password", {"email": "noor@people.example"}),
        (
            "account_signup",
            {
                "email": "noor@people.example",
                "display_name": "N",
                "password1": "another long lamp",
                "charter": "on",
            },
        ),
    ],
)
def test_mails_to_one_address_are_limited(noor, limited, name, data):
    assert [Client().post(reverse(name), data).status_code for _ in range(3)] == [302, 302, 429]


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_second_factor_is_limited_per_account_over_all_sessions(noor, limited):
    TOTP.activate(noor, "JBSWY3DPEHPK3PXP")
    last = None
    for number in range(4):
        client = Client(REMOTE_ADDR=f"203.0.{number}.1")
        sign_in(client)
        last = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert last.status_code == 429


def test_code_of_the_app_works_once(noor):
    TOTP.activate(noor, "JBSWY3DPEHPK3PXP")
    code = code_for("JBSWY3DPEHPK3PXP")
    answers = []
    for _ in range(2):
        client = Client()
        sign_in(client)
        answers.append(client.post(reverse("mfa_authenticate"), {"code": code}).status_code)
    assert answers == [302, 200]


def test_table_names_nobody(noor, limited):
    sign_in(Client(REMOTE_ADDR="203.0.113.7"), password="wrong")
    rows = list(Count.objects.all())
    assert len(rows) == 2
    text = str([(row.key, row.hits) for row in rows])
    assert "noor" not in text and "203.0" not in text


def test_counts_are_forgotten_after_their_window(noor, limited):
    sign_in(Client(), password="wrong")
    assert forget_old() == 0
    from datetime import timedelta

    from django.utils import timezone

    assert forget_old(timezone.now() + timedelta(seconds=LONGEST)) == 2


def test_only_the_first_is_first(db):
    assert [first_time("x", "v", 60) for _ in range(2)] == [True, False]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
def test_tries_at_the_same_moment_are_all_counted(db):
    """Each in a thread and so in a connection of its own, outside the test's transaction."""
    bucket = Bucket("sign_in", "address", "noor", Rate(5, 900))

    def once(function):
        try:
            return function()
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        waits = list(pool.map(once, [bucket.take] * 20))
        pool.submit(once, bucket.clear).result()
    assert sum(1 for wait in waits if not wait) == 5


AWAY = """
import datetime, django, time_machine
# As `windows_begun`: no window ends between two tries.
now = datetime.datetime.now(datetime.timezone.utc)
time_machine.travel(now.replace(minute=0, second=5) + datetime.timedelta(hours=1)).start()
from django.test.utils import setup_test_environment
django.setup(); setup_test_environment()
from django.conf import settings
from django.test import Client
from profiles.joining import enrol
enrol("noor@away.example", "a lamp beside the river", "Noor", approved=True)
settings.LIMITS = {"sign_in": {"address": "2/900"}}
def sign_in(password):
    data = {"login": "noor@away.example", "password": password}
    return Client().post("/fr/account/login/", data).status_code
print([Client().get(f"/fr/{name}").status_code for name in ("account/login/", "", "events/")])
print([sign_in(word) for word in ("a lamp beside the river", "wrong", "wrong", "wrong")])
print({name: cache["BACKEND"] for name, cache in settings.CACHES.items()})
"""


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="a process of its own, on a copy of the suite's file"
)
def test_door_holds_while_the_cache_is_away(db, tmp_path):
    """The whole site in a process of its own, with Redis at a port where nobody listens."""
    with (
        contextlib.closing(sqlite3.connect(connection.settings_dict["NAME"])) as world,
        contextlib.closing(sqlite3.connect(tmp_path / "away.sqlite3")) as copy,
    ):
        world.backup(copy)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'away.sqlite3'}",
        "CACHE_URL": "redis://127.0.0.1:1/0",
        "EMAIL_URL": "dummymail://",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    done = subprocess.run(
        [sys.executable, "-c", AWAY],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
        check=False,
    )
    assert "[200, 200, 200]" in done.stdout, done.stderr[-3000:]
    assert "[302, 200, 200, 429]" in done.stdout, done.stderr[-3000:]
    assert done.stdout.count("PatientRedisCache") == 3
