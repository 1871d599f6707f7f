import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from machina.apps.forum.models import Forum

from communities.joining import leave
from communities.models import Activity, Membership, Notification, Space, Submission
from communities.permissions import Refused
from communities.submissions import new_key, read_key
from files.models import StoredFile
from forum import moderation
from forum.forum_conversation.models import Post, Topic
from forum.kinds import TopicKind
from forum.posting import TopicLocked, edit, open_topic, reply
from forum.spaces import forum_of
from search.models import SearchEntry
from tests.files.pictures import upload


def statements(context) -> list[str]:
    """What a cursor executed: Django also writes down where transactions begin and end."""
    words = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return [q["sql"] for q in context.captured_queries if not q["sql"].startswith(words)]


def counters(topic: Topic) -> dict:
    topic = Topic.objects.get(pk=topic.pk)
    forum = Forum.objects.get(pk=topic.forum_id)
    return {
        "topic": (topic.posts_count, topic.first_post_id, topic.last_post_id, topic.last_post_on),
        "forum": (
            forum.direct_topics_count,
            forum.direct_posts_count,
            forum.last_post_id,
            forum.last_post_on,
        ),
    }


def test_every_space_has_a_forum_from_the_start(spaces):
    assert len({forum_of(space).pk for space in spaces.values()}) == 4


def test_space_without_a_forum_gets_one_with_its_first_topic(closed_space, member):
    closed_space.forum_tie.delete()
    closed_space.refresh_from_db()
    topic = open_topic(closed_space, member, "First", "Words", "fr")
    assert topic.forum == forum_of(closed_space)


@pytest.mark.parametrize("name", ["observer", "stranger", "former", "newcomer", "staff", "root", "suspended"])
@pytest.mark.parametrize("visibility", ["public", "network", "closed", "hidden"])
def test_nobody_writes_without_the_right(cast, spaces, topic_in, name, visibility):
    topic = topic_in(spaces[visibility])
    with pytest.raises(Refused):
        open_topic(spaces[visibility], cast[name], "Subject", "Words", "en")
    with pytest.raises(Refused):
        reply(topic, cast[name], "Words")
    assert Post.objects.count() == 1


def test_member_announces_nothing(closed_space, member, facilitator):
    with pytest.raises(Refused):
        open_topic(closed_space, member, "Subject", "Words", "en", kind=TopicKind.ANNOUNCEMENT)
    assert open_topic(
        closed_space, facilitator, "Subject", "Words", "en", kind=TopicKind.ANNOUNCEMENT
    ).is_announce


def test_counters_are_those_that_machina_would_count(closed_space, member, moderator, topic_in):
    other = topic_in(closed_space, replies=2)
    topic = open_topic(closed_space, member, "Subject", "Words", "fr")
    for number in range(3):
        reply(topic, moderator, f"Reply {number}")
    ours = [counters(topic), counters(other)]
    for post in (topic.first_post, other.first_post):
        Post.objects.get(pk=post.pk).topic.update_trackers()
    assert [counters(topic), counters(other)] == ours
    assert ours[0]["topic"][0] == 4
    assert ours[0]["forum"][:2] == (2, 7)


def test_subject_of_a_topic_is_that_of_its_first_post(closed_space, member):
    topic = open_topic(closed_space, member, "Détention", "Words", "fr")
    post = Post.objects.get(pk=topic.first_post.pk)
    assert (post.subject, post.is_topic_head, post.topic.slug) == ("Détention", True, "détention")
    edit(post, member, content="Others", subject="Changed")
    assert str(Topic.objects.get(pk=topic.pk)) == "Changed"


@pytest.mark.parametrize("minutes", [0, 5])
def test_reply_takes_at_most_15_statements(closed_space, member, topic_in, minutes):
    Space.objects.filter(pk=closed_space.pk).update(slow_minutes=minutes)
    topic = Topic.objects.with_space().get(pk=topic_in(closed_space, replies=3).pk)
    key, answered = read_key(new_key(member, "reply"), member, "reply"), topic.first_post
    with CaptureQueriesContext(connection) as context:
        reply(topic, member, "**Words**", key=key, answers_to=answered)
    assert len(statements(context)) <= 15, "\n".join(statements(context))


def test_reply_of_a_long_topic_takes_as_many_statements(closed_space, member, topic_in):
    counts = []
    for replies in (1, 30):
        topic = Topic.objects.with_space().get(pk=topic_in(closed_space, replies=replies).pk)
        with CaptureQueriesContext(connection) as context:
            reply(topic, member, "Words")
        counts.append(len(statements(context)))
    assert counts[0] == counts[1]


def test_topic_locked_meanwhile_takes_no_reply_and_stays_locked(closed_space, member, moderator, topic_in):
    stale = topic_in(closed_space)
    moderation.lock(Topic.objects.get(pk=stale.pk), by=moderator)
    with pytest.raises(TopicLocked) as refusal:
        reply(stale, member, "Too late")
    assert refusal.value.reason
    assert Topic.objects.get(pk=stale.pk).is_locked
    with pytest.raises(TopicLocked):
        edit(Post.objects.get(pk=stale.first_post.pk), stale.poster, content="Too late")
    assert Post.objects.count() == 1


