"""How long a session lives, what ends it, what a shared phone leaves behind, and the list its owner sees."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.account import signals as account
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import staffdesk
from profiles.sessions import life, listing
from profiles.sessions.listing import device_of
from tests.profiles.sessions.conftest import PASSWORD, is_signed_in, sign_in

ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/139.0 Mobile Safari/537.36"
MINUTE, HOUR, DAY = 60, 3600, 86400


def signed_in(**headers):
    client = Client(**headers)
    sign_in(client)
    return client


# Limits


@pytest.mark.parametrize(
    ("shared", "pause", "times", "lives"),
    [
        (False, 13 * DAY, 1, True),
        (False, 14 * DAY + HOUR, 1, False),
        (False, 10 * DAY, 5, True),
        (False, 10 * DAY, 7, False),
        (True, 19 * MINUTE, 1, True),
        (True, 21 * MINUTE, 1, False),
        (True, 15 * MINUTE, 15, True),
        (True, 15 * MINUTE, 17, False),
    ],
)
def test_session_ends_when_idle_and_after_all(noor, shared, pause, times, lives):
    start = time.time()
    with time_machine.travel(start, tick=False):
        client = Client()
        sign_in(client, remember="on", **({"shared": "1"} if shared else {}))
    for number in range(1, times + 1):
        with time_machine.travel(start + number * pause, tick=False):
            alive = is_signed_in(client)
    assert alive is lives
    if not lives:
        assert not UserSession.objects.exists() and "sessionid" not in client.session


def test_use_is_noted_seldom(noor, django_assert_num_queries):
    client = signed_in()
    noted = client.session[life.SEEN]
    with time_machine.travel(time.time() + 5 * MINUTE):
        is_signed_in(client)
    assert client.session[life.SEEN] == noted
    with time_machine.travel(time.time() + DAY):
        is_signed_in(client)
    assert client.session[life.SEEN] > noted
    seen = UserSession.objects.get().last_seen_at
    assert (seen.hour, seen.minute, seen.second) == (0, 0, 0)


# A shared phone


def test_shared_phone_gets_a_session_that_ends_with_the_browser(noor):
    client = Client()
    answer = sign_in(client, remember="on", shared="1")
    assert answer.cookies["sessionid"]["max-age"] == ""
    assert "device" not in answer.cookies
    page = client.get(reverse("account_change_password")).content.decode()
    assert page.count("<form autocomplete=") == page.count("<form")
    assert 'autocomplete="current-password"' not in page


def test_own_phone_may_fill_in(noor):
    client = Client()
    answer = sign_in(client, remember="on")
    assert answer.cookies["sessionid"]["max-age"] and answer.cookies["device"]["httponly"]
    assert "<form autocomplete=" not in client.get(reverse("account_change_password")).content.decode()


def test_choice_of_a_shared_phone_lasts_through_the_second_factor(noor):
    from tests.profiles.sessions.test_limits import code_for

    TOTP.activate(noor, "JBSWY3DPEHPK3PXP")
    client = Client()
    sign_in(client, remember="on", shared="1")
    answer = client.post(reverse("mfa_authenticate"), {"code": code_for("JBSWY3DPEHPK3PXP")})
    assert answer.status_code == 302 and "device" not in answer.cookies
    assert life.is_shared(client.session) and client.session.get_expire_at_browser_close()


@pytest.mark.parametrize("shared", [False, True])
def test_signing_out_leaves_nothing_behind(noor, shared):
    client = Client()
    sign_in(client, **({"shared": "1"} if shared else {}))
    answer = client.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == ('"cache", "cookies", "storage"' if shared else '"cache", "storage"')
    assert not UserSession.objects.exists() and not Session.objects.exists()


# What ends sessions


def change_password(client, user):
    data = {"oldpassword": PASSWORD, "password1": PASSWORD + "s", "password2": PASSWORD + "s"}
    assert client.post(reverse("account_change_password"), data).status_code == 302


def reset_password(client, user):
    account.password_reset.send(sender=None, request=Client().get("/healthz").wsgi_request, user=user)


def end_others(client, user):
    client.post(reverse("usersessions_list"))


def add_factor(client, user):
    from tests.profiles.sessions.test_limits import code_for

    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)}).status_code == 302


def remove_factor(client, user):
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302


def new_codes(client, user):
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 302


def change_address(client, user):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"email": "noor@new.example", "action_add": "1"})
    import re

    letter = next(each for each in mail.outbox if "confirm-email" in each.body)
    link = re.search(r"http://[^/]+(/\S+/confirm-email/\S+)", letter.body)[1]
    client.post(link)
    user.refresh_from_db()
    assert user.email == "noor@new.example"


@pytest.mark.parametrize(
    "deed", [change_password, end_others, add_factor, remove_factor, new_codes, change_address]
)
def test_every_other_session_ends_and_ones_own_stays(noor, deed, monkeypatch):
    own, other = signed_in(), signed_in()
    assert is_signed_in(own) and is_signed_in(other)
    # As outside of a test's transaction: before the answer.
    monkeypatch.setattr("django.db.transaction.on_commit", lambda function, **kwargs: function())
    deed(own, noor)
    assert is_signed_in(own)
    assert not is_signed_in(other)
    page = own.get(reverse("usersessions_list"))
    assert [line.is_current for line in page.context["lines"]] == [True]


def test_every_session_ends_with_a_reset(noor):
    client = signed_in()
    reset_password(client, noor)
    assert not is_signed_in(client)


@pytest.mark.parametrize("deed", ["suspend", "refuse"])
def test_old_session_does_not_live_again_when_the_account_does(noor, staff, deed):
    if deed == "refuse":
        noor.is_approved = False
        noor.save()
    client = signed_in()
    getattr(staffdesk, deed)(noor, by=staff, reason="a reason")
    staffdesk.reinstate(noor, by=staff)
    assert not is_signed_in(client)
    assert not UserSession.objects.exists()


def test_erasure_ends_every_session(noor):
    signed_in()
    noor.empty()
    assert not Session.objects.exists() and not UserSession.objects.exists()


# The list


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (ANDROID, "Chrome, Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140 Safari/537 Edg/140", "Edge, Windows"),
        (
            "Mozilla/5.0 (Linux; Android 9) SamsungBrowser/20 Chrome/99 Safari/537",
            "Samsung Internet, Android",
        ),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_device_is_named_as_its_owner_knows_it(agent, words):
    assert device_of(agent) == words


def test_list_says_device_and_day_and_nothing_else(noor):
    client = signed_in(HTTP_USER_AGENT=ANDROID, REMOTE_ADDR="203.0.113.7")
    row = UserSession.objects.get()
    assert (row.ip, row.user_agent) == ("0.0.0.0", "Chrome, Android")
    UserSession.objects.update(created_at=timezone.now() - timedelta(days=40))
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "Chrome, Android" in page and "earlier" in page and "today" in page and "This device" in page
    assert "203.0.113" not in page and "139.0" not in page


def test_one_session_is_ended_by_its_owner_alone(noor, member, client_of):
    own, other = signed_in(), signed_in(HTTP_USER_AGENT=ANDROID)
    lines = own.get(reverse("usersessions_list")).context["lines"]
    theirs = next(line for line in lines if not line.is_current)
    address = reverse("account_sessions:session_end", args=[theirs.token])
    assert client_of(member).post(address).status_code == 404
    assert own.post(reverse("account_sessions:session_end", args=["x"])).status_code == 404
    assert is_signed_in(other)
    assert own.post(address).status_code == 302
    assert not is_signed_in(other) and is_signed_in(own)


def test_ending_the_current_one_signs_out(noor):
    client = signed_in()
    (line,) = client.get(reverse("usersessions_list")).context["lines"]
    answer = client.post(reverse("account_sessions:session_end", args=[line.token]))
    assert answer["Clear-Site-Data"] == '"cache", "storage"' and not is_signed_in(client)


def test_list_costs_the_same_for_one_and_for_many(noor, django_assert_max_num_queries):
    from django.test.utils import CaptureQueriesContext

    client = signed_in()
    client.get(reverse("usersessions_list"))

    def cost():
        from django.db import connection

        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("usersessions_list"))
        return len(queries)

    at_one = cost()
    until = timezone.now() + timedelta(days=1)
    Session.objects.bulk_create(
        Session(session_key=f"k{n}", session_data="", expire_date=until) for n in range(30)
    )
    UserSession.objects.bulk_create(
        UserSession(user=noor, session_key=f"k{n}", ip="0.0.0.0", user_agent="") for n in range(30)
    )
    assert cost() == at_one <= 10


def test_rows_of_ended_sessions_are_forgotten(noor):
    signed_in()
    UserSession.objects.create(user=noor, session_key="gone", ip="0.0.0.0", user_agent="")
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=2))
    assert listing.forget_old() == 1
    assert UserSession.objects.count() == 1


# The mail


def test_new_device_is_told_by_mail_in_neutral_words(noor):
    type(noor).objects.update(date_joined=timezone.now() - timedelta(days=9))
    client = signed_in(HTTP_USER_AGENT=ANDROID, REMOTE_ADDR="203.0.113.7")
    (letter,) = mail.outbox
    assert letter.to == ["noor@people.example"]
    assert "Chrome, Android" in letter.body and "/fr/" in letter.body
    for private in ("Noor", "203.0.113", "139.0"):
        assert private not in letter.subject + letter.body
    client.cookies.pop("sessionid")
    sign_in(client)
    assert len(mail.outbox) == 1


def test_first_sign_in_of_a_new_account_is_no_news(noor):
    signed_in()
    assert mail.outbox == []
    signed_in()
    assert len(mail.outbox) == 1


def test_mail_server_away_keeps_nobody_out(noor, monkeypatch):
    from profiles.adapters import AccountAdapter

    type(noor).objects.update(date_joined=timezone.now() - timedelta(days=9))

    def away(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(AccountAdapter, "send_mail", away)
    assert is_signed_in(signed_in())
