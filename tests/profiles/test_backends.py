"""One way in: who is let through it, who is not, and that no other is open."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from profiles.joining import enrol
from profiles.models import User

PASSWORD = "a lamp beside the river"


@pytest.fixture
def noor(db):
    return enrol("noor@people.example", PASSWORD, "Noor", approved=True)


def sign_in(client, email="noor@people.example", password=PASSWORD, query="", **data):
    return client.post(reverse("account_login") + query, {"login": email, "password": password, **data})


def is_signed_in(client):
    return client.get(reverse("profiles:edit")).status_code == 200


def test_sign_in_and_out(noor, client):
    assert sign_in(client).status_code == 302
    assert is_signed_in(client)
    # A link alone signs nobody out: any page could hold one.
    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    assert client.post(reverse("account_logout")).status_code == 302
    assert not is_signed_in(client)


def test_remembering_is_a_choice(noor, client):
    sign_in(client)
    assert client.session.get_expire_at_browser_close()
    client.post(reverse("account_logout"))
    sign_in(client, remember="on")
    assert not client.session.get_expire_at_browser_close()


def test_refusals_are_the_same_whatever_the_reason(noor, client, settings):
    blocked = enrol("blocked@people.example", PASSWORD, "Blocked", approved=True)
    User.objects.filter(pk=blocked.pk).update(is_active=False)
    enrol("member@demo.example", PASSWORD, "Member", approved=True)
    enrol("noor@people.demo.example", PASSWORD, "Noor", approved=True)
    enrol("gone@people.example", PASSWORD, "Gone", approved=True).empty()
    tries = {
        "noor@people.example": "not the password",
        "nobody@people.example": PASSWORD,
        "blocked@people.example": PASSWORD,
        "gone@people.example": PASSWORD,
        "member@demo.example": PASSWORD,
        "noor@people.demo.example": PASSWORD,
    }
    answers = set()
    for email, password in tries.items():
        answer = sign_in(Client(), email, password)
        body = answer.content.decode().replace(email, "X")
        answers.add((answer.status_code, re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body)))
    assert len(answers) == 1


def test_demo_account_signs_in_where_the_demo_is_on(db, client, settings):
    settings.DEMO_ACCOUNTS = True
    enrol("member@demo.example", PASSWORD, "Member", approved=True)
    assert sign_in(client, "member@demo.example").status_code == 302
    assert is_signed_in(client)
    settings.DEMO_ACCOUNTS = False
    assert not is_signed_in(client)


def test_session_ends_with_the_next_request_of_who_was_suspended(noor, client, staff):
    from communities.staffdesk import suspend

    sign_in(client)
    assert is_signed_in(client)
    suspend(noor, by=staff, reason="a reason")
    assert not is_signed_in(client)
    assert client.get(reverse("communities:spaces")).wsgi_request.user.is_anonymous


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "\\\\x"]
)
def test_sign_in_leads_to_no_other_site(noor, client, wanted):
    answer = sign_in(client, next=wanted)
    assert answer.status_code == 302
    assert answer.url == reverse("communities:feed")


def test_sign_in_leads_back_where_one_wanted_to_go(noor, client):
    page = client.get(reverse("account_login") + "?next=/en/spaces/")
    assert 'name="next" value="/en/spaces/"' in page.content.decode()
    assert sign_in(client, next="/en/spaces/").url == "/en/spaces/"


def test_address_that_is_not_confirmed_does_not_sign_in(noor, client):
    noor.emailaddress_set.update(verified=False)
    assert sign_in(client).url == reverse("account_email_verification_sent")
    assert not is_signed_in(client)


# Every other door


@pytest.mark.parametrize(
    "door",
    [
        "/cms/login/",
        "/cms/login",
        "/cms/password_reset/",
        "/cms/password_reset/confirm/MQ/set-password/",
        "/cms/password_reset/done/",
        "/_util/login/",
        "/_util/authenticate_with_password/1/1/",
        "/en/_util/login/",
        "/fr/_util/authenticate_with_password/1/1/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_other_doors_lead_to_the_one(noor, client, door, method):
    data = {"username": "noor@people.example", "password": PASSWORD, "next": "/cms/"}
    answer = getattr(client, method)(door, data)
    assert answer.status_code == 302
    assert re.fullmatch(r"/\w\w/account/login/(\?.*)?", answer.url)
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "door", ["/admin/", "/admin/login/", "/en/admin/login/", "/api-auth/login/", "/accounts/login/"]
)
def test_doors_that_are_not_mounted(noor, client, door):
    assert client.get(door, follow=True).status_code == 404
    client.post(door, {"username": noor.email, "login": noor.email, "password": PASSWORD}, follow=True)
    assert not is_signed_in(client)


def test_there_is_one_view_that_signs_in():
    """No view of another package that takes a password is mounted anywhere."""
    from django.contrib.auth import views as auth_views
    from django.urls import get_resolver

    def views(resolver, before=""):
        for pattern in resolver.url_patterns:
            path = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from views(pattern, path)
            else:
                yield path, pattern.callback

    classes = (auth_views.LoginView, auth_views.PasswordResetView, auth_views.PasswordResetConfirmView)
    found = [
        path
        for path, view in views(get_resolver())
        if issubclass(getattr(view, "view_class", object), classes)
    ]
    # Wagtail's, walled up by `one_door` before it is reached (above).
    walled = re.compile(r"cms/(login|password_reset)/|(\w\w/)?_util/login/")
    assert [path for path in found if not walled.match(path)] == []


# Password reset


def test_reset_answers_the_same_for_known_and_unknown(noor, client):
    bodies = set()
    for email in ("noor@people.example", "nobody@people.example"):
        answer = client.post(reverse("account_reset_password"), {"email": email}, follow=True)
        body = answer.content.decode().replace(email, "X")
        bodies.add((answer.status_code, re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body)))
    assert len(bodies) == 1


def test_reset_gives_no_session(noor, client):
    from django.core import mail

    client.post(reverse("account_reset_password"), {"email": noor.email})
    address = re.search(r"https?://[^/]+(/\S*/password/reset/key/\S+/)", mail.outbox[0].body)[1]
    form = client.get(address, follow=True).wsgi_request.path
    new = "another lamp by the sea"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert not is_signed_in(client)
    assert sign_in(client, password=new).status_code == 302


@pytest.mark.usefixtures("windows_begun")
def test_too_many_attempts_get_the_sites_own_page(noor, client, settings):
    settings.LIMITS = {"sign_in": {"network": "2/60"}}
    statuses = [sign_in(client, password="wrong").status_code for _ in range(3)]
    assert statuses[-1] == 429
