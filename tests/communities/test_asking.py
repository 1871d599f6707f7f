"""Asking to come in: up to five questions, answered, decided with a reason, taken back."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from communities import joining
from communities.models import JoinRequest, Notification, Record, Space, SpaceText
from communities.permissions import may
from communities.questions import questions_in, validate_questions

FIVE = "Who are you?\n\n  Where?  \nSince when?\nWith whom?\nWhy?"


@pytest.fixture
def asking(closed_space):
    """The closed space asks five questions in English and one in Arabic."""
    SpaceText.objects.filter(space=closed_space, language="en").update(question=FIVE)
    SpaceText.objects.create(space=closed_space, language="ar", name="فضاء", question="لماذا؟")
    return closed_space


def ask_url(space, language="en"):
    return reverse("communities:join_request", args=[space.slug]).replace("/en/", f"/{language}/")


def decide(client, request, deed, **data):
    space = request.space
    return client.post(reverse(f"communities:{deed}", args=[space.slug, request.public_id]), data)


def answers(count, said="because"):
    return {f"answer_{number}": f"{said} {number}" for number in range(count)}


@pytest.mark.parametrize(
    ("language", "count"), [("en", 5), ("ar", 1), ("fr", 5)], ids=["own", "translated", "nearest"]
)
def test_questions_are_asked_in_the_readers_language_and_kept_as_they_were_asked(
    asking, stranger, facilitator, client_of, language, count
):
    client = client_of(stranger)
    page = client.get(ask_url(asking, language)).content.decode()
    assert page.count('name="answer_') == count
    assert client.post(ask_url(asking, language), answers(count, "zqsaidxv")).status_code == 302
    asked = JoinRequest.objects.get(user=stranger)
    assert len(asked.answers) == count and asked.language == language
    SpaceText.objects.filter(space=asking).update(question="Something else?")
    shown = client_of(facilitator).get(reverse("communities:requests", args=[asking.slug])).content.decode()
    assert shown.count("zqsaidxv") == count
    assert ("لماذا؟" if language == "ar" else "With whom?") in shown
    assert f'lang="{language}" dir="auto"><p>zqsaidxv' in shown
    assert "Something else?" not in shown
    # Their own page shows the same, and takes no second one.
    own = client.get(ask_url(asking, language)).content.decode()
    assert own.count("zqsaidxv") == count and 'name="answer_' not in own
    client.post(ask_url(asking, language), answers(count, "again"))
    assert JoinRequest.objects.filter(user=stranger).count() == 1


@pytest.mark.parametrize("said", ["", " ", "x" * 2001])
def test_answer_that_is_missing_or_too_long_costs_nothing_else_that_was_typed(
    asking, stranger, client_of, said
):
    answer = client_of(stranger).post(ask_url(asking), {**answers(5, "kept as typed"), "answer_2": said})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("kept as typed") == 4 and page.count('aria-invalid="true"') == 1
    assert not JoinRequest.objects.filter(user=stranger).exists()


def test_a_question_can_carry_no_markup(asking, stranger, client_of):
    SpaceText.objects.filter(space=asking).update(question='<img src="x" onerror="y">')
    assert "<img src=" not in client_of(stranger).get(ask_url(asking)).content.decode()


@pytest.mark.parametrize("text", ["\n".join("abcdef"), "x" * 301])
def test_no_sixth_question_and_none_that_is_endless(text):
    with pytest.raises(ValidationError):
        validate_questions(text)
    validate_questions(FIVE)
    assert len(questions_in("\n".join("abcdefgh"))) == 5


def test_refusal_needs_a_reason_which_the_person_reads_on_the_site(
    asking, stranger, facilitator, client_of, django_capture_on_commit_callbacks
):
    request, client = joining.ask(asking, stranger, ""), client_of(facilitator)
    assert decide(client, request, "refusal", reason=" ").status_code == 422
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        decide(client, request, "refusal", reason="zqwhyxv")
        decide(client, request, "approval")  # a late click
    (letter,) = mail.outbox
    assert letter.to == [stranger.email]
    whole = letter.subject + letter.body + str(letter.alternatives[0].content)
    assert [word for word in (asking.name, asking.slug, "zqwhyxv", "Facilitator") if word in whole] == []
    assert Record.objects.get(verb="declined", person=stranger).reason == "zqwhyxv"
    assert not may(stranger, "read", asking)
    theirs = client_of(stranger)
    news = theirs.get(reverse("communities:notifications")).content.decode()
    assert "zqwhyxv" in news and ask_url(asking) in news
    page = theirs.get(ask_url(asking)).content.decode()
    assert "zqwhyxv" in page and 'name="answer_' not in page
    theirs.post(ask_url(asking), answers(5))
    assert JoinRequest.objects.filter(user=stranger).count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert client_of(stranger).post(ask_url(asking), answers(5)).status_code == 302
    assert JoinRequest.objects.filter(user=stranger, state="pending").count() == 1


def test_a_request_is_withdrawn_by_whoever_sent_it_and_three_times_a_day_at_most(
    asking, stranger, facilitator, client_of
):
    url = reverse("communities:withdrawal", args=[asking.slug])
    client = client_of(stranger)
    for _ in range(5):
        client.post(ask_url(asking), answers(5))
        client_of(facilitator).post(url)
        assert JoinRequest.objects.filter(user=stranger, state="pending").count() in (0, 1)
        client.post(url)
    assert [row.state for row in JoinRequest.objects.filter(user=stranger)] == ["withdrawn"] * 3
    request = JoinRequest.objects.filter(user=stranger).first()
    decide(client_of(facilitator), request, "approval")
    assert not may(stranger, "read", asking)
    page = client_of(facilitator).get(reverse("communities:requests", args=[asking.slug]))
    assert page.context["page_obj"].paginator.count == 0


def test_reason_shows_no_longer_where_the_space_has_become_hidden(asking, stranger, facilitator, client_of):
    from communities.founding import hide

    joining.decline(joining.ask(asking, stranger, ""), by=facilitator, reason="zqwhyxv")
    hide(asking, by=facilitator)
    hidden = Space.objects.get(pk=asking.pk)
    page = client_of(stranger).get(reverse("communities:notifications")).content.decode()
    assert "zqwhyxv" in page  # it was said to them
    assert [word for word in (hidden.slug, "closed-space", hidden.name) if word in page] == []


def test_guessed_slug_of_a_hidden_space_takes_no_request(hidden_space, stranger, client_of):
    client = client_of(stranger)
    for method in ("get", "post"):
        for name in ("join_request", "withdrawal"):
            url = reverse(f"communities:{name}", args=[hidden_space.slug])
            there = getattr(client, method)(url, {"text": "let me in"})
            elsewhere = getattr(client, method)(url.replace(hidden_space.slug, "s-0123456789abcdef"))
            assert there.status_code == elsewhere.status_code
            assert there.status_code in (404, 405)
    assert not JoinRequest.objects.exists() and not Notification.objects.exists()


def test_facilitator_who_lost_the_right_a_second_ago_admits_nobody(asking, stranger, facilitator):
    from communities.permissions import Refused

    request = joining.ask(asking, stranger, "")
    asking.memberships.filter(user=facilitator).update(role=30)
    for deed in (joining.admit, joining.decline):
        with pytest.raises(Refused):
            deed(request, by=facilitator)
    request.refresh_from_db()
    assert request.state == "pending"
