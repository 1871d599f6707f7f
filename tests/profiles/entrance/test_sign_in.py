"""Codes by mail, passkeys, and the second factor that neither skips. With production's value."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from profiles.joining import enrol
from profiles.second_factor import lacks_second_factor
from tests.profiles.test_second_factor import PASSWORD, PRODUCTION, code_for

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECOND_FACTOR_FOR = PRODUCTION


@pytest.fixture
def keeper(db):
    """Works at the staff desk: must have a factor."""
    return enrol("keeper@people.example", PASSWORD, "Keeper", approved=True, is_staff=True, language="fr")


@pytest.fixture
def plain(db):
    """A member without a password."""
    return enrol("plain@people.example", None, "Plain", approved=True, language="fr")


def passkey_of(user):
    return Authenticator.objects.create(
        user=user, type="webauthn", data={"name": "Zqphone", "credential": {}}
    )


def ask(client, email):
    return client.post(reverse("account_request_login_code"), {"email": email})


def code_in(message):
    return re.search(r"^[A-Z0-9-]{4,}$", message.body, re.M)[0]


def with_code(client, email):
    ask(client, email)
    return client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[-1])})


def sign_in(client, user):
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    if Authenticator.objects.filter(user=user, type="totp").exists():
        client.post(reverse("mfa_authenticate"), {"code": code_for(SECRET)})
        cache.clear()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_code_signs_in_who_has_no_password(client, plain):
    assert with_code(client, plain.email).url == reverse("communities:feed")
    assert client.get(reverse("communities:feed")).status_code == 200


def test_code_does_not_skip_the_second_factor(client, keeper):
    TOTP.activate(keeper, SECRET)
    assert with_code(client, keeper.email).url.startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("communities:staff")).status_code == 404
    assert client.post(reverse("mfa_authenticate"), {"code": code_for(SECRET)}).status_code == 302
    assert client.get(reverse("communities:staff")).status_code == 200


def test_code_leads_who_lacks_a_factor_to_setting_one_up(client, keeper):
    with_code(client, keeper.email)
    assert client.get(reverse("communities:staff")).url == reverse("mfa_activate_totp")


def test_wrong_codes_end_the_attempt(client, plain):
    ask(client, plain.email)
    code = code_in(mail.outbox[-1])
    for _attempt in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "ZZZ-ZZZ"})
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.get(reverse("communities:feed")).status_code == 404


def test_who_is_suspended_meanwhile_gets_in_by_no_code(client, plain):
    ask(client, plain.email)
    plain.is_active = False
    plain.save()
    answer = client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[-1])})
    assert answer.url == reverse("account_login")
    assert client.get(reverse("communities:feed")).status_code == 404


def test_asking_for_a_code_answers_the_same_for_every_address(plain, db):
    suspended = enrol("gone@people.example", None, "Gone", is_active=False)
    answers = set()
    for email in (plain.email, suspended.email, "nobody@people.example"):
        client = Client()
        answer = ask(client, email)
        page = client.get(answer.url).content.decode().replace(email, "X")
        page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
        answers.add((answer.status_code, answer.url, page))
    assert len(answers) == 1


def test_passkey_counts_as_second_factor(keeper):
    assert lacks_second_factor(keeper)
    passkey_of(keeper)
    assert not lacks_second_factor(keeper)


def test_who_must_have_a_factor_keeps_the_last_one(client, keeper):
    TOTP.activate(keeper, SECRET)
    Authenticator.objects.create(user=keeper, type="recovery_codes", data={})
    sign_in(client, keeper)
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert answer.status_code == 200
    assert Authenticator.objects.filter(user=keeper, type="totp").exists()
    # With a passkey beside it the app may go, and then the passkey stays.
    passkey = passkey_of(keeper)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert client.post(reverse("mfa_remove_webauthn", args=[passkey.pk])).url == reverse("mfa_index")
    assert list(Authenticator.objects.filter(user=keeper, type="webauthn")) == [passkey]


def test_who_need_not_have_a_factor_lets_it_go(client, member, keeper):
    person = enrol("free@people.example", PASSWORD, "Free", approved=True)
    passkey, other = passkey_of(person), passkey_of(keeper)
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for name in ("mfa_index", "mfa_list_webauthn"):
        assert client.get(reverse(name)).status_code == 200
    assert "Zqphone" in client.get(reverse("mfa_list_webauthn")).content.decode()
    assert client.get(reverse("mfa_remove_webauthn", args=[passkey.pk])).status_code == 200
    assert client.post(reverse("mfa_remove_webauthn", args=[other.pk])).status_code == 404
    assert client.post(reverse("mfa_remove_webauthn", args=[passkey.pk])).status_code == 302
    assert [row.user for row in Authenticator.objects.filter(type="webauthn")] == [keeper]
    assert "passkey" in mail.outbox[-1].body


NONSENSE = [
    "",
    "x",
    "[]",
    "null",
    '{"id": 1}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "MQ"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "MQ", "clientDataJSON": "e30",'
    ' "authenticatorData": "AAAA", "signature": "AAAA"}}',
    '{"id": "AA", "rawId": 7, "type": 3, "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}',
]


@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_instead_of_a_passkey_opens_nothing_and_breaks_nothing(client, keeper, credential):
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert answer.status_code == 302
    assert client.get(reverse("communities:feed")).status_code == 404
    sign_in(client, keeper)
    sent = {"name": "x", "credential": credential, "passwordless": "on"}
    assert client.post(reverse("mfa_add_webauthn"), sent).status_code == 200
    assert not Authenticator.objects.filter(user=keeper).exists()


def test_picture_of_the_key_is_allowed_by_the_policy(client, keeper):
    sign_in(client, keeper)
    page = client.get(reverse("mfa_activate_totp"))
    assert 'src="data:image/svg+xml;' in page.content.decode()
    assert "img-src 'self' data:" in page.headers["Content-Security-Policy"]
