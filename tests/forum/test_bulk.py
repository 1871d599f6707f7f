from datetime import timedelta

from django.utils import timezone
from machina.apps.forum.models import Forum

from forum.bulk import PostDraft, TopicDraft, add
from forum.forum_conversation.models import Topic


def test_many_topics_at_once_have_the_counters_that_machina_would_count(
    member, moderator, closed_space, client_of
):
    start = timezone.now() - timedelta(days=5)
    drafts = [
        TopicDraft(
            f"Topic {n}",
            [
                PostDraft(
                    (member, moderator)[i % 2], f"**{n}**, {i}", "fr", start + timedelta(hours=n, minutes=i)
                )
                for i in range(n + 1)
            ],
        )
        for n in range(4)
    ]
    topics = add(closed_space, drafts)

    def state():
        forum = Forum.objects.get(pk=topics[0].forum_id)
        rows = Topic.objects.order_by("pk").values_list(
            "posts_count", "first_post", "last_post", "last_post_on"
        )
        return list(rows), (
            forum.direct_topics_count,
            forum.direct_posts_count,
            forum.last_post_id,
            forum.last_post_on,
        )

    ours = state()
    for topic in Topic.objects.all():
        topic.update_trackers()
    assert state() == ours
    assert ours[1][:2] == (4, 10)
    assert "<strong>3</strong>" in client_of(member).get(topics[3].get_absolute_url()).text
