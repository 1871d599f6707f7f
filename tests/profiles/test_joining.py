import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from communities.models import Activity, Notification
from profiles.joining import enrol, tell_staff
from profiles.models import User
from themes.models import Theme

PASSWORD = "a lamp beside the river"


@pytest.fixture
def sign_up(client, django_capture_on_commit_callbacks):
    def send(email="noor@people.example", language="fr", **changed):
        data = {"display_name": "Noor", "email": email, "password1": PASSWORD, "charter": "1", **changed}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"/{language}/account/signup/", data)

    return send


def link_in(message):
    return re.search(r"https?://[^/]+(/\S*confirm-email/\S+/)", message.body)[1]


def test_sign_up_makes_a_newcomer_in_the_language_of_the_page(db, sign_up):
    assert sign_up().status_code == 302
    user = User.objects.get(email="noor@people.example")
    assert (str(user.display_name), user.language, user.is_approved) == ("Noor", "fr", False)
    assert user.profile.listed is False
    assert not EmailAddress.objects.get(user=user).verified


def test_staff_hear_of_an_account_once_its_address_is_confirmed(
    db, sign_up, client, staff, django_capture_on_commit_callbacks
):
    sign_up()
    user = User.objects.get(email="noor@people.example")
    assert not Activity.objects.filter(kind="account_waiting").exists()
    (confirmation,) = mail.outbox
    assert confirmation.to == ["noor@people.example"]
    # Opening the link changes nothing: programs open links too. The button on its page does.
    address = link_in(confirmation)
    assert client.get(address).status_code == 200
    assert not EmailAddress.objects.get(user=user).verified
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address).status_code == 302
    assert EmailAddress.objects.get(user=user).verified
    activity = Activity.objects.get(kind="account_waiting")
    assert activity.actor == user
    assert Notification.objects.filter(activity=activity, recipient=staff).exists()
    told = [message for message in mail.outbox if message.to == [staff.email]]
    assert len(told) == 1
    assert "Noor" not in told[0].body + told[0].subject


def test_newcomer_signs_in_and_learns_that_the_account_waits(db, sign_up, client):
    sign_up()
    client.post(link_in(mail.outbox[0]))
    data = {"login": "noor@people.example", "password": PASSWORD}
    answer = client.post("/fr/account/login/", data)
    assert answer.url == "/fr/feed/"
    assert client.get(answer.url).templates[0].name == "communities/feed_waiting.html"


def test_staff_are_told_of_one_account_once(db, newcomer):
    tell_staff(newcomer)
    tell_staff(newcomer)
    assert Activity.objects.filter(kind="account_waiting", actor=newcomer).count() == 1


def test_approved_person_who_confirms_another_address_bothers_nobody(member):
    tell_staff(member)
    assert not Activity.objects.filter(kind="account_waiting").exists()


def test_sign_up_with_a_known_address_looks_the_same_and_tells_its_holder_neutrally(db, sign_up, client):
    first = sign_up("one@people.example")
    page_one = client.get(first.url)
    client.cookies.clear()
    enrol("two@people.example", PASSWORD, "Zqholder", approved=True)
    mail.outbox.clear()
    second = sign_up("two@people.example")
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert _plain(page_one, "one") == _plain(client.get(second.url), "two")
    (message,) = mail.outbox
    assert message.to == ["two@people.example"]
    assert "Zqholder" not in message.body
    assert User.objects.filter(email="two@people.example").count() == 1


def _plain(answer, name):
    body = answer.content.decode().replace(f"{name}@people.example", "X")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", ""),
        ("display_name", "x" * 61),
        ("email", "nobody"),
        ("email", "x" * 300 + "@people.example"),
        ("password1", "short"),
        ("password1", "password1234"),
        ("password1", ""),
    ],
)
def test_sign_up_with_a_bad_value_keeps_what_was_typed(db, sign_up, field, value):
    answer = sign_up(**{field: value})
    assert answer.status_code in (200, 422)
    assert list(answer.context["form"].errors) == [field]
    if field != "display_name":
        assert 'value="Noor"' in answer.content.decode()
    assert not User.objects.filter(email="noor@people.example").exists()


def test_mails_of_the_account_are_in_the_persons_language(db, client):
    enrol("noor@people.example", PASSWORD, "Noor", language="ar", approved=True)
    client.post("/en/account/password/reset/", {"email": "noor@people.example"})
    (message,) = mail.outbox
    # The address leads to that language too, so that the page behind it can be read.
    assert "/ar/account/password/reset/key/" in message.body


# Enrolling


def test_enrol_makes_a_person_who_can_sign_in_at_once_and_only_once(db, client):
    theme = Theme.objects.create(slug="fair-trial")
    profile = {"headline": "Avocate", "listed": True, "expertise": [theme], "country": "TN"}
    made = [
        enrol(
            "Noor@people.example",
            PASSWORD,
            "Noor",
            language="fr",
            approved=True,
            profile=profile,
            time_zone="UTC",
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert list(made[0].profile.expertise.all()) == [theme]
    assert EmailAddress.objects.filter(user=made[0], verified=True, primary=True).count() == 1
    answer = client.post(reverse("account_login"), {"login": "noor@people.example", "password": PASSWORD})
    assert answer.url == reverse("communities:feed")


def test_enrol_leaves_alone_what_a_person_changed_since(db):
    user = enrol("noor@people.example", PASSWORD, "Noor", profile={"headline": "Avocate"})
    user.display_name = "Leïla"
    user.save()
    assert str(enrol("noor@people.example", PASSWORD, "Noor").display_name) == "Leïla"
