"""Every mail of an account, in every language: its direction, its host, and nothing that tells what this is about."""

import re
from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.conf import settings
from django.core import mail
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from communities.activity import kinds, record
from profiles.entrance import letters
from profiles.joining import enrol
from profiles.models import User

ROOT = Path(__file__).resolve().parents[3]
LANGUAGES = ["en", "fr", "ar", "nl"]
FOLDERS = ("account", "mfa")
ALLAUTHS = sorted(
    f"{folder}/email/{path.name.removesuffix('_message.txt')}"
    for folder in FOLDERS
    for path in (ROOT / "site/templates" / folder / "email").glob("*_message.txt")
    if not path.name.startswith("base_")
)
OURS = ["invitation", "account_there"]
NEWS = sorted(name for name in ("account_waiting", *kinds) if "account" in name)
# Beyond its name nothing may tell whoever looks over a shoulder what the platform is about.
TELLING = re.compile(
    r"rights|defend|victim|prison|community|communit|forum|torture|lawyer"
    r"|droits|défen|victime|espace|communauté|avocat"
    r"|حقوق|دفاع|ضحايا|سجن|فضاء|مجتمع|منتدى"
    r"|rechten|verdedig|slachtoffer|ruimte|gemeenschap",
    re.IGNORECASE,
)
LINKS = {
    "activate_url": "/en/account/confirm-email/KEY/",
    "password_reset_url": "/en/account/password/reset/key/KEY/",
    "signup_url": "/en/account/signup/",
}


@pytest.fixture
def people(db):
    return {
        language: enrol(f"{language}@people.example", None, "Zqholder", language=language, is_staff=True)
        for language in LANGUAGES
    }


@pytest.fixture
def write(people, django_capture_on_commit_callbacks):
    """One mail of that kind to each of the four; the page that causes it is in English."""

    def send(kind):
        translation.activate("en")
        for language, person in people.items():
            with django_capture_on_commit_callbacks(execute=True):
                send_one(kind, language, person)
        return dict(zip(people, mail.outbox, strict=True))

    return send


def send_one(kind, language, person):
    if kind in OURS:
        with translation.override(language):
            url = f"{settings.BASE_URL}{reverse('account_login')}"
        letters.send(kind, person.email, language=language, context={"url": url, "days": 14})
    elif kind in NEWS:
        record(kind, actor=None, recipients=[person])
    else:
        request = RequestFactory().get("/en/")
        links = {name: f"{settings.BASE_URL}{path}" for name, path in LINKS.items()}
        with request_context(request):
            get_adapter().send_mail(kind, person.email, {"request": request, **links})


def test_the_kinds_there_are_were_found():
    assert {"account/email/password_reset_key", "mfa/email/webauthn_added"} <= set(ALLAUTHS)
    assert {"account_waiting", "own_account_suspended", "own_account_declined"} <= set(NEWS)


@pytest.mark.parametrize("kind", [*ALLAUTHS, *NEWS, *OURS])
def test_mail_is_in_the_readers_language_neutral_and_asks_no_other_host(write, kind):
    sent = write(kind)
    for language, message in sent.items():
        assert message.to == [f"{language}@people.example"]
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"
        ((page, kind_of_part),) = [(part.content, part.mimetype) for part in message.alternatives]
        assert kind_of_part == "text/html"
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
        whole = f"{message.subject}\n{message.body}\n{page}"
        assert not re.search(r"https?://(?!testserver)", whole)
        assert not re.search(r"<(?:img|link|script|style|iframe)\b|\bstyle=", page)
        for address in re.findall(r"https?://testserver(/\S*?)[\"\s<]", whole):
            assert address.startswith(f"/{language}/"), address
        assert TELLING.findall(whole) == []
        assert "Zqholder" not in whole
        assert "{" not in whole and "&amp;amp;" not in whole
        assert "\n" not in message.subject
    for part in ("subject", "body"):
        words = {getattr(message, part) for message in sent.values()}
        if not (kind in NEWS and part == "subject"):
            assert len(words) == 4, part


def test_code_of_a_mail_stands_in_both_parts(people, client):
    client.post("/en/account/login/code/", {"email": "ar@people.example"})
    (message,) = mail.outbox
    code = re.search(r"^[A-Z0-9-]{4,}$", message.body, re.M)[0]
    assert f"<p>{code}</p>" in message.alternatives[0].content
    assert 'dir="rtl"' in message.alternatives[0].content
    assert User.objects.get(email="ar@people.example").language == "ar"