def test_same_key_twice_makes_one_topic(closed_space, member):
    key = read_key(new_key(member, "topic"), member, "topic")
    first, second = (open_topic(closed_space, member, "Subject", "Words", "fr", key=key) for _ in range(2))
    assert first == second
    assert (
        Topic.objects.count(),
        Post.objects.count(),
        Activity.objects.filter(kind="topic_posted").count(),
    ) == (1, 1, 1)


def test_same_key_twice_makes_one_reply(closed_space, member, topic_in):
    topic = topic_in(closed_space)
    key = read_key(new_key(member, "reply"), member, "reply")
    first, second = (reply(topic, member, "Words", key=key) for _ in range(2))
    assert first == second
    assert Topic.objects.get(pk=topic.pk).posts_count == 2
    assert Submission.objects.get().answer == first.public_id


def test_failed_first_sending_leaves_its_key_free(closed_space, member, moderator, topic_in):
    topic = topic_in(closed_space)
    key = read_key(new_key(member, "reply"), member, "reply")
    moderation.lock(topic, by=moderator)
    with pytest.raises(TopicLocked):
        reply(topic, member, "Words", key=key)
    moderation.unlock(topic, by=moderator)
    assert reply(topic, member, "Words", key=key).public_id == Submission.objects.get().answer


def test_pictures_of_a_post_are_kept_with_it(closed_space, member):
    topic = open_topic(closed_space, member, "Subject", "Words", "fr", files=[upload(), upload("PNG")])
    assert [file.stored.content_type for file in topic.first_post.files.all()] == ["image/jpeg", "image/webp"]


def test_fifth_picture_is_not_kept(closed_space, member):
    open_topic(closed_space, member, "Subject", "Words", "fr", files=[upload() for _ in range(5)])
    assert StoredFile.objects.count() == 4


def test_whoever_wrote_in_the_topic_hears_of_a_reply(closed_space, member, moderator, facilitator):
    topic = open_topic(closed_space, member, "Subject", "Words", "fr")
    reply(topic, moderator, "One")
    Notification.objects.all().delete()
    reply(topic, facilitator, "Two")
    assert set(Notification.objects.values_list("recipient", flat=True)) == {member.pk, moderator.pk}


def test_whoever_left_a_closed_space_hears_no_more(closed_space, member, facilitator):
    topic = open_topic(closed_space, member, "Subject", "Words", "fr")
    leave(Membership.objects.get(space=closed_space, user=member))
    reply(topic, facilitator, "Two")
    assert not Notification.objects.filter(recipient=member).exists()


def test_new_topic_is_told_to_those_who_look_after_the_space(closed_space, member, moderator, facilitator):
    open_topic(closed_space, member, "Subject", "Words", "fr")
    assert set(Notification.objects.values_list("recipient", flat=True)) == {moderator.pk, facilitator.pk}


def test_announcement_is_told_to_every_member(closed_space, cast, facilitator):
    open_topic(closed_space, facilitator, "Subject", "Words", "ar", kind=TopicKind.ANNOUNCEMENT)
    heard = {cast[name].pk for name in ("member", "observer", "moderator")}
    assert set(Notification.objects.values_list("recipient", flat=True)) == heard


def test_only_the_author_edits(closed_space, member, moderator, topic_in):
    topic = open_topic(closed_space, member, "Subject", "Words", "fr")
    with pytest.raises(Refused):
        edit(topic.first_post, moderator, content="Not mine")
    changed = Post.objects.get(pk=edit(topic.first_post, member, content="**Better**", subject="Clearer").pk)
    assert (changed.updates_count, changed.updated_by, "<strong>Better" in changed.html) == (0, member, True)


def test_search_knows_what_was_written_edited_and_hidden(closed_space, member, moderator):
    topic = open_topic(closed_space, member, "Subject", "Opening *words*", "fr")
    post = reply(topic, member, "An answer")
    entry = SearchEntry.objects.get(kind="topic", object_id=topic.pk)
    assert (entry.title, entry.body, entry.space, entry.language) == (
        "Subject",
        "Opening words",
        closed_space,
        "fr",
    )
    assert SearchEntry.objects.get(kind="post", object_id=post.pk).body == "An answer"
    edit(post, member, content="Another")
    assert SearchEntry.objects.get(kind="post", object_id=post.pk).body == "Another"
    moderation.hide(post, by=moderator)
    assert not SearchEntry.objects.filter(kind="post").exists()
    moderation.hide(Post.objects.get(pk=topic.first_post.pk), by=moderator)
    assert not SearchEntry.objects.filter(kind="topic").exists()


def test_hidden_post_is_counted_no_more(closed_space, member, moderator, topic_in):
    topic = topic_in(closed_space, replies=2)
    last = topic.last_post
    moderation.hide(Post.objects.get(pk=last.pk), by=moderator)
    ours = counters(topic)
    Topic.objects.get(pk=topic.pk).update_trackers()
    assert counters(topic) == ours
    assert ours["topic"][0] == 2 and ours["topic"][2] != last.pk
