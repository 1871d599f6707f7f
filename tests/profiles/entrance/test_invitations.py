"""Staff invite an address; its holder is in at once; nobody else learns anything."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.models import Record
from communities.submissions import new_key
from profiles.entrance import invitations
from profiles.entrance.models import Invitation
from profiles.joining import enrol
from profiles.models import User

PASSWORD = "a lamp beside the river"
GUEST = "guest@people.example"


@pytest.fixture
def invite(staff, client_of, django_capture_on_commit_callbacks):
    """Through the form of the staff desk; returns the answer."""

    def send(email=GUEST, language="ar", key=None):
        data = {"key": key or new_key(staff, "account-invitation"), "email": email, "language": language}
        with django_capture_on_commit_callbacks(execute=True):
            return client_of(staff).post(reverse("entrance:invitations"), data)

    return send


def link_in(message):
    return re.search(r"https?://[^/]+(/\S*/account/invitation/\S+/)", message.body)[1]


def sign_up(client, **changed):
    data = {"display_name": "Noor", "email": "other@people.example", "password1": PASSWORD, "charter": "1"}
    return client.post("/ar/account/signup/", data | changed)


@pytest.mark.parametrize("mode", ["approval", "invitation"])
def test_guest_is_approved_at_once_with_the_address_of_the_invitation(invite, client, staff, settings, mode):
    settings.SIGN_UP = mode
    invite()
    (message,) = mail.outbox
    assert message.to == [GUEST]
    assert "/ar/" in link_in(message)
    answer = client.get(link_in(message))
    assert answer.url == "/ar/account/signup/"
    page = client.get(answer.url).content.decode()
    assert f'value="{GUEST}"' in page and "disabled" in page
    # Another address in the form changes nothing.
    assert sign_up(client).url == "/ar/feed/"
    user = User.objects.get(email=GUEST)
    assert user.is_approved
    assert EmailAddress.objects.get(user=user, primary=True).verified
    invitation = Invitation.objects.get()
    assert (invitation.person, invitation.token_hash) == (user, None)
    assert Record.objects.filter(verb="came_by_invitation", actor=staff, person=user).exists()
    assert len(mail.outbox) == 1  # nothing to confirm, nobody to wait for
    assert client.get("/ar/people/").status_code == 200
    assert "account/invitation" in link_in(message)
    assert Client().get(link_in(message)).templates[0].name == "entrance/invitation_over.html"


def test_opening_the_link_uses_nothing_up(invite, db):
    invite()
    for _reader in range(3):
        assert Client().get(link_in(mail.outbox[0])).status_code == 302


def test_by_invitation_means_that_nobody_else_signs_up(client, db, settings):
    settings.SIGN_UP = "invitation"
    assert client.get("/en/account/signup/").templates[0].name == "account/signup_closed.html"
    sign_up(client)
    assert not User.objects.filter(email="other@people.example").exists()


def test_token_is_kept_as_a_hash_alone_and_stays_out_of_logs(invite, client, caplog):
    from config.logs import without_tokens

    invite()
    address = link_in(mail.outbox[0])
    token = address.strip("/").rpartition("/")[2]
    assert len(token) >= 40
    invitation = Invitation.objects.get()
    assert invitation.token_hash == invitations.hashed(token) != token
    assert token not in without_tokens(f"GET {address} 302")


@pytest.mark.parametrize("state", ["run out", "withdrawn", "renewed", "taken up", "unknown"])
def test_link_that_is_over_lets_nobody_in(
    invite, staff, client_of, state, settings, django_capture_on_commit_callbacks
):
    settings.SIGN_UP = "invitation"
    invite()
    address, invitation = link_in(mail.outbox[0]), Invitation.objects.get()
    client = Client()
    assert client.get(address).status_code == 302  # the form is open already
    if state == "run out":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif state == "withdrawn":
        client_of(staff).post(reverse("entrance:withdrawal", args=[invitation.public_id]))
    elif state == "renewed":
        Invitation.objects.update(sent_at=timezone.now() - timedelta(hours=1))
        with django_capture_on_commit_callbacks(execute=True):
            client_of(staff).post(reverse("entrance:renewal", args=[invitation.public_id]))
        assert link_in(mail.outbox[1]) != address
    elif state == "taken up":
        sign_up(client)
        assert User.objects.filter(email=GUEST).count() == 1
    else:
        address = reverse("entrance:invitation", args=["x" * 43])
    late = Client().get(address)
    assert (late.status_code, late.templates[0].name) == (200, "entrance/invitation_over.html")
    if state in ("run out", "withdrawn"):
        sign_up(client)
        assert not User.objects.filter(email=GUEST).exists()


def test_two_who_take_it_up_at_once_make_one_account(invite, monkeypatch):
    """The second form was open and valid: it gets the same page as whoever has to look at their mail."""
    invite()
    client = Client()
    client.get(link_in(mail.outbox[0]))
    monkeypatch.setattr(
        invitations, "take_up", lambda invitation, user: (_ for _ in ()).throw(invitations.NoLongerOpen)
    )
    answer = sign_up(client)
    assert answer.url == "/ar/account/confirm-email/"
    assert not User.objects.filter(email=GUEST).exists()


def test_known_address_gets_another_mail_and_staff_the_same_answer(invite, client_of, staff):
    enrol("known@people.example", PASSWORD, "Zqholder", language="nl", approved=True)
    answers = [invite("Known@People.example"), invite("unknown@people.example")]
    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    known, unknown = mail.outbox
    assert "/nl/account/login/" in known.body and "invitation" not in known.body
    assert "Zqholder" not in known.body + known.subject
    assert "/account/invitation/" in unknown.body
    page = client_of(staff).get(reverse("entrance:invitations")).content.decode()
    rows = re.findall(r"<li>.*?</li>", page.partition("Sent so far")[2], re.S)
    plain = {re.sub(r"(known|unknown)@people.example|/[a-z0-9]{16}/|value=\S+", "", row) for row in rows[:2]}
    assert len(plain) == 1


def test_form_sent_twice_and_address_invited_twice_send_one_mail(invite, staff):
    key = new_key(staff, "account-invitation")
    invite(key=key)
    invite(key=key)
    invite()
    assert len(mail.outbox) == Invitation.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        invite(GUEST.upper(), language="fr")
    assert len(mail.outbox) == 2
    assert Invitation.objects.get().language == "fr"


@pytest.mark.parametrize("email", ["", "nobody", "x" * 300 + "@people.example"])
def test_bad_address_gets_a_message_and_keeps_what_was_typed(invite, email):
    answer = invite(email)
    assert answer.status_code == 422
    assert email in answer.content.decode()
    assert not Invitation.objects.exists()


def test_mail_server_that_fails_leaves_the_invitation_to_be_sent_again(invite, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(invitations, "send", broken)
    assert invite().status_code == 302
    assert Invitation.objects.get().is_standing


def test_list_costs_the_same_at_one_and_at_thirty(staff, client_of, furnished, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(staff)

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("entrance:invitations")).status_code == 200
        return len(caught)

    Invitation.objects.create(email="g@people.example", language="en", invited_by=staff)
    queries()
    one = queries()
    for number in range(29):
        Invitation.objects.create(email=f"g{number}@people.example", language="en", invited_by=staff)
    assert queries() == one


def test_old_invitations_are_forgotten_and_standing_ones_kept(db, staff):
    now = timezone.now()
    for days, email in ((120, "old@people.example"), (1, "new@people.example")):
        Invitation.objects.create(email=email, language="en", expires_at=now - timedelta(days=days))
    assert "1 " in invitations.forget_old()
    assert [row.email for row in Invitation.objects.all()] == ["new@people.example"]


def test_erasure_takes_the_address_and_the_name_of_who_invited(invite, staff):
    invite()
    client = Client()
    client.get(link_in(mail.outbox[0]))
    sign_up(client)
    guest = User.objects.get(email=GUEST)
    staff.empty()
    assert Invitation.objects.get().invited_by is None
    guest.empty()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"revoked_at": timezone.now()}, {"email": "moved@people.example"}, {"expires_at": timezone.now()}],
)
def test_taking_up_asks_once_more_whether_it_is_open(invite, stranger, change):
    invite(stranger.email)
    User.objects.filter(pk=stranger.pk).update(is_approved=False)
    invitation = Invitation.objects.get()
    Invitation.objects.update(**change)
    with pytest.raises(invitations.NoLongerOpen):
        invitations.take_up(invitation, stranger)
    stranger.refresh_from_db()
    assert not stranger.is_approved
