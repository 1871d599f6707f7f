"""Signing in again before what tells everything or takes everything: password, and second factor where there is one."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from profiles.joining import enrol
from profiles.leaving.models import Erasure, Export

PASSWORD = "a lamp beside the river"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PAGES = ["leaving:export", "leaving:erasure"]


@pytest.fixture
def person(db):
    return enrol("lamp@people.example", PASSWORD, "Lamp", approved=True)


def prove(client, answer, **data):
    """Follows where it leads, and gives what is asked there."""
    assert answer.status_code == 302
    return client.post(answer.url, data)


def code():
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


@pytest.mark.parametrize("name", PAGES)
def test_page_opens_after_the_password_and_leads_back(person, client_of, name):
    client = client_of(person)
    first = client.get(reverse(name))
    assert first.url.startswith(reverse("account_reauthenticate"))
    assert prove(client, first, password=PASSWORD).url == reverse(name)
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_password_alone_does_not_pass_over_a_second_factor(person, client_of, name):
    TOTP.activate(person, SECRET)
    client = client_of(person)
    prove(client, client.get(reverse(name)), password=PASSWORD)
    second = client.get(reverse(name))
    assert second.url.startswith(reverse("mfa_reauthenticate"))
    assert prove(client, second, code=code()).url == reverse(name)
    assert client.get(reverse(name)).status_code == 200
    assert Authenticator.objects.filter(user=person).exists()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_sent_past_the_question(person, client_of, name):
    client = client_of(person)
    answer = client.post(reverse(name), {"words": "go", "sure": "on"})
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not Export.objects.exists() and not Erasure.objects.exists()


def test_who_has_neither_password_nor_factor_signs_in_once_more(person, client_of):
    person.set_unusable_password()
    person.save()
    client = client_of(person)
    answer = client.get(reverse("leaving:erasure"))
    assert answer.url.startswith(reverse("account_login"))
    assert client.get(reverse("profiles:edit")).status_code == 404


def test_erasure_form_says_what_is_missing_and_keeps_what_was_chosen(person, client_of):
    client = client_of(person)
    address = reverse("leaving:erasure")
    prove(client, client.get(address), password=PASSWORD)
    answer = client.post(address, {"words": "go"})
    assert answer.status_code == 422 and not Erasure.objects.exists()
    assert 'value="go" checked' in answer.content.decode().replace(' id="id_words_1"', "").replace(
        " required", ""
    )
    assert client.post(address, {"words": "go", "sure": "on"}).status_code == 302
    assert Erasure.objects.get().words_too
    # From here on the page shows the day and the way back, without another question.
    other = client_of(person)
    assert reverse("leaving:withdrawal") in other.get(address).content.decode()
    assert other.post(reverse("leaving:withdrawal")).status_code == 302
    assert not Erasure.objects.exists()
