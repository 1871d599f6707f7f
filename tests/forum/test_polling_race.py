"""Two votes of one person at once, one that is taken back meanwhile, and a vote while the poll is closed: real
commits, put back by hand."""

import threading

import pytest
from django.db import connection, connections

from communities import joining
from communities.models import Space
from communities.roles import Role
from forum import polling
from forum.forum_conversation.models import Topic
from forum.kinds import TopicKind
from forum.models import Ballot, Poll, PollOption
from forum.posting import open_topic
from profiles.models import User

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite writes one after the other anyway"
)


@pytest.fixture
def decision(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        people = [
            User.objects.create_user(f"vote{n}@cast.example", None, display_name=f"V {n}", is_approved=True)
            for n in range(2)
        ]
        space = Space.objects.create(slug="s-of-votes", visibility="hidden", join_policy="invite")
        topic = None
        try:
            for person in people:
                joining.join(space, person, role=Role.FACILITATOR)
            draft = polling.Draft(["One", "Two", "Three"], most=1)
            topic = open_topic(space, people[0], "S", "Words", "en", kind=TopicKind.DECISION, poll=draft)
            topic.space = space
            yield topic, people
        finally:
            if topic is not None:
                node = topic.forum
                Topic.objects.filter(pk=topic.pk).delete()
                space.delete()
                node.delete()
            User.objects.filter(pk__in=[person.pk for person in people]).delete()
            connections.close_all()


def at_once(*deeds):
    errors, gate = [], threading.Barrier(len(deeds))

    def run(deed):
        try:
            gate.wait()
            deed()
        except polling.VoteRefused:
            pass
        except BaseException as error:  # noqa: BLE001  told in the test's own thread
            errors.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_two_votes_of_one_person_at_once_are_one(decision):
    topic, people = decision
    options = [str(option.pk) for option in PollOption.objects.filter(poll=topic.pk)]
    for _round in range(5):
        at_once(*(lambda one=one: polling.vote(topic, [one], by=people[1]) for one in options))
        ballot = Ballot.objects.get(poll=topic.pk)
        assert ballot.options.count() == 1
        ballot.delete()


def test_vote_that_meets_the_closing_counts_wholly_or_not_at_all(decision):
    topic, people = decision
    first = str(PollOption.objects.filter(poll=topic.pk)[0].pk)
    for _round in range(5):
        Poll.objects.filter(pk=topic.pk).update(counted_at=None, voters=0)
        PollOption.objects.filter(poll=topic.pk).update(tally=0)
        polling.vote(topic, [first], by=people[0])
        at_once(
            lambda: polling.vote(topic, [first], by=people[1]), lambda: polling.close(topic, by=people[0])
        )
        poll = Poll.objects.get(pk=topic.pk)
        tallies = PollOption.objects.filter(poll=topic.pk).values_list("tally", flat=True)
        assert poll.counted_at and poll.voters in {1, 2} and sum(tallies) == poll.voters
        assert not Ballot.objects.filter(poll=topic.pk).exists()


def test_vote_changed_and_taken_back_at_once_is_one_or_none(decision):
    topic, people = decision
    one, two, _three = (str(option.pk) for option in PollOption.objects.filter(poll=topic.pk))
    for _round in range(5):
        polling.vote(topic, [one], by=people[1])
        at_once(
            lambda: polling.vote(topic, [two], by=people[1]),
            lambda: polling.take_back(topic, by=people[1]),
            lambda: polling.take_back(topic, by=people[1]),
        )
        # Whichever came last: the new vote alone, or nothing; never the first one, never half of one.
        kept = [
            [str(option.pk) for option in ballot.options.all()]
            for ballot in Ballot.objects.filter(poll=topic.pk)
        ]
        assert kept in ([], [[two]])
        Ballot.objects.filter(poll=topic.pk).delete()


def test_vote_taken_back_while_the_poll_is_closed_is_counted_wholly_or_not_at_all(decision):
    topic, people = decision
    first = str(PollOption.objects.filter(poll=topic.pk)[0].pk)
    for _round in range(5):
        Poll.objects.filter(pk=topic.pk).update(counted_at=None, voters=0)
        PollOption.objects.filter(poll=topic.pk).update(tally=0)
        for person in people:
            polling.vote(topic, [first], by=person)
        at_once(lambda: polling.take_back(topic, by=people[1]), lambda: polling.close(topic, by=people[0]))
        poll = Poll.objects.get(pk=topic.pk)
        tallies = PollOption.objects.filter(poll=topic.pk).values_list("tally", flat=True)
        assert poll.counted_at and poll.voters in {1, 2} and sum(tallies) == poll.voters
        assert not Ballot.objects.filter(poll=topic.pk).exists()
