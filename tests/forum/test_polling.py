"""Votes of a decision: once per person, secret, until they are over."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communities.joining import leave
from communities.models import Activity, Membership, Notification, Record, Space
from communities.permissions import Refused
from forum import moderation, polling, polls
from forum.forum_conversation.models import Topic
from forum.kinds import TopicKind
from forum.models import Ballot, Poll, PollOption
from forum.posting import open_topic
from tests.forum.test_views import address, words

VOTERS = ("member", "moderator", "facilitator")


@pytest.fixture
def decide(closed_space, member):
    def make(space=None, options=("Paris", "Tunis", "Online"), **more):
        draft = polling.Draft(options, **more)
        place = space or closed_space
        return open_topic(
            place, member, "Where do we meet?", "Words", "en", kind=TopicKind.DECISION, poll=draft
        )

    return make


def at(topic, name="ballot"):
    return reverse(f"forum:{name}", args=[topic.space.slug, topic.public_id])


def option(text):
    return str(PollOption.objects.get(text=text).pk)


def votes() -> dict[str, int]:
    return {row.text: row.tally or row.ballots.count() for row in PollOption.objects.all()}


def over(topic):
    Poll.objects.filter(topic=topic.pk).update(closes_at=timezone.now() - timedelta(minutes=1))


def seen(client, topic):
    return client.get(topic.get_absolute_url()).context["poll"]


# A decision is opened with what is voted on ---------------------------------------------------------------
def form(member, **more):
    filled = {"subject": "Where?", "kind": "decision", "options": "Paris\r\n\r\n  Tunis \r\n", "most": "1"}
    return words(member, "topic", **filled | more)


def test_decision_is_opened_in_one_form(client_of, member, closed_space):
    later = timezone.localtime(timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    url = address(closed_space, name="forum:topic_new")
    page = client_of(member).post(
        url, form(member, closes_at=later, most="2", results_at_end="on"), follow=True
    )
    poll = Poll.objects.get()
    assert [row.text for row in poll.options.all()] == ["Paris", "Tunis"]
    assert (poll.most, poll.results_at_end, poll.topic.kind) == (2, True, "decision")
    assert "Votes are secret" in page.text and 'type="checkbox" name="choice"' in page.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"options": "Only one"}, "at least two"),
        ({"options": ""}, "at least two"),
        ({"options": "\n".join(map(str, range(11)))}, "at most ten"),
        ({"options": "Paris\nparis"}, "say the same"),
        ({"options": "x" * 201 + "\ny"}, "200 characters"),
        ({"closes_at": "2020-01-31T15:00"}, "over already"),
        ({"closes_at": "2090-01-31T15:00"}, "check the year"),
        ({"closes_at": "soon"}, "day and hour"),
        ({"most": "0"}, "greater than or equal to 1"),
        ({"most": "11"}, "less than or equal to 10"),
    ],
)
def test_what_cannot_be_voted_on_is_said_and_what_was_typed_stays(
    client_of, member, closed_space, wrong, said
):
    url = address(closed_space, name="forum:topic_new")
    page = client_of(member).post(url, form(member, **wrong))
    assert page.status_code == 200 and said in page.text
    assert "A few words</textarea>" in page.text
    assert not Topic.objects.exists()


def test_fields_of_a_poll_are_nothing_to_other_kinds(client_of, member, closed_space):
    url = address(closed_space, name="forum:topic_new")
    client_of(member).post(url, form(member, kind="question", options="One", closes_at="2020-01-31T15:00"))
    assert Topic.objects.get().kind == "question" and not Poll.objects.exists()


# Voting ---------------------------------------------------------------------------------------------------
def test_vote_counts_once_and_can_be_changed(client_of, member, decide):
    topic, client = decide(), client_of(member)
    for text in ("Paris", "Paris", "Tunis"):
        page = client.post(at(topic), {"choice": option(text)}, follow=True)
        assert page.status_code == 200 and "Your vote is counted" in page.text
    assert votes() == {"Paris": 0, "Tunis": 1, "Online": 0}
    assert Ballot.objects.count() == 1
    assert [c.text for c in seen(client, topic).choices if c.is_chosen] == ["Tunis"]


def test_several_may_be_chosen_up_to_the_number(client_of, member, decide):
    topic, client = decide(most=2), client_of(member)
    client.post(at(topic), {"choice": [option("Paris"), option("Online")]})
    assert votes() == {"Paris": 1, "Tunis": 0, "Online": 1}
    page = client.post(at(topic), {"choice": [option(text) for text in ("Paris", "Tunis", "Online")]})
    assert page.status_code == 422 and "Choose 2 at most" in page.text
    assert page.text.count(" checked") == 3
    assert votes() == {"Paris": 1, "Tunis": 0, "Online": 1}


@pytest.mark.parametrize("chosen", [[], [""], ["zq"], ["-1"], ["9" * 40], ["other"], ["٣"]])
def test_what_is_no_option_of_this_poll_counts_nothing(client_of, member, decide, chosen):
    other = decide(options=("Yes", "No"))
    topic = decide()
    sent = [option("Yes") if one == "other" else one for one in chosen]
    page = client_of(member).post(at(topic), {"choice": sent})
    assert page.status_code == 422 and ("Please choose first" in page.text or "has changed" in page.text)
    assert not Ballot.objects.exists() and other.pk


@pytest.mark.parametrize("visibility", ["public", "network", "closed", "hidden"])
def test_members_vote_and_nobody_else(cast, spaces, client_of, decide, visibility):
    topic = decide(space=spaces[visibility])
    for name, person in cast.items():
        status = client_of(person).post(at(topic), {"choice": option("Paris")}).status_code
        if name in VOTERS:
            assert status == 302, name
        else:
            assert status in {403, 404}, name
            if person.is_authenticated:
                with pytest.raises((Refused, AttributeError)):
                    polling.vote(topic, [option("Paris")], by=person)
    assert votes()["Paris"] == len(VOTERS)


def test_vote_that_comes_too_late_is_told_so(client_of, member, moderator, decide, closed_space):
    topic, client = decide(), client_of(member)
    over(topic)
    page = client.post(at(topic), {"choice": option("Paris")})
    assert page.status_code == 422 and "The vote is over. What was chosen" in page.text
    Poll.objects.update(closes_at=None)
    moderation.lock(topic, by=moderator)
    page = client.post(at(topic), {"choice": option("Paris")})
    assert page.status_code == 422 and "nobody can vote in it any more" in page.text
    assert 'name="choice"' not in client.get(topic.get_absolute_url()).text
    moderation.unlock(topic, by=moderator)
    Space.objects.filter(pk=closed_space.pk).update(archived_at=timezone.now())
    assert client.post(at(topic), {"choice": option("Paris")}).status_code == 403
    assert not Ballot.objects.exists()


def test_vote_in_a_topic_without_one_is_not_found(client_of, member, topic_in, closed_space):
    topic = topic_in(closed_space)
    for name in ("ballot", "ballot_withdrawal", "poll_closure"):
        assert client_of(member).post(at(topic, name)).status_code == 404
    assert client_of(member).get(at(topic, "poll_edit")).status_code == 404


# Taking it back -------------------------------------------------------------------------------------------
def test_vote_is_taken_back_until_the_end_and_nothing_tells_of_it(
    client_of, cast, member, decide, django_capture_on_commit_callbacks
):
    topic, client = decide(), client_of(member)
    assert "Take my vote back" not in client.get(topic.get_absolute_url()).text
    for name in VOTERS:
        polling.vote(topic, [option("Paris")], by=cast[name])
    told = (Activity.objects.count(), Notification.objects.count(), Record.objects.count())
    assert seen(client_of(cast["observer"]), topic).has_numbers
    assert at(topic, "ballot_withdrawal") in client.get(topic.get_absolute_url()).text
    with django_capture_on_commit_callbacks(execute=True):
        for _tap in range(2):
            page = client.post(at(topic, "ballot_withdrawal"), follow=True)
            assert page.status_code == 200 and "Your vote is taken back" in page.text
    assert votes() == {"Paris": 2, "Tunis": 0, "Online": 0}
    # Below three nothing but how many have voted is known, also to whoever knows their own vote.
    for name in ("observer", "moderator", "member"):
        state = seen(client_of(cast[name]), topic)
        assert (state.has_numbers, state.voters, state.is_too_few) == (False, 2, True)
    page = client.get(topic.get_absolute_url())
    assert not page.context["poll"].has_voted and "<meter" not in page.text and " checked>" not in page.text
    assert told == (Activity.objects.count(), Notification.objects.count(), Record.objects.count())
    client.post(at(topic), {"choice": option("Tunis")})
    assert votes() == {"Paris": 2, "Tunis": 1, "Online": 0}


@pytest.mark.parametrize("visibility", ["public", "network", "closed", "hidden"])
def test_only_ones_own_vote_is_taken_back_and_where_one_may_vote(cast, spaces, client_of, decide, visibility):
    topic = decide(space=spaces[visibility])
    polling.vote(topic, [option("Paris")], by=cast["member"])
    for name, person in cast.items():
        if name != "member":
            status = client_of(person).post(at(topic, "ballot_withdrawal")).status_code
            assert status == 302 if name in VOTERS else status in {403, 404}, name
    assert votes()["Paris"] == 1
    with pytest.raises(Refused):
        polling.take_back(topic, by=cast["observer"])


def test_vote_that_counts_already_is_not_taken_back(client_of, member, moderator, decide, closed_space):
    topic, client = decide(), client_of(member)
    polling.vote(topic, [option("Paris")], by=member)
    over(topic)
    page = client.post(at(topic, "ballot_withdrawal"))
    assert page.status_code == 422 and "The vote is over. What was chosen" in page.text
    Poll.objects.update(closes_at=None)
    moderation.lock(topic, by=moderator)
    page = client.post(at(topic, "ballot_withdrawal"))
    assert page.status_code == 422 and "nobody can vote in it any more" in page.text
    moderation.unlock(topic, by=moderator)
    Space.objects.filter(pk=closed_space.pk).update(archived_at=timezone.now())
    assert client.post(at(topic, "ballot_withdrawal")).status_code == 403
    assert votes()["Paris"] == 1


# What is shown --------------------------------------------------------------------------------------------
def test_numbers_are_shown_from_the_third_vote_on_or_at_the_end(client_of, cast, decide):
    topic = decide()
    for number, name in enumerate(VOTERS):
        state = seen(client_of(cast["observer"]), topic)
        assert (state.has_numbers, state.voters) == (False, number)
        polling.vote(topic, [option("Paris")], by=cast[name])
    page = client_of(cast["observer"]).get(topic.get_absolute_url())
    assert page.context["poll"].has_numbers and "<meter" in page.text and "3 votes" in page.text
    assert 'name="choice"' not in page.text
    for name in VOTERS:
        assert (
            cast[name].display_name not in page.text.partition('class="poll"')[2].partition("</section>")[0]
        )


def test_numbers_at_the_end_are_shown_at_the_end_however_few(client_of, cast, member, decide):
    topic = decide(results_at_end=True)
    for name in VOTERS:
        polling.vote(topic, [option("Tunis")], by=cast[name])
    assert not seen(client_of(member), topic).has_numbers
    over(topic)
    state = seen(client_of(member), topic)
    assert state.has_numbers and [choice.percent for choice in state.choices] == [0, 100, 0]
    few = decide(options=("Yes", "No"))
    polling.vote(few, [option("Yes")], by=member)
    over(few)
    assert [choice.votes for choice in seen(client_of(member), few).choices] == [1, 0]


# The end --------------------------------------------------------------------------------------------------
def test_counting_keeps_the_numbers_and_destroys_the_ballots(client_of, cast, member, decide):
    topic = decide()
    for name, text in zip(VOTERS, ("Paris", "Paris", "Tunis"), strict=True):
        polling.vote(topic, [option(text)], by=cast[name])
    polling.tick()
    assert Ballot.objects.count() == 3
    over(topic)
    before = seen(client_of(member), topic)
    polling.tick()
    polling.tick()
    assert not Ballot.objects.exists()
    after = seen(client_of(member), topic)
    assert [(c.votes, c.percent) for c in after.choices] == [(c.votes, c.percent) for c in before.choices]
    assert (after.voters, votes()) == (3, {"Paris": 2, "Tunis": 1, "Online": 0})


def test_author_and_moderator_close_it_early(client_of, cast, member, moderator, decide):
    topic = decide()
    polling.vote(topic, [option("Paris")], by=member)
    assert client_of(cast["observer"]).post(at(topic, "poll_closure")).status_code == 403
    assert client_of(cast["stranger"]).post(at(topic, "poll_closure")).status_code == 403
    assert not Poll.objects.get().is_over
    page = client_of(moderator).post(at(topic, "poll_closure"), follow=True)
    assert "The vote is over" in page.text and Poll.objects.get().counted_at
    assert not polling.close(topic, by=member)
    assert Record.objects.filter(verb="poll_closed", actor=moderator, person=member).count() == 1
    own = decide(options=("Yes", "No"))
    assert polling.close(own, by=member)
    assert Record.objects.filter(verb="poll_closed").count() == 1


def test_options_change_until_somebody_has_voted(client_of, member, moderator, decide):
    topic, client = decide(), client_of(member)
    stale = option("Paris")
    assert client_of(moderator).get(at(topic, "poll_edit")).status_code == 403
    assert "Paris\nTunis\nOnline" in client.get(at(topic, "poll_edit")).text
    assert client.post(at(topic, "poll_edit"), {"options": "One"}).status_code == 422
    client.post(at(topic, "poll_edit"), {"options": "Cairo\nDakar", "most": "1"})
    assert votes() == {"Cairo": 0, "Dakar": 0}
    assert "has changed" in client_of(moderator).post(at(topic), {"choice": stale}).text
    polling.vote(topic, [option("Cairo")], by=moderator)
    page = client.post(at(topic, "poll_edit"), {"options": "Fez\nSfax", "most": "1"})
    assert page.status_code == 422 and "Somebody has voted already" in page.text and "Sfax" in page.text
    assert votes() == {"Cairo": 1, "Dakar": 0}


def test_leaving_takes_the_vote_out_of_what_is_open_and_not_of_what_is_over(closed_space, decide, moderator):
    first, second = decide(), decide(options=("Yes", "No"))
    for topic, text in ((first, "Paris"), (second, "Yes")):
        polling.vote(topic, [option(text)], by=moderator)
    over(second)
    leave(Membership.objects.get(space=closed_space, user=moderator))
    assert votes() == {"Paris": 0, "Tunis": 0, "Online": 0, "Yes": 1, "No": 0}
    assert not Ballot.objects.exists()


def test_options_stand_as_they_were_written_whatever_is_counted(client_of, cast, decide):
    names = [f"Option {number}" for number in (3, 1, 2, 9, 5, 4)]
    topic = decide(options=names)
    for name, chosen in zip(VOTERS, ("Option 9", "Option 1", "Option 4"), strict=True):
        client_of(cast[name]).post(at(topic), {"choice": option(chosen)})
        assert [choice.text for choice in seen(client_of(cast[name]), topic).choices] == names
    # PostgreSQL gives groups in any order, and mostly in this one.
    assert polls._options(topic.decision, cast["member"]).ordered


# Queries --------------------------------------------------------------------------------------------------
def test_poll_costs_one_query_and_the_same_with_many_votes(
    client_of, client, cast, member, public_space, decide
):
    plain = open_topic(public_space, member, "Subject", "Words", "en")
    topic = decide(space=public_space, options=tuple(map(str, range(10))), most=10)

    def cost(browser, of):
        browser.get(of.get_absolute_url())
        with CaptureQueriesContext(connection) as context:
            browser.get(of.get_absolute_url())
        return len(context)

    signed_in = client_of(cast["observer"])
    for browser in (client, signed_in):
        assert cost(browser, topic) == cost(browser, plain) + 1
    for name in VOTERS:
        polling.vote(topic, [option(str(number)) for number in range(10)], by=cast[name])
    for browser in (client, signed_in):
        assert cost(browser, topic) == cost(browser, plain) + 1
