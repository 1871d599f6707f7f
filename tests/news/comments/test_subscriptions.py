import re

import pytest
from django.core import mail
from django.test import Client

from news.comments import moderation, subscriptions
from news.comments.models import Comment, Subscription
from tests.news.comments.conftest import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(say, django_capture_on_commit_callbacks):
    """Who gets a mail when somebody says something."""

    def listen(*args, before_sending=lambda: None, **kwargs):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks() as waiting:
            say(*args, **kwargs)
        before_sending()
        for callback in waiting:
            callback()
        return sorted(letter.to[0] for letter in mail.outbox)

    return listen


def test_follower_hears_once_in_neutral_words_in_their_language(page, stranger, facilitator, heard):
    for person in (stranger, facilitator):
        subscriptions.follow(page.translation_key, person, "all")
    assert heard("mots du commentaire") == sorted([stranger.email, facilitator.email])
    for letter in mail.outbox:
        whole = letter.subject + letter.body + letter.alternatives[0].content
        assert not [word for word in ("mots du", page.title, "Member", page.slug) if word in whole]
    arabic = next(letter for letter in mail.outbox if letter.to == [facilitator.email])
    assert 'lang="ar" dir="rtl"' in arabic.alternatives[0].content and "/ar/comments/" in arabic.body


def test_author_does_not_hear_of_their_own(page, member, heard):
    subscriptions.follow(page.translation_key, member, "all")
    assert heard() == []


def test_whoever_wants_answers_hears_of_answers_to_theirs_alone(page, stranger, say, heard):
    subscriptions.follow(page.translation_key, stranger, "answers")
    mine = say("à moi", by=stranger)
    assert heard("autre chose") == []
    assert heard("réponse", parent=mine) == [stranger.email]
    assert heard("plus bas", parent=Comment.objects.get(comment="réponse")) == [stranger.email]
    assert heard("ailleurs", parent=Comment.objects.get(comment="autre chose")) == []


def test_box_beside_a_comment_follows_the_answers(page, stranger, client_of, heard):
    from tests.news.comments.conftest import new_address, typed

    client_of(stranger).post(new_address(page), typed(stranger, "à moi", follow="on"))
    assert Subscription.objects.get().scope == "answers"
    assert heard(parent=Comment.objects.get()) == [stranger.email]


def test_comment_of_another_page_is_not_heard(page, stranger, article, heard):
    subscriptions.follow(page.translation_key, stranger, "all")
    assert heard(under=article("fr", "Autre page")) == []


@pytest.mark.parametrize("loss", ["suspended", "unapproved", "unsubscribed", "withdrawn", "hidden"])
def test_right_is_asked_again_when_the_mail_leaves(loss, page, stranger, editor, heard):
    subscriptions.follow(page.translation_key, stranger, "all")

    def lose():
        if loss == "suspended":
            type(stranger).objects.filter(pk=stranger.pk).update(is_active=False)
        elif loss == "unapproved":
            type(stranger).objects.filter(pk=stranger.pk).update(is_approved=False)
        elif loss == "unsubscribed":
            subscriptions.unfollow_page(page.translation_key, stranger)
        elif loss == "withdrawn":
            page.unpublish()
        else:
            moderation.hide(Comment.objects.get(), by=editor)

    assert stranger.email not in heard(before_sending=lose)


def test_mail_carries_the_headers_of_one_click(page, stranger, heard):
    row = subscriptions.follow(page.translation_key, stranger, "all")
    heard()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe"] == f"<http://testserver/en/comments/subscriptions/{row.token}/>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_ends_the_mails_without_a_session(page, stranger, heard):
    subscriptions.follow(page.translation_key, stranger, "all")
    heard()
    link = re.search(r"<http://testserver(.+)>", mail.outbox[0].extra_headers["List-Unsubscribe"])[1]
    program = Client(enforce_csrf_checks=True)
    looked = program.get(link)
    assert looked.status_code == 200 and not looked.cookies and b"<button" in looked.content
    assert Subscription.objects.count() == 1
    answer = program.post(link, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Subscription.objects.exists() and heard("encore") == []
    # A second click, and a link that never was one, get the same answer.
    assert program.post(link).status_code == 200
    assert program.post(address("unsubscribing", "nobody")).status_code == 200


def test_token_dies_with_the_subscription(page, stranger):
    old = subscriptions.follow(page.translation_key, stranger, "all").token
    subscriptions.unfollow(old)
    new = subscriptions.follow(page.translation_key, stranger, "all").token
    subscriptions.unfollow(old)
    assert new != old and Subscription.objects.get().token == new


def test_form_changes_and_ends_the_subscription(page, stranger, client_of):
    client, here = client_of(stranger), address("subscription", page.translation_key)
    for scope, wanted in (("answers", ["answers"]), ("all", ["all"]), ("none", []), ("none", [])):
        assert client.post(here, {"scope": scope}).status_code == 302
        assert list(Subscription.objects.values_list("scope", flat=True)) == wanted
    assert client.post(here, {"scope": "x"}).status_code == 200


def test_line_of_the_notification_leads_to_the_comment_as_long_as_it_shows(
    page, stranger, editor, say, client_of, django_capture_on_commit_callbacks
):
    subscriptions.follow(page.translation_key, stranger, "all")
    with django_capture_on_commit_callbacks(execute=True):
        comment = say()
    client = client_of(stranger)
    assert f"/en/comments/{comment.public_id}/" in client.get("/en/notifications/").content.decode()
    moderation.hide(comment, by=editor)
    html = client.get("/en/notifications/").content.decode()
    assert comment.public_id not in html and page.title not in html
