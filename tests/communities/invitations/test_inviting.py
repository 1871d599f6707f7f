"""Facilitators ask people in. They learn of an address only whether it is a member's of this space."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communities import granting, roster
from communities.invitations import inviting, posting
from communities.models import Invitation, Membership, Record
from communities.roles import Role
from communities.submissions import new_key
from profiles.joining import enrol
from profiles.models import User

GUEST = "guest@people.example"


def outcomes(answer):
    return [(row.said, row.code) for row in answer.context["report"]]


def test_list_gets_a_report_with_a_line_for_each(invite, closed_space, member, suspended):
    invite(closed_space, "before@people.example")
    mail.outbox.clear()
    text = f"{GUEST}\nBEFORE@people.example\n{member.email}\n{suspended.email}\nnobody\n=a@x.example\n{GUEST}"
    answer = invite(closed_space, text, file="Nom;Adresse\nZoé;zoe@people.example\n".encode("cp1252"))
    assert answer.status_code == 200
    assert outcomes(answer) == [
        (GUEST, "sent"),
        ("BEFORE@people.example", "invited"),
        (member.email, "member"),
        (suspended.email, "member"),
        ("nobody", "no address"),
        ("=a@x.example", "no address"),
        (GUEST, "twice"),
        ("zoe@people.example", "sent"),
    ]
    assert [message.to for message in mail.outbox] == [[GUEST], ["zoe@people.example"]]
    assert Record.objects.filter(verb="invited_to_space", space=closed_space).count() == 2


def test_mail_is_in_the_language_chosen_or_ones_own_and_says_nothing(invite, hidden_space, way_in):
    enrol("known@people.example", "a lamp beside the river", "Zqholder", language="nl", approved=True)
    invite(hidden_space, f"{GUEST}\nknown@people.example", language="ar")
    guest, known = mail.outbox
    assert 'lang="ar" dir="rtl"' in str(guest.alternatives[0].content) and "/ar/" in way_in(guest)
    assert 'lang="nl"' in str(known.alternatives[0].content) and "/nl/" in way_in(known)
    for message in mail.outbox:
        whole = message.subject + message.body + str(message.alternatives[0].content)
        for secret in (
            *hidden_space.texts.values_list("name", flat=True),
            hidden_space.slug,
            "Facilitator",
            "Zq",
        ):
            assert secret not in whole


def test_nothing_tells_whether_an_address_has_an_account(invite, client_of, closed_space, facilitator):
    """The report, and the list later on: for somebody approved, waiting, suspended, elsewhere, and nobody."""
    others = [
        "stranger@cast.example",
        "newcomer@cast.example",
        "unknown@people.example",
        "blocked@people.example",
    ]
    User.objects.create_user(others[3], None, display_name="B", is_active=False, is_approved=True)
    report = invite(closed_space, "\n".join(others)).content.decode()
    listed = client_of(facilitator).get(reverse("communities:invitations", args=[closed_space.slug]))
    for page in (report, listed.content.decode()):
        rows = [row for row in re.findall(r"<li>.*?</li>", page, re.S) if any(o in row for o in others)]
        alike = {re.sub(r"[a-z]+@(cast|people)\.example|/[a-z0-9]{16}/|value=\S+", "", row) for row in rows}
        assert (len(rows), len(alike)) == (4, 1)
    assert {message.to[0] for message in mail.outbox} == set(others) - {others[3]}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_ten_thousand_lines_are_refused_in_words_and_nothing_is_sent(invite, closed_space, language):
    file = "\n".join(f"p{number}@people.example" for number in range(10_000)).encode()
    answer = invite(closed_space, "typed@people.example", file=file)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "10001" in page.replace(",", "") and "500" in page and "typed@people.example" in page
    assert not Invitation.objects.exists() and mail.outbox == []


@pytest.mark.parametrize(
    "file", [b"", b"PK\x03\x04\x00\x00", b"x" * (1024 * 1024 + 1)], ids=["empty", "xlsx", "big"]
)
def test_file_that_is_no_list_gets_a_message_and_keeps_what_was_typed(invite, closed_space, file):
    answer = invite(closed_space, "typed@people.example", file=file)
    assert answer.status_code == 422
    assert "typed@people.example" in answer.content.decode() and not Invitation.objects.exists()


@pytest.mark.parametrize(
    "broken", [b"\xff\xfe", b"\xff\xfea", b"\x81\x8d\x8f", b"=1+1;\xe9@\xe9", b'"' * 5000]
)
def test_broken_file_is_never_an_error(invite, closed_space, broken):
    assert invite(closed_space, GUEST, file=broken).status_code in (200, 422)


def test_no_list_at_all_is_said_so(invite, closed_space):
    assert invite(closed_space, " \n ").status_code == 422
    assert invite(closed_space, GUEST, key="forged").status_code == 422
    assert invite(closed_space, GUEST, language="xx").status_code == 422
    assert not Invitation.objects.exists()


def test_form_sent_twice_sends_one_mail(invite, closed_space, facilitator):
    key = new_key(facilitator, "space-invitations")
    assert [invite(closed_space, key=key).status_code for _ in range(2)] == [200, 302]
    assert len(mail.outbox) == Invitation.objects.count() == 1


def test_limit_of_a_day_is_reported_line_by_line_and_over_the_next_day(invite, closed_space, monkeypatch):
    monkeypatch.setattr(inviting, "MOST_A_DAY", 2)
    answer = invite(closed_space, "\n".join(f"p{number}@people.example" for number in range(4)))
    assert [code for _said, code in outcomes(answer)] == ["sent", "sent", "too many", "too many"]
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False):
        answer = invite(closed_space, "p2@people.example")
        assert outcomes(answer)[0][1] == "sent"


def test_limit_of_a_person_holds_over_all_their_spaces(invite, closed_space, public_space, deed, monkeypatch):
    monkeypatch.setattr(inviting, "MOST_A_DAY", 1)
    invite(closed_space)
    assert outcomes(invite(public_space, "b@people.example")) == [("b@people.example", "too many")]
    later = timezone.now() - timedelta(minutes=5)
    Invitation.objects.update(asked_at=later)
    deed("renewal", Invitation.objects.get())
    assert len(mail.outbox) == 1


def test_sending_again_is_a_new_link_and_not_endless(invite, closed_space, deed, way_in, client):
    invite(closed_space)
    invitation = Invitation.objects.get()
    deed("renewal", invitation)  # a moment later: nothing
    assert len(mail.outbox) == 1
    for _ in range(8):
        Invitation.objects.update(asked_at=timezone.now() - timedelta(minutes=5))
        deed("renewal", invitation)
    assert len(mail.outbox) == inviting.MOST_SENDS
    assert client.get(way_in(mail.outbox[0])).status_code == 200
    assert client.get(way_in(mail.outbox[-1])).status_code == 302


def test_withdrawn_one_opens_nothing_and_may_be_made_anew(invite, closed_space, deed, way_in, client):
    invite(closed_space)
    deed("revocation", Invitation.objects.get())
    deed("renewal", Invitation.objects.get())
    assert len(mail.outbox) == 1
    assert client.get(way_in(mail.outbox[0])).templates[0].name == "communities/invitation_over.html"
    assert outcomes(invite(closed_space))[0][1] == "sent"
    assert Record.objects.filter(verb="space_invitation_withdrawn").count() == 1


def test_one_that_ran_out_makes_way_for_another(invite, closed_space):
    invite(closed_space)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert outcomes(invite(closed_space))[0][1] == "sent"
    assert Invitation.objects.standing().count() == 1


def test_keys_are_kept_as_hashes_and_stay_out_of_logs(invite, link, closed_space, way_in):
    from config.logs import without_tokens

    invite(closed_space)
    for address in (way_in(mail.outbox[0]), link(closed_space)):
        token = address.strip("/").rpartition("/")[2]
        assert len(token) >= 40
        assert Invitation.objects.filter(token_hash=inviting.hashed(token)).count() == 1
        assert token not in without_tokens(f"GET {address} 302")
        assert not Invitation.objects.filter(token_hash=token).exists()


def test_mail_server_that_fails_leaves_it_to_be_sent_again(invite, closed_space, monkeypatch, deed):
    def broken(*args, **kwargs):
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(posting, "write", broken)
        invite(closed_space)
    invitation = Invitation.objects.get()
    assert invitation.post == Invitation.Post.FAILED and invitation.is_standing
    Invitation.objects.update(asked_at=timezone.now() - timedelta(minutes=5))
    deed("renewal", invitation)
    assert len(mail.outbox) == 1


def test_what_a_dead_worker_left_is_sent_once(invite, closed_space):
    invite(closed_space)
    Invitation.objects.update(post=Invitation.Post.WAITING)
    assert (posting.post_waiting(), posting.post_waiting()) == (1, 0)
    Invitation.objects.update(post=Invitation.Post.WAITING, revoked_at=timezone.now())
    assert posting.post_waiting() == 0


@pytest.mark.parametrize("field", ["uses", "days"])
@pytest.mark.parametrize("value", ["0", "-1", "x", "100000", "", "9" * 40])
def test_link_has_limits(client_of, facilitator, closed_space, field, value):
    data = {"key": new_key(facilitator, "space-link"), "uses": 5, "days": 5} | {field: value}
    url = reverse("communities:links", args=[closed_space.slug])
    assert client_of(facilitator).post(url, data).status_code == 422
    assert not Invitation.objects.exists()


def test_no_more_links_than_somebody_can_oversee(link, client_of, facilitator, closed_space, monkeypatch):
    monkeypatch.setattr(inviting, "MOST_LINKS", 1)
    link(closed_space)
    data = {"key": new_key(facilitator, "space-link"), "uses": 5, "days": 5}
    answer = client_of(facilitator).post(reverse("communities:links", args=[closed_space.slug]), data)
    assert answer.status_code == 302 and Invitation.objects.count() == 1


@pytest.mark.parametrize(
    "how", ["removed", "demoted", "suspended here", "account suspended", "hidden", "left"]
)
def test_link_ends_with_the_right_of_whoever_made_it(
    link, closed_space, facilitator, member, staff, client, how
):
    from communities import joining, staffdesk
    from communities.founding import hide

    address = link(closed_space)
    assert client.get(address).status_code == 302
    Membership.objects.filter(space=closed_space, user=member).update(role=40)
    person = facilitator.public_id
    {
        "removed": lambda: roster.remove(closed_space, person, by=member, reason="r"),
        "demoted": lambda: roster.change_role(closed_space, person, Role.MEMBER, by=member),
        "suspended here": lambda: roster.suspend(closed_space, person, by=member, reason="r"),
        "account suspended": lambda: staffdesk.suspend(facilitator, by=staff, reason="r"),
        "hidden": lambda: hide(closed_space, by=member),
        "left": lambda: joining.leave(Membership.objects.get(space=closed_space, user=facilitator)),
    }[how]()
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("how", ["withdrawn", "run out", "run out and swept"])
def test_link_made_by_a_right_with_an_end_ends_with_that_right(
    closed_space, facilitator, stranger, former, client, client_of, how
):
    """Also for whoever had opened it before: the page they hold lets nobody in any more."""
    tomorrow = timezone.now() + timedelta(days=1)
    grant = granting.give(closed_space, stranger, "manage_space", until=tomorrow, by=facilitator, reason="r")
    _row, token = inviting.make_link(closed_space, uses=5, days=30, language="en", by=stranger)
    address, early = reverse("communities:invitation", args=[token]), client_of(former)
    assert early.get(address).status_code == client.get(address).status_code == 302
    if how == "withdrawn":
        granting.withdraw(grant, by=facilitator)
    with time_machine.travel(tomorrow + timedelta(hours=1)):
        if how == "run out and swept":
            granting.tick()
        assert Invitation.objects.open().count() == (how == "run out")
        assert client.get(address).status_code == 200
        early.post(reverse("communities:invited_acceptance"))
    assert not Membership.objects.filter(space=closed_space, user=former).exists()


def test_facilitator_who_lost_the_right_a_second_ago_invites_nobody(invite, closed_space, facilitator):
    from communities.invitations.lists import entries_of
    from communities.permissions import Refused

    invite(closed_space)
    Membership.objects.filter(space=closed_space, user=facilitator).update(role=30)
    for deed in (
        lambda: inviting.invite(closed_space, entries_of("b@people.example"), language="en", by=facilitator),
        lambda: inviting.make_link(closed_space, uses=1, days=1, language="en", by=facilitator),
        lambda: inviting.resend(Invitation.objects.get(), by=facilitator),
        lambda: inviting.revoke(Invitation.objects.get(), by=facilitator),
    ):
        with pytest.raises(Refused):
            deed()
    assert Invitation.objects.standing().count() == 1


def test_invitation_of_another_space_is_not_there(invite, closed_space, public_space, client_of, facilitator):
    invite(closed_space)
    for name in ("renewal", "revocation"):
        url = reverse(f"communities:{name}", args=[public_space.slug, Invitation.objects.get().public_id])
        assert client_of(facilitator).post(url).status_code == 404


def test_list_costs_the_same_at_one_and_at_thirty(closed_space, facilitator, client_of, furnished):
    client, url = client_of(facilitator), reverse("communities:invitations", args=[closed_space.slug])

    def one_more(number):
        Invitation.objects.create(
            space=closed_space,
            email=f"g{number}@people.example",
            language="en",
            invited_by=facilitator,
            expires_at=timezone.now() + timedelta(days=1),
        )

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        return len(caught)

    one_more(0)
    queries()
    few = queries()
    for number in range(1, 30):
        one_more(number)
    assert queries() == few <= 10


def test_a_long_list_costs_no_more_questions_than_a_short_one(closed_space, facilitator):
    from communities.invitations.lists import entries_of

    def cost(count, start):
        text = "\n".join(f"p{number}@people.example" for number in range(start, start + count))
        with CaptureQueriesContext(connection) as caught:
            inviting.invite(closed_space, entries_of(text), language="en", by=facilitator)
        return len(caught)

    # SQLite takes so many values in one statement.
    assert cost(200, 10) <= cost(1, 0) + 4
