"""A unique word in every private object, looked for in every channel, as everybody who is not entitled.

The same sweep finds each word as somebody who is, so that an empty page cannot pass for a tight one; and whatever
people with an account read, nothing of it is in the page cache afterwards.
"""

import re

import pytest
from django.apps import apps
from django.urls import reverse

from communities import freshness, joining
from tests.canaries import WORD, planted_world, sweep, words_for
from tests.test_hostile import ROOMS, typed
from tests.test_kept_pages import entries, pages_kept
from tests.test_twin_worlds import PUBLIC, answers
from tests.world import PEOPLE

# Where a visitor leaves what is kept for everybody; whoever comes afterwards finds it there.
OPEN = re.compile("/en/(communities|comments)/")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with planted_world(django_db_blocker) as world:
        yield world


@pytest.mark.parametrize("name", PEOPLE)
def test_words_show_to_those_entitled_and_to_nobody_else(world, db, warm, client_of, name):
    person = world.cast[name] if name != "suspended" else world.cast["visitor"]
    answers(client_of(world.cast["visitor"]), [*PUBLIC, *filter(OPEN.match, world.addresses)])
    word, kept = freshness.current(), entries()
    assert pages_kept()
    seen = sweep(client_of(world.cast[name]), world.planted, world.addresses, world.cast[name])
    own = words_for(person, world.planted)
    assert {word: where for word, where in seen.items() if word not in own} == {}
    if name in ("member", "facilitator"):
        assert own - set(seen) == set()
    if person.is_authenticated:
        # What a first visit writes for itself (a read mark, a session) turns no word; what it keeps is nothing.
        assert freshness.current() == word
        assert entries() == kept


def test_no_word_comes_out_of_a_warm_cache(world, db, warm, client_of):
    visitor = client_of(world.cast["visitor"])
    cold = sweep(visitor, world.planted, world.addresses)
    assert pages_kept()
    sweep(client_of(world.cast["member"]), world.planted, world.addresses)
    assert set(sweep(visitor, world.planted, world.addresses)) == set(cold)


# Columns without a planted word: what they hold, and where that is held to its readers.
NOT_PLANTED = {
    # Made by the site: choices, digests, keys, answers to a form that was sent twice.
    "communities.Activity.kind", "communities.Record.digest", "communities.Record.reason_digest",
    "communities.Record.reason_salt", "communities.Record.verb", "communities.RecordHead.digest",
    "communities.Submission.answer", "communities.Submission.digest", "events.Event.time_zone",
    "profiles.ContactRequest.language", "profiles.Pin.kind", "profiles.Section.language",
    "profiles.SpokenLanguage.code",
    "profiles.User.password", "profiles.User.session_salt", "profiles.User.time_zone", "space_forum.Draft.key",
    "space_forum.Moved.public_id",
    # machina's, which nobody fills here.
    "forum.Forum.description", "forum.Forum.name",
    "forum_conversation.Post.anonymous_key", "forum_conversation.Post.update_reason",
    "forum_conversation.Post.username",
    # Words of the post that it stands in.
    "space_forum.Mention.words",
    # Read by all who may ask to come in (communities/test_asking), or by everyone (pages/test_landing).
    "communities.SpaceText.question", "communities.Membership.public_name",
    # Of the network, and of nobody outside: tests/profiles.
    "profiles.Organisation.name", "profiles.Organisation.name_folded", "profiles.Profile.name_folded",
    "profiles.ProfileText.headline", "profiles.User.display_name",
}  # fmt: skip


def test_every_column_of_words_is_planted(world, db):
    """What people write tomorrow is planted, or its column is named above with its reason."""
    empty = set()
    for model in (model for model in apps.get_models() if model._meta.app_label in ROOMS):
        for field in filter(typed, model._meta.concrete_fields):
            words = model._base_manager.values_list(field.name, flat=True)
            if not any(WORD.search(str(value)) for value in words):
                empty.add(f"{model._meta.label}.{field.name}")
    assert empty == NOT_PLANTED


def test_no_mail_carries_a_word(world):
    assert len(world.mails) > 0
    for message in world.mails:
        whole = message.subject + message.body + "".join(str(part.content) for part in message.alternatives)
        assert [word for word in world.planted if word in whole] == []


def test_words_are_gone_for_somebody_who_left(world, db, client_of):
    member = world.cast["member"]
    for space in world.spaces.values():
        joining.leave(space.memberships.get(user=member))
    seen = sweep(client_of(member), world.planted, world.addresses, member)
    assert set(seen) - words_for(member, world.planted) == set()


def test_search_for_a_word_finds_nothing_of_others_and_logs_no_word(world, db, client_of, caplog):
    caplog.set_level("DEBUG", logger="request")
    stranger = world.cast["stranger"]
    client, own = client_of(stranger), words_for(stranger, world.planted)
    leaked = {}
    for word in world.planted:
        page = client.get(reverse("search:search"), {"q": word}).content.decode()
        leaked[word] = [other for other in world.planted if other in page and other not in own | {word}]
    assert {word: others for word, others in leaked.items() if others} == {}
    assert caplog.records
    assert [word for word in world.planted if word in caplog.text] == []
