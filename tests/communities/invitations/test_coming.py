"""Whoever was invited sees the space's name, says yes or no, and learns nothing else."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import joining, roster, staffdesk
from communities.founding import archive
from communities.invitations import coming
from communities.models import Arrival, Invitation, Membership, Record, SpaceText
from communities.permissions import may
from profiles.models import User

GUEST = "guest@people.example"

PASSWORD = "a lamp beside the river"


@pytest.fixture
def planted(hidden_space):
    """Words of the space that no invited person may read."""
    SpaceText.objects.filter(space=hidden_space).update(
        purpose="zqpurposexv", welcome="zqwelcomexv", rules="zqrulesxv"
    )
    return hidden_space


@pytest.fixture
def sent(invite, way_in):
    """Invites an address to a space: (invitation, address of the link)."""

    def send(space, email=GUEST):
        mail.outbox.clear()
        invite(space, email)
        return Invitation.objects.latest("pk"), way_in(mail.outbox[-1])

    return send


def page_behind(client, address):
    answer = client.get(address, follow=True)
    return answer.templates[0].name.rpartition("/")[2], answer.content.decode()


def accept(client):
    return client.post(reverse("communities:invited_acceptance"))


def decline(client):
    return client.post(reverse("communities:invited_refusal"))


def sign_up(client, **changed):
    data = {"display_name": "Noor", "email": "other@people.example", "password1": PASSWORD, "charter": "1"}
    return client.post("/ar/account/signup/", data | changed)


def test_invited_person_sees_the_name_alone_and_comes_in(sent, planted, stranger, client_of):
    invitation, address = sent(planted, stranger.email)
    client = client_of(stranger)
    name, page = page_behind(client, address)
    assert name == "invitation_page.html" and planted.text.name in page
    for word in ("zqpurposexv", "zqwelcomexv", "zqrulesxv", planted.slug, "Facilitator", "Member"):
        assert word not in page.partition("<main")[2].partition("</main")[0]
    assert client.get(planted.get_absolute_url()).status_code == 404
    assert accept(client).url == planted.get_absolute_url()
    assert client.get(planted.get_absolute_url()).status_code == 200
    assert Record.objects.filter(verb="came_by_space_invitation", space=planted, person=stranger).exists()
    assert page_behind(Client(), address)[0] == "invitation_over.html"


def test_opening_uses_nothing_up_and_no_address_after_it_holds_the_key(sent, planted):
    invitation, address = sent(planted)
    token = address.strip("/").rpartition("/")[2]
    for _reader in range(3):
        client = Client()
        answer = client.get(address)
        assert answer.status_code == 302 and token not in answer.url
        assert token not in client.get(answer.url).content.decode()
    invitation.refresh_from_db()
    assert invitation.uses == 0


@pytest.mark.parametrize("role", ["stranger", "member", "newcomer", "staff", "root"])
def test_forwarded_to_somebody_else_it_is_refused_and_says_nothing(sent, planted, cast, client_of, role):
    invitation, address = sent(planted)
    client = client_of(cast[role])
    name, page = page_behind(client, address)
    assert name == "invitation_foreign.html"
    for word in (*planted.texts.values_list("name", flat=True), planted.slug, GUEST, "zqpurposexv"):
        assert word not in page
    accept(client)
    decline(client)
    invitation.refresh_from_db()
    assert (invitation.uses, invitation.declined_at) == (0, None)
    assert role == "member" or not may(cast[role], "read", planted)


def test_two_spaces_invitations_look_the_same_to_the_wrong_person(
    sent, planted, public_space, stranger, client_of
):
    pages = []
    for space in (planted, public_space):
        _invitation, address = sent(space)
        pages.append(page_behind(client_of(stranger), address)[1])
    assert [len(page) for page in pages][0] == len(pages[1])


@pytest.mark.parametrize("mode", ["approval", "invitation"])
def test_person_without_account_signs_up_with_that_address_and_lands_in_the_space_when_approved(
    sent, planted, staff, settings, mode, django_capture_on_commit_callbacks
):
    settings.SIGN_UP = mode
    invitation, address = sent(planted)
    client = Client()
    assert page_behind(client, address)[0] == "invitation_page.html"
    page = client.get("/ar/account/signup/").content.decode()
    assert f'value="{GUEST}"' in page and "disabled" in page
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert sign_up(client).url == "/ar/feed/"
    user = User.objects.get(email=GUEST)
    assert not user.is_approved  # who belongs to the network is for staff to say
    assert EmailAddress.objects.get(user=user, primary=True).verified
    assert {message.to[0] for message in mail.outbox} >= {staff.email}
    assert client.get(planted.get_absolute_url()).status_code == 404
    staffdesk.approve(user, by=staff)
    assert client.get(planted.get_absolute_url()).status_code == 200
    invitation.refresh_from_db()
    assert invitation.uses == 1


@pytest.mark.parametrize("change", ["revoked", "archived", "removed"])
def test_waiting_for_approval_the_way_in_can_still_be_closed(
    sent, closed_space, newcomer, staff, facilitator, client_of, deed, change
):
    invitation, address = sent(closed_space, newcomer.email)
    client = client_of(newcomer)
    client.get(address)
    accept(client)
    if change == "revoked":
        Invitation.objects.update(revoked_at=timezone.now())
    elif change == "archived":
        archive(closed_space, by=facilitator)
    else:
        Record.objects.create(verb="removed", space=closed_space, person=newcomer, actor=facilitator)
    staffdesk.approve(newcomer, by=staff)
    assert not Membership.objects.filter(space=closed_space, user=newcomer).exists()


def test_network_invitation_taken_up_brings_into_the_space_as_well(sent, closed_space, newcomer, client_of):
    from profiles.entrance import invitations
    from profiles.entrance.models import Invitation as ToTheNetwork

    _invitation, address = sent(closed_space, newcomer.email)
    client = client_of(newcomer)
    client.get(address)
    accept(client)
    later = timezone.now() + timedelta(days=1)
    row = ToTheNetwork.objects.create(email=newcomer.email, language="en", expires_at=later)
    invitations.take_up(row, newcomer)
    assert may(newcomer, "post", closed_space)


@pytest.mark.parametrize("has_account", [True, False])
def test_declining_needs_no_account_tells_nobody_more_and_gives_peace(
    sent, invite, planted, stranger, client_of, has_account
):
    email = stranger.email if has_account else GUEST
    invitation, address = sent(planted, email)
    client = client_of(stranger) if has_account else Client()
    client.get(address)
    assert decline(client).status_code == 302
    invitation.refresh_from_db()
    assert invitation.declined_at and invitation.token_hash is None
    assert page_behind(Client(), address)[0] == "invitation_over.html"
    assert invite(planted, email).context["report"][0].code == "declined"


def test_link_lets_in_so_many_and_no_more(link, planted, stranger, editor, former, client_of):
    address = link(planted, uses=2)
    for person in (stranger, stranger, editor):
        client = client_of(person)
        client.get(address)
        accept(client)
    late = client_of(former)
    assert page_behind(late, address)[0] == "invitation_over.html"
    accept(late)
    assert [may(person, "read", planted) for person in (stranger, editor, former)] == [True, True, False]
    invitation = Invitation.objects.get()
    assert (invitation.uses, Arrival.objects.count()) == (2, 2)


def test_link_opened_before_and_used_up_since_lets_nobody_in(link, planted, stranger, editor, client_of):
    address = link(planted, uses=1)
    slow = client_of(editor)
    slow.get(address)
    quick = client_of(stranger)
    quick.get(address)
    accept(quick)
    assert accept(slow).url == reverse("communities:invited")
    assert not may(editor, "read", planted)


def test_link_gives_no_account_where_accounts_are_by_invitation(link, planted, settings):
    settings.SIGN_UP = "invitation"
    client = Client()
    client.get(link(planted))
    assert client.get("/en/account/signup/").templates[0].name == "account/signup_closed.html"


def test_after_signing_in_one_is_back_at_the_invitation(link, planted, stranger):
    from tests.world import PASSWORD as OF_THE_CAST

    EmailAddress.objects.create(user=stranger, email=stranger.email, verified=True, primary=True)
    client = Client()
    client.get(link(planted))
    answer = client.post("/en/account/login/", {"login": stranger.email, "password": OF_THE_CAST})
    assert answer.url == reverse("communities:invited")
    assert planted.text.name in client.get(answer.url).content.decode()


@pytest.mark.parametrize("how", ["removed", "suspended"])
def test_whoever_was_shut_out_does_not_come_back_by_a_link_they_kept(
    link, public_space, member, facilitator, client_of, how
):
    address = link(public_space)
    if how == "removed":
        roster.remove(public_space, member.public_id, by=facilitator, reason="r")
    else:
        roster.suspend(public_space, member.public_id, by=facilitator, reason="r")
    client = client_of(member)
    assert page_behind(client, address)[0] == "invitation_foreign.html"
    accept(client)
    assert not may(member, "post", public_space)
    # Asked in anew by the facilitators, one who was removed comes back.
    if how == "removed":
        again = link(public_space)
        client.get(again)
        accept(client)
        assert may(member, "post", public_space)


def test_who_is_in_already_uses_nothing_up(link, public_space, moderator, client_of):
    client = client_of(moderator)
    client.get(link(public_space))
    assert accept(client).url == public_space.get_absolute_url()
    assert Invitation.objects.get().uses == 0
    assert Membership.objects.get(space=public_space, user=moderator).role == 30


@pytest.mark.parametrize("change", ["archived", "frozen", "run out", "revoked"])
def test_invitation_that_is_over_lets_nobody_in(sent, closed_space, stranger, client_of, change):
    invitation, address = sent(closed_space, stranger.email)
    client = client_of(stranger)
    client.get(address)  # the page is open
    now = timezone.now()
    if change in ("archived", "frozen"):
        type(closed_space).objects.filter(pk=closed_space.pk).update(**{f"{change}_at": now})
    else:
        Invitation.objects.update(**{"expires_at" if change == "run out" else "revoked_at": now})
    assert accept(client).url == reverse("communities:invited")
    assert page_behind(client, address)[0] == "invitation_over.html"
    with pytest.raises(coming.NoLongerOpen):
        coming.accept(invitation, stranger)


def test_account_that_left_for_good_takes_its_invitations_along(sent, closed_space, former, facilitator):
    sent(closed_space, former.email)
    facilitator.empty()
    assert Invitation.objects.get().invited_by is None
    former.empty()
    assert not Invitation.objects.exists()


def test_old_ones_are_forgotten_and_standing_ones_kept(sent, closed_space):
    sent(closed_space, "old@people.example")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=120))
    sent(closed_space)
    assert coming.forget_old().startswith("1 ")
    assert [row.email for row in Invitation.objects.all()] == [GUEST]


def test_pending_request_is_settled_by_an_invitation(sent, closed_space, stranger, client_of):
    request = joining.ask(closed_space, stranger, "")
    _invitation, address = sent(closed_space, stranger.email)
    client = client_of(stranger)
    client.get(address)
    accept(client)
    request.refresh_from_db()
    assert request.state == "admitted"
