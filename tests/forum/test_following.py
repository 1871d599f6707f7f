"""How closely people follow topics and spaces, and who hears of what then."""

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.joining import leave
from communities.models import Membership
from forum import following, moving, recipients
from forum.following import Level, Subscription
from forum.forum_conversation.models import Post, Topic
from forum.posting import reply


def names(people):
    return {person.email.partition("@")[0] for person in people}


@pytest.fixture
def topic(topic_in, closed_space, member):
    topic = topic_in(closed_space)
    reply(topic, member, "Mine")
    return Topic.objects.with_space().get(pk=topic.pk)


# (level of the space, level of the topic) -> hears of a reply (who wrote there, who did not), of a new topic
LEVELS = [
    (None, None, True, False, False),
    (Level.EVERYTHING, None, True, True, True),
    (Level.TOPICS, None, False, False, True),
    (Level.MENTIONS, None, False, False, False),
    (Level.MUTED, None, False, False, False),
    (None, Level.EVERYTHING, True, True, False),
    (Level.MUTED, Level.EVERYTHING, True, True, False),
    (Level.EVERYTHING, Level.MUTED, False, False, True),
    (Level.EVERYTHING, Level.MENTIONS, False, False, True),
]


@pytest.mark.parametrize(("of_space", "of_topic", "wrote", "read", "opened"), LEVELS)
def test_what_was_chosen_decides_who_hears(
    of_space, of_topic, wrote, read, opened, topic, closed_space, member, observer
):
    for person in (member, observer):
        following.follow(person, closed_space, of_space)
        following.follow(person, closed_space, of_topic, topic)
    with CaptureQueriesContext(connection) as caught:
        heard = names(recipients.of_reply(closed_space, topic))
    assert len(caught) == 1
    assert ("member" in heard, "observer" in heard) == (wrote, read)
    new = names(recipients.of_topic(closed_space))
    assert {"member" in new, "observer" in new} == {opened}
    # Whoever chose nothing hears as before.
    assert "facilitator" in heard and {"moderator", "facilitator"} <= new
    announced = names(recipients.of_announcement(closed_space))
    assert ("observer" in announced) is (of_space != Level.MUTED)
    mentioned = names(following.without_muted(recipients._in_force(), closed_space, topic))
    level = of_space if of_topic is None else of_topic
    assert ("observer" in mentioned) is (level != Level.MUTED)


def test_nobody_hears_of_what_they_may_not_read(topic, closed_space, public_space, cast, topic_in):
    for name in ("former", "stranger", "suspended", "newcomer"):
        Subscription.objects.create(person=cast[name], topic=topic, level=Level.EVERYTHING)
        Subscription.objects.create(person=cast[name], space=closed_space, level=Level.EVERYTHING)
        Subscription.objects.create(person=cast[name], space=public_space, level=Level.EVERYTHING)
    nobody = {"former", "stranger", "suspended", "newcomer"}
    assert not names(recipients.of_reply(closed_space, topic)) & nobody
    assert not names(recipients.of_topic(closed_space)) & nobody
    open_to_all = names(recipients.of_reply(public_space, topic_in(public_space)))
    assert open_to_all & nobody == {"former", "stranger"}


def test_form_keeps_the_choice_and_the_mail_leads_to_it_without_naming_anything(
    topic, closed_space, observer, member, client_of, django_capture_on_commit_callbacks
):
    client, url = (
        client_of(observer),
        reverse("forum:subscription", args=[closed_space.slug, topic.public_id]),
    )
    assert client.post(url, {"level": "9"}).status_code == 422
    assert client.post(url, {"level": str(Level.TOPICS.value)}).status_code == 422
    assert client.post(url, {"level": "3"}).headers["Location"] == topic.get_absolute_url()
    assert client.get(url).context["form"].initial["level"] == Level.EVERYTHING
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        reply(topic, member, "zqwordsxv")
    letter = next(message for message in mail.outbox if message.to == [observer.email])
    assert (
        reverse("subscriptions").partition("/en/")[2] in letter.body and closed_space.slug not in letter.body
    )
    page = client.get(reverse("subscriptions")).content.decode()
    assert topic.subject in page and url in page
    leave(Membership.objects.get(space=closed_space, user=observer))
    assert not Subscription.objects.exists()
    # Also when the row is still there.
    Subscription.objects.create(person=observer, topic=topic, level=3)
    Subscription.objects.create(person=observer, space=closed_space, level=3)
    page = client.get(reverse("subscriptions")).content.decode()
    assert topic.subject not in page and closed_space.slug not in page


def test_subscriptions_go_along_with_what_is_split_merged_and_moved(
    topic, topic_in, closed_space, hidden_space, member, observer, moderator
):
    Membership.objects.filter(space=hidden_space, user=member).delete()
    other = topic_in(closed_space)
    following.follow(member, closed_space, Level.MUTED, topic)
    following.follow(observer, closed_space, Level.EVERYTHING, topic)
    following.follow(observer, closed_space, Level.MENTIONS, other)
    new = moving.split(topic, [Post.objects.of(topic)[1].public_id], by=moderator, subject="New")
    assert following.own(member, closed_space, new) == Level.MUTED
    moving.merge(topic, other, by=moderator)
    assert following.own(observer, closed_space, other) == Level.MENTIONS
    assert following.own(member, closed_space, other) == Level.MUTED
    moving.move(Topic.objects.with_space().get(pk=other.pk), hidden_space, by=moderator)
    assert {row.person for row in Subscription.objects.filter(topic=other)} == {observer}


def test_subscription_is_of_one_thing(topic, closed_space, member):
    for where in ({}, {"topic": topic, "space": closed_space}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Subscription.objects.create(person=member, level=3, **where)
