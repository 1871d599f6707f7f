"""A unique word in every private object, looked for in every channel, as everybody who is not entitled.

The same sweep then finds each word as somebody who is, so that an empty page cannot pass for a tight one.
"""

import pytest
from django.core import mail
from django.urls import reverse

from communities import joining
from tests.canaries import entitled, plant, sweep
from tests.world import PEOPLE


@pytest.fixture
def planted(cast, spaces, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return plant(spaces, cast)


@pytest.mark.parametrize("name", PEOPLE)
def test_no_word_shows_to_whoever_is_not_entitled(cast, planted, client_of, name):
    person = cast[name] if name != "suspended" else cast["visitor"]
    client = client_of(cast[name])
    seen = sweep(client, planted)
    leaked = {word: where for word, where in seen.items() if not entitled(person, planted[word])}
    assert leaked == {}


@pytest.mark.parametrize("name", ["member", "facilitator"])
def test_every_word_shows_somewhere_to_whoever_is_entitled(cast, planted, client_of, name):
    seen = sweep(client_of(cast[name]), planted)
    missed = {word for word, canary in planted.items() if entitled(cast[name], canary) and word not in seen}
    assert missed == set()


def test_no_mail_carries_a_word(planted):
    assert len(mail.outbox) > 0
    for message in mail.outbox:
        whole = message.subject + message.body + "".join(str(part.content) for part in message.alternatives)
        assert [word for word in planted if word in whole] == []


def test_words_are_gone_for_somebody_who_left(cast, spaces, planted, client_of):
    member = cast["member"]
    for space in spaces.values():
        joining.leave(space.memberships.get(user=member))
    seen = sweep(client_of(member), planted)
    assert {word for word in seen if not entitled(member, planted[word])} == set()


def test_no_word_is_logged(cast, planted, client_of, caplog):
    caplog.set_level("DEBUG", logger="request")
    client = client_of(cast["member"])
    for canary in planted.values():
        client.get(reverse("search:search"), {"q": canary.word})
    assert caplog.records
    assert [word for word in planted if word in caplog.text] == []
