"""Themes of topics: three at most, found by whoever follows them and may read there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forum import moderation
from forum.forum_conversation.models import Post, Topic
from forum.posting import open_topic
from profiles.models import Follow
from search.models import SearchEntry
from tests.forum.test_views import address, words
from themes.models import Theme


@pytest.fixture
def themes(closed_space):
    rows = [Theme.objects.create(slug=f"theme-{letter}") for letter in "abcd"]
    closed_space.themes.set([rows[3]])
    return rows


def of_entry(topic):
    return set(
        SearchEntry.objects.get(kind="topic", object_id=topic.pk).themes.values_list("slug", flat=True)
    )


def test_themes_of_the_space_stand_first_and_three_may_be_chosen(client_of, member, closed_space, themes):
    url, client = address(closed_space, name="forum:topic_new"), client_of(member)
    offered = [label for _value, label in client.get(url).context["form"].fields["themes"].choices]
    assert offered[0] == "theme-d" and offered[1:] == sorted(offered[1:])
    four = words(member, "topic", subject="Subject", themes=[theme.pk for theme in themes])
    page = client.post(url, four)
    assert "At most 3 themes" in page.text and "A few words</textarea>" in page.text
    for wrong in (["0"], ["zq"], ["9" * 30]):
        assert client.post(url, four | {"themes": wrong}).status_code == 200
    assert not Topic.objects.exists()
    page = client.post(url, four | {"themes": [themes[0].pk, themes[1].pk]}, follow=True)
    topic = Topic.objects.get()
    assert '<span class="badge">theme-a</span>' in page.text
    assert of_entry(topic) == {"theme-a", "theme-b"}
    edited = {"subject": "Subject", "content": "Words", "language": "en", "themes": [themes[2].pk]}
    client.post(address(closed_space, topic.first_post.public_id, name="forum:post_edit"), edited)
    assert of_entry(topic) == {"theme-c"} == set(topic.themes.values_list("slug", flat=True))
    del edited["themes"]
    client.post(address(closed_space, topic.first_post.public_id, name="forum:post_edit"), edited)
    assert of_entry(topic) == set()


def test_hidden_and_shown_again_it_has_its_themes(member, moderator, closed_space, themes):
    topic = open_topic(closed_space, member, "Subject", "Words", "en", themes=[themes[0].pk])
    post = Post.objects.with_space().get(pk=topic.first_post.pk)
    moderation.hide(post, by=moderator)
    moderation.restore(post, by=moderator)
    assert of_entry(topic) == {"theme-a"}


@pytest.mark.parametrize(
    ("visibility", "is_shown"), [("network", True), ("closed", False), ("hidden", False)]
)
def test_followed_theme_brings_topics_to_whoever_may_read_them(
    client_of, cast, member, spaces, themes, visibility, is_shown
):
    for number, theme in enumerate(themes[:2]):
        open_topic(spaces[visibility], member, f"Zqtopic{number}", "Words", "en", themes=[theme.pk])
    feed = reverse("communities:feed")
    Follow.objects.create(user=cast["stranger"], theme=themes[0])
    page = client_of(cast["stranger"]).get(feed).text
    assert ("Zqtopic0" in page) == is_shown
    assert "Zqtopic1" not in page


def test_themes_cost_one_query_where_there_are_any(client_of, member, closed_space, themes):
    client, counts = client_of(member), []
    for some in ([], [theme.pk for theme in themes[:3]]):
        topic = open_topic(closed_space, member, "Subject", "Words", "en", themes=some)
        client.get(topic.get_absolute_url())
        with CaptureQueriesContext(connection) as seen:
            client.get(topic.get_absolute_url())
        counts.append(len(seen))
    assert counts[1] - counts[0] == 1
