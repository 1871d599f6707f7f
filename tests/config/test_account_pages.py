"""allauth's pages and mails in our own words, for the person whose account it is."""

import pytest
from django.core import mail
from django.urls import reverse

PUBLIC = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_inactive",
]
OWN = ["account_change_password", "account_email", "account_logout", "mfa_index", "usersessions_list"]


@pytest.mark.parametrize("name", PUBLIC)
def test_account_page_for_a_visitor_is_ours(client, db, name):
    page = client.get(reverse(name)).content.decode()
    assert 'class="mast"' in page and page.count("<h1") == 1
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize("name", OWN)
def test_account_page_for_its_owner_is_ours(client, member, name):
    client.force_login(member)
    page = client.get(reverse(name)).content.decode()
    assert 'class="bar"' in page and page.count("<h1") == 1


def test_sign_in_page_names_its_fields_as_agreed(client, db):
    page = client.get(reverse("account_login")).content.decode()
    for field in ("login", "password", "remember"):
        assert f'name="{field}"' in page


def test_refused_sign_in_keeps_the_address_and_not_the_password(client, db):
    typed = {"login": "who@cast.example", "password": "never-shown-again"}
    page = client.post(reverse("account_login"), typed).content.decode()
    assert 'role="alert"' in page and "who@cast.example" in page
    assert "never-shown-again" not in page


def test_password_mail_is_plain_and_names_nobody(client, member):
    client.post(reverse("account_reset_password"), {"email": member.email})
    (sent,) = mail.outbox
    assert "/account/password/reset/key/" in sent.body
    assert member.display_name not in sent.body + sent.subject
    assert "{" not in sent.body and "&" not in sent.body


def test_password_mail_for_an_unknown_address_leads_to_the_request_for_an_account(client, db):
    client.post(reverse("account_reset_password"), {"email": "nobody@cast.example"})
    assert reverse("account_signup") in mail.outbox[0].body


def test_worn_out_password_link_says_so_and_offers_a_new_one(client, db):
    address = reverse("account_reset_password_from_key", kwargs={"uidb36": "zz", "key": "no-such"})
    page = client.get(address).content.decode()
    assert reverse("account_reset_password") in page.partition("<main")[2]
