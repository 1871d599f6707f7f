import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from communities.models import Activity, Notification
from news.comments import guests, moderation
from news.comments.models import Comment, Guest, State
from news.comments.refusals import TooOften
from tests.news.comments.conftest import address, new_address, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("visitors_allowed")]

EMAIL = "passante@guest.example"


@pytest.fixture
def sent(page, client, visitor, django_capture_on_commit_callbacks):
    """What a visitor has typed and sent from the French form."""

    def send(words="Mots d’une passante", **more):
        form = typed(visitor, words, **{"name": "Passante", "email": EMAIL, **more})
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(new_address(page), form)

    return send


def confirm(client, django_capture_on_commit_callbacks):
    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]
    with django_capture_on_commit_callbacks(execute=True):
        return client.post(link)


def test_visitor_is_asked_by_mail_in_their_language_and_nothing_shows(sent, page, client):
    answer = sent()
    assert answer["Location"] == address("sent", page.translation_key)
    assert client.get(answer["Location"]).status_code == 200
    assert Comment.objects.get().state == State.UNCONFIRMED
    (letter,) = mail.outbox
    assert letter.to == [EMAIL] and "/fr/comments/confirmations/" in letter.body
    assert "Mots" not in letter.body + letter.subject and "Passante" not in letter.body
    assert "Mots" not in client.get(page.url).content.decode()


def test_link_opened_by_a_program_confirms_nothing(sent, client):
    sent()
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    assert client.get(link).status_code == 200
    assert Comment.objects.get().state == State.UNCONFIRMED


def test_confirmed_comment_waits_for_an_editor_who_is_told_in_neutral_words(
    sent, client, editor, page, django_capture_on_commit_callbacks
):
    sent()
    assert confirm(client, django_capture_on_commit_callbacks).status_code == 200
    assert Comment.objects.get().state == State.WAITING
    letter = mail.outbox[-1]
    assert letter.to == [editor.email] and "Mots" not in letter.body and page.title not in letter.body
    assert "Mots" not in client.get(page.url).content.decode()


def test_confirming_twice_tells_the_editors_once(sent, client, django_capture_on_commit_callbacks):
    sent()
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(link)
    assert Activity.objects.filter(kind="comment_waiting").count() == 1


def test_approved_comment_shows_with_its_name_and_the_mail_address_is_gone(
    sent, client, editor, page, django_capture_on_commit_callbacks
):
    sent()
    confirm(client, django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        assert moderation.approve(Comment.objects.get(), by=editor)
    html = client.get(page.url).content.decode()
    assert "Mots d’une passante" in html and "<bdi>Passante</bdi>" in html and EMAIL not in html
    assert mail.outbox[-1].to == [EMAIL] and "Mots" not in mail.outbox[-1].body
    assert not Guest.objects.exists()
    assert EMAIL not in str(list(Comment.objects.values()))


def test_refused_comment_never_shows_and_the_mail_address_is_gone(
    sent, client, editor, page, django_capture_on_commit_callbacks
):
    sent()
    confirm(client, django_capture_on_commit_callbacks)
    assert moderation.refuse(Comment.objects.get(), by=editor)
    assert not Guest.objects.exists() and "Mots" not in client.get(page.url).content.decode()


def test_unconfirmed_comment_cannot_be_approved(sent, editor):
    sent()
    assert not moderation.approve(Comment.objects.get(), by=editor)
    assert Comment.objects.get().state == State.UNCONFIRMED


def test_machine_that_fills_the_hidden_field_gets_the_same_answer_and_leaves_nothing(sent):
    human = sent()
    machine = sent("Acheter", website="http://x.example")
    assert (machine.status_code, machine["Location"]) == (human.status_code, human["Location"])
    assert Comment.objects.count() == 1 and len(mail.outbox) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"name": "www.x.example"}, {"name": "\u202e\u200b"}, {"email": "x"}, {"email": ""}, {"name": ""}],
)
def test_wrong_names_and_addresses_are_said_and_the_words_kept(wrong, sent):
    answer = sent("Gardez-moi", **wrong)
    assert answer.status_code == 200 and "Gardez-moi" in answer.content.decode()
    assert not Comment.objects.exists() and not mail.outbox


@pytest.mark.usefixtures("windows_begun")
def test_fourth_comment_in_an_hour_waits_and_keeps_the_words(sent):
    for number in range(3):
        sent(email=f"p{number}@guest.example")
    answer = sent("Gardez-moi", email="p9@guest.example")
    assert answer.status_code == 429 and "Gardez-moi" in answer.content.decode()
    assert Comment.objects.count() == 3


def test_one_address_gets_three_mails_an_hour(page, visitor):
    for number in range(3):
        guests.post(page, f"{number}", "fr", name="P", email=EMAIL.upper() if number else EMAIL)
    with pytest.raises(TooOften):
        guests.post(page, "x", "fr", name="P", email=EMAIL)


def test_same_form_twice_makes_one_comment_and_one_mail(
    sent, page, client, visitor, django_capture_on_commit_callbacks
):
    form = typed(visitor, name="P", email=EMAIL)
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(new_address(page), form)
    assert Comment.objects.count() == 1 and len(mail.outbox) == 1


def test_tick_forgets_what_nobody_confirmed_and_every_old_address(sent, editor):
    sent()
    sent("Confirmé", email="deux@guest.example")
    confirmed = Guest.objects.get(email="deux@guest.example")
    guests.confirm(confirmed)
    old = timezone.now() - timedelta(days=4)
    Comment.objects.update(submit_date=old)
    Guest.objects.update(created_at=old)
    assert guests.guest_of(confirmed.token) is None
    call_command("tick")
    assert [comment.comment for comment in Comment.objects.all()] == ["Confirmé"]
    assert Guest.objects.count() == 1
    Guest.objects.update(created_at=timezone.now() - timedelta(days=31))
    call_command("tick")
    assert not Guest.objects.exists() and Comment.objects.count() == 1


def test_tick_sends_a_mail_that_the_server_did_not_take(
    page, monkeypatch, django_capture_on_commit_callbacks
):
    from django.core.mail import EmailMultiAlternatives

    def down(self):
        raise OSError

    with monkeypatch.context() as broken, django_capture_on_commit_callbacks(execute=True):
        broken.setattr(EmailMultiAlternatives, "send", down)
        guests.post(page, "x", "fr", name="P", email=EMAIL)
    assert not mail.outbox
    call_command("tick")
    call_command("tick")
    assert [letter.to for letter in mail.outbox] == [[EMAIL]]


def test_link_of_nobody_says_that_it_is_over(client):
    assert client.get(address("confirmation", "nobody")).status_code == 404
    assert client.post(address("confirmation", "nobody")).status_code == 404


def test_newcomer_speaks_as_a_visitor(page, newcomer, client_of, django_capture_on_commit_callbacks):
    form = typed(newcomer, name="P", email=EMAIL)
    with django_capture_on_commit_callbacks(execute=True):
        assert client_of(newcomer).post(new_address(page), form).status_code == 302
    comment = Comment.objects.get()
    assert comment.user is None and comment.state == State.UNCONFIRMED


def test_withdrawn_page_tells_no_editor(sent, page, client, django_capture_on_commit_callbacks):
    sent()
    guest = Guest.objects.get()
    page.unpublish()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        guests.confirm(guest)
    assert not mail.outbox
    assert set(Notification.objects.values_list("outcome", flat=True)) == {"withheld"}
