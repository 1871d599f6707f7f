from communities import hooks, joining
from communities.activity import lines_for
from communities.founding import hide
from communities.models import Activity, Membership
from forum.forum_conversation.models import Post, Topic
from forum.leaving import erase
from forum.models import ReadMark
from forum.posting import open_topic, reply
from search.models import SearchEntry


def test_leaving_erases_how_far_one_had_read_there_and_nowhere_else(
    member, facilitator, closed_space, public_space, topic_in
):
    for space in (closed_space, public_space):
        reply(topic_in(space), member, "Words")
        topic = open_topic(space, member, "Subject", "Words", "fr")
        topic.subscribers.add(member)
    joining.leave(Membership.objects.get(space=closed_space, user=member))
    assert {mark.topic.space for mark in ReadMark.objects.filter(user=member)} == {public_space}
    assert {topic.space for topic in member.topic_subscriptions.all()} == {public_space}
    assert ReadMark.objects.filter(user=facilitator).count() == 2


def test_emptying_a_person_erases_what_they_read_and_keeps_what_they_wrote(member, closed_space):
    open_topic(closed_space, member, "Subject", "Words", "fr")
    assert erase in hooks.erase
    erase(member, False)
    assert not ReadMark.objects.filter(user=member).exists()
    assert Post.objects.filter(poster=member).count() == 1


def test_hidden_space_is_found_at_its_new_address_alone(member, facilitator, closed_space):
    old = closed_space.slug
    reply(open_topic(closed_space, member, "Subject", "Words", "fr"), member, "More")
    hide(closed_space, by=facilitator)
    urls = list(SearchEntry.objects.filter(kind__in=["topic", "post"]).values_list("url", flat=True))
    assert len(urls) == 2
    assert all(f"spaces/{closed_space.slug}/" in url and old not in url for url in urls)


def test_name_of_a_space_is_not_in_machinas_tables(spaces):
    for space in spaces.values():
        assert space.name not in space.forum_tie.forum.name


def test_feed_names_what_its_reader_may_read(member, stranger, closed_space, public_space):
    for space in (closed_space, public_space):
        reply(open_topic(space, member, f"In {space.visibility}", "Words", "fr"), member, "More")
    activities = list(Activity.objects.filter(kind__in=["topic_posted", "reply_posted"]))
    assert [line.title for line in lines_for(member, activities).values()].count("In closed") == 2
    assert {line.title for line in lines_for(stranger, activities).values()} == {"In public"}
    assert {line.language for line in lines_for(member, activities).values()} == {"fr"}


def test_sources_give_what_the_verbs_have_put(member, closed_space):
    from search.entries import sources

    topic = open_topic(closed_space, member, "Subject", "Words", "fr")
    post = reply(topic, member, "More")
    fields = ("object_id", "space_id", "language", "title", "body", "author", "url")
    for kind, pk in (("topic", topic.pk), ("post", post.pk)):
        (entry,) = sources()[kind]()
        put = SearchEntry.objects.get(kind=kind, object_id=pk)
        assert {name: getattr(entry, name) for name in fields} == {
            name: getattr(put, name) for name in fields
        }


def test_deleting_a_person_is_refused_while_they_have_written(member, closed_space):
    import pytest
    from django.db.models import ProtectedError

    open_topic(closed_space, member, "Subject", "Words", "fr")
    with pytest.raises(ProtectedError):
        member.delete()
    assert Topic.objects.count() == 1
