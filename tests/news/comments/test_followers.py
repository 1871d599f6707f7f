"""Visitors who follow the comments of a page: asked by mail first, told in neutral words, forgotten at one click."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.comments import followers, guests, moderation
from news.comments.models import Comment, Follower, FollowerMail
from news.comments.refusals import TooOften
from tests.news.comments.conftest import address, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("visitors_allowed")]

EMAIL = "passante@guest.example"


@pytest.fixture
def send(page, client, django_capture_on_commit_callbacks):
    def make(email=EMAIL, language="ar", **more):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(
                address("subscription", page.translation_key, language=language), {"email": email, **more}
            )

    return make


@pytest.fixture
def follower(page):
    followers.begin(page.translation_key, EMAIL, "ar")
    return Follower.objects.get()


@pytest.fixture
def told(say, django_capture_on_commit_callbacks):
    def make(**more):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            comment = say("Des mots à ne pas répéter", **more)
        return comment, list(mail.outbox)

    return make


def link_in(letter):
    return re.search(r"http://testserver(/\S+)", letter.body)[1]


def test_nobody_is_told_before_the_address_said_yes(send, told, client, page):
    answer = send()
    assert answer["Location"] == address("address_sent", page.translation_key, language="ar")
    assert client.get(answer["Location"]).status_code == 200
    (letter,) = mail.outbox
    link = link_in(letter)
    assert (
        letter.to == [EMAIL] and link.startswith("/ar/comments/followings/") and page.title not in letter.body
    )
    assert told()[1] == []
    assert client.get(link).status_code == 200  # as mail programs do
    assert told()[1] == []
    for _time in range(2):
        assert client.post(link).status_code == 200
    comment, (news,) = told()
    assert news.to == [EMAIL] and f"/ar/comments/{comment.public_id}/" in news.body
    whole = news.subject + news.body + str(news.alternatives)
    assert "Des mots" not in whole and page.title not in whole
    assert news.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_ends_it_and_nothing_of_the_address_is_left(follower, told, client, monkeypatch):
    _comment, (news,) = told()
    monkeypatch.setattr(EmailMultiAlternatives, "send", lambda self: (_ for _ in ()).throw(OSError()))
    told()
    assert FollowerMail.objects.count() == 1  # one is waiting
    monkeypatch.undo()
    way_out = news.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    assert client.get(way_out).status_code == 200 and Follower.objects.exists()
    for _time in range(2):
        assert client.post(way_out, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Follower.objects.exists() and not FollowerMail.objects.exists()
    call_command("tick")
    assert told()[1] == []


def test_same_answer_whether_new_known_or_a_machine(send, follower, page):
    known, new, machine = send(), send("neu@guest.example"), send("bot@guest.example", website="x")
    assert known["Location"] == new["Location"] == machine["Location"]
    assert [letter.to for letter in mail.outbox] == [["neu@guest.example"]]
    assert Follower.objects.count() == 2


@pytest.mark.usefixtures("windows_begun")
def test_floods_are_kept_from_an_address_and_from_a_network(page, article, send):
    for number in range(3):
        followers.ask(article("fr", f"Page {number}").translation_key, EMAIL.upper())
    with pytest.raises(TooOften):
        followers.ask(page.translation_key, EMAIL)
    assert send().status_code == 429
    for number in range(2):
        assert send(f"p{number}@guest.example").status_code == 302
    answer = send("p9@guest.example")
    assert answer.status_code == 429 and "p9@guest.example" in answer.content.decode()


def test_lost_mail_is_asked_for_again_an_hour_later(send):
    for expected in (1, 1):
        send()
        assert len(mail.outbox) == expected
    Follower.objects.update(created_at=timezone.now() - timedelta(hours=2))
    send()
    assert len(mail.outbox) == 2 and link_in(mail.outbox[0]) == link_in(mail.outbox[1])


@pytest.mark.parametrize("email", ["", "x", "a@b", "x" * 250 + "@guest.example"])
def test_address_that_is_none_is_said_and_kept(email, send):
    answer = send(email)
    assert answer.status_code == 200 and not Follower.objects.exists() and not mail.outbox
    assert answer.context["form"]["email"].value() == email and answer.context["form"].errors


@pytest.mark.parametrize("fault", ["hidden", "withdrawn"])
def test_what_cannot_be_read_any_more_is_not_told(
    fault, follower, told, say, page, editor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        comment = say()
        if fault == "hidden":
            moderation.hide(comment, by=editor)
        else:
            page.unpublish()
    assert [
        letter for letter in mail.outbox if letter.to == [EMAIL]
    ] == [] and not FollowerMail.objects.exists()


def test_server_that_is_down_gets_the_mail_once_later(follower, told, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(EmailMultiAlternatives, "send", lambda self: (_ for _ in ()).throw(OSError()))
        told()
    for _time in range(2):
        call_command("tick")
    assert [letter.to for letter in mail.outbox] == [[EMAIL]] and not FollowerMail.objects.exists()


def test_tick_forgets_who_never_said_yes_and_keeps_who_did(send, page):
    followers.begin(page.translation_key, "oui@guest.example", "fr")
    send()
    Follower.objects.update(created_at=timezone.now() - timedelta(days=40))
    assert followers.follower_of(Follower.objects.get(email=EMAIL).token) is None
    call_command("tick")
    assert [row.email for row in Follower.objects.all()] == ["oui@guest.example"]


def test_emptied_account_takes_its_own_address_along_and_no_other(page, newcomer):
    EmailAddress.objects.update_or_create(
        user=newcomer, email=newcomer.email, defaults={"verified": True, "primary": True}
    )
    EmailAddress.objects.create(user=newcomer, email=EMAIL, verified=False)
    for email in (newcomer.email.upper(), EMAIL):
        followers.begin(page.translation_key, email, "fr")
    newcomer.empty()
    assert [row.email for row in Follower.objects.all()] == [EMAIL]


def test_deleted_page_takes_its_followers_along(follower, told, page):
    told()
    page.delete()
    assert not Follower.objects.exists()


def test_whoever_ticks_the_box_follows_once_confirmed_and_hears_of_others_alone(
    page, client, visitor, editor, told, django_capture_on_commit_callbacks
):
    form = typed(visitor, "Mots", name="P", email=EMAIL, follow="on")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("comment_new", page.translation_key), form)
    assert not Follower.objects.exists()
    guest = guests.guest_of(Comment.objects.get().guest.token)
    guests.confirm(guest)
    assert Follower.objects.get().confirmed_at
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        moderation.approve(Comment.objects.get(), by=editor)
    assert [letter.subject for letter in mail.outbox if letter.to == [EMAIL]] == [
        "Votre commentaire est publié"
    ]
    assert [letter.to for letter in told()[1]] == [[EMAIL]]


def test_comment_costs_the_same_with_one_follower_and_with_thirty(page, say):
    say("before anything is counted")
    counts = []
    for number in (1, 30):
        while Follower.objects.count() < number:
            followers.begin(page.translation_key, f"f{Follower.objects.count()}@guest.example", "fr")
        with CaptureQueriesContext(connection) as queries:
            say(f"Mots {number}")
        counts.append(len(queries))
    assert counts[0] == counts[1]
