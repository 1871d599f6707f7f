"""Naming people: who is found, who is told, what each reader sees."""

import pytest
from django.conf import settings
from django.urls import reverse

from communities.models import Membership, Notification, Space
from forum import approving, bin, drafts
from forum.forum_conversation.models import Post
from forum.models import Draft, Mention, Removal, Revision, WaitingPost
from forum.posting import edit, open_topic, reply
from forum.talking import mentions
from profiles.joining import enrol
from profiles.models import Block, User


def told(post=None):
    rows = Notification.objects.filter(activity__kind="mentioned")
    rows = rows.filter(activity__target_id=post.pk) if post else rows
    return sorted(rows.values_list("recipient__display_name", flat=True))


def page_of(client, topic):
    return client.get(topic.get_absolute_url()).text


@pytest.fixture
def named_topic(member, closed_space):
    return open_topic(closed_space, member, "A subject", "Dear @Observer, and @moderator!", "en")


def test_members_who_are_named_are_told_once_and_shown_by_name(client_of, observer, named_topic):
    assert told() == ["Moderator", "Observer"]
    page = page_of(client_of(observer), named_topic)
    assert f'<a class="mention own" href="{observer.get_absolute_url()}">@<bdi>Observer</bdi></a>' in page
    assert "@<bdi>Moderator</bdi></a>!" in page
    post = named_topic.first_post
    assert "Observer" not in post._content_rendered and "@Observer" in post.content.raw


def test_notification_leads_to_the_post_and_the_mail_says_nothing(
    client_of, observer, named_topic, mailoutbox, django_capture_on_commit_callbacks, member, closed_space
):
    page = client_of(observer).get(reverse("communities:notifications")).text
    assert "named you in a post" in page and named_topic.first_post.get_absolute_url() in page
    with django_capture_on_commit_callbacks(execute=True):
        post = reply(named_topic, member, "@Observer once more")
    assert told(post) == ["Observer"]
    (letter,) = [letter for letter in mailoutbox if letter.to == [observer.email]]
    for word in ("Member", "Observer", "subject", "once more", closed_space.slug):
        assert word not in letter.body and word not in letter.subject


@pytest.mark.parametrize(
    "text",
    [
        "@Stranger",  # approved, and in no space
        "@Nobody at all",
        "@Former",
        "mail me at me@Observer.example",
        "`@Observer` and ```\n@Observer\n```",
        "[@](/people/{}/)",  # typed by hand, of somebody outside
        "@Observers",
    ],
)
def test_whoever_is_not_there_stays_text_and_nobody_is_told(client_of, member, stranger, closed_space, text):
    text = text.format(stranger.public_id)
    topic = open_topic(closed_space, member, "A subject", text, "en")
    assert told() == [] and not Mention.objects.exists()
    page = page_of(client_of(member), topic)
    assert 'class="mention' not in page
    if "[@]" in text:
        assert "Stranger" not in page


@pytest.mark.parametrize("word", mentions.FACILITATORS)
def test_those_who_run_the_space_are_called_in_any_language(member, closed_space, word):
    open_topic(closed_space, member, "A subject", f"Could @{word} help?", "en")
    assert told() == ["Facilitator"]


def test_name_in_a_quotation_is_shown_and_tells_nobody(client_of, observer, member, closed_space):
    topic = open_topic(closed_space, member, "A subject", "> @Observer said\n\nyes, @Moderator", "en")
    assert told() == ["Moderator"]
    assert "@<bdi>Observer</bdi>" in page_of(client_of(observer), topic)


def test_edit_tells_only_those_newly_named(member, named_topic):
    post = Post.objects.with_space().get(pk=named_topic.first_post_id)
    for content in ("Now @Facilitator", "@Observer and @Facilitator and @Moderator"):
        edit(post, member, content=content)
        assert told() == ["Facilitator", "Moderator", "Observer"]


def test_block_in_either_direction_keeps_silent_and_shows_nothing_of_it(
    client_of, member, observer, moderator, facilitator, closed_space
):
    Block.objects.create(user=observer, person=member)
    Block.objects.create(user=member, person=moderator)
    text = "@Observer @Moderator @Facilitator"
    topic = open_topic(closed_space, member, "A subject", text, "en")
    assert told() == ["Facilitator"]
    assert page_of(client_of(member), topic).count('class="mention"') == 3


def test_whoever_answers_and_is_named_hears_of_it_once(
    member, observer, moderator, closed_space, named_topic
):
    reply(named_topic, moderator, "An answer")
    post = reply(named_topic, member, "Thanks @Moderator")
    rows = Notification.objects.filter(activity__target_id=post.pk, recipient=moderator)
    assert list(rows.values_list("activity__kind", flat=True)) == ["mentioned"]


@pytest.fixture
def crowd(closed_space):
    people = []
    for number in range(12):
        person = enrol(
            f"p{number}@people.example", "a-long-password-7", "Same Name", language="en", approved=True
        )
        Membership.objects.create(space=closed_space, user=person, role=20)
        people.append(person)
    return people


def test_at_most_ten_are_told_and_a_name_of_several_is_nobody_unless_picked(member, closed_space, crowd):
    topic = open_topic(closed_space, member, "A subject", "@Same Name", "en")
    assert told() == []
    post = reply(topic, member, "@Same Name", mentioned=[crowd[3].public_id])
    assert [row.person for row in Mention.objects.filter(post=post)] == [crowd[3]]
    for number, person in enumerate(crowd):
        User.objects.filter(pk=person.pk).update(display_name=f"Same {number}")
    post = reply(topic, member, " ".join(f"@Same {number}" for number in range(12)))
    assert len(told(post)) == mentions.MOST_TOLD and Mention.objects.filter(post=post).count() == 12


def test_outside_the_space_only_those_who_write_are_named(client, client_of, member, stranger, public_space):
    topic = open_topic(public_space, member, "A subject", "@Observer, says @Member", "en")
    for reader in (client, client_of(stranger)):
        page = page_of(reader, topic)
        assert "Observer" not in page and "@a member of this space" in page and "@<bdi>Member</bdi>" in page


def test_renamed_and_erased_people_are_what_they_are_now(client_of, member, observer, named_topic):
    User.objects.filter(pk=observer.pk).update(display_name="Somebody Else")
    client = client_of(member)
    page = page_of(client, named_topic)
    assert "@<bdi>Somebody Else</bdi>" in page and "@<bdi>Observer" not in page
    mentions.forget(observer)
    User.objects.filter(pk=observer.pk).update(email=None, is_active=False)
    assert "@Former member" in page_of(client, named_topic)
    assert "Observer" not in Post.objects.get(pk=named_topic.first_post_id).content.raw


def test_name_of_whoever_is_erased_goes_from_earlier_words_the_bin_and_drafts(
    member, observer, facilitator, closed_space, named_topic
):
    own = reply(named_topic, member, "@Observer, and @Observers all")
    reply(named_topic, facilitator, "An answer, so that a change is kept")
    edit(own, member, content="Nobody any more")
    taken = reply(named_topic, member, "@observer again")
    bin.remove(taken, by=member)
    drafts.keep(member, closed_space, None, subject="", content="Ask @Observer.", language="en")
    waiting = approving.hand_in(closed_space, facilitator, content="@Observer!", language="en", subject="S")
    assert waiting is None
    # Somebody else of the same name: whom a draft means is not known.
    namesake = User.objects.create_user("namesake@cast.example", None, display_name="Observer")
    mentions.forget(observer)
    assert Revision.objects.get(post=own).content == "@…, and @Observers all"
    assert Removal.objects.get(post=taken).content == "@… again"
    assert (
        Draft.objects.get().content == "Ask @Observer." and WaitingPost.objects.get().content == "@Observer!"
    )
    namesake.delete()
    mentions.forget(observer)
    assert Draft.objects.get().content == "Ask @…." and WaitingPost.objects.get().content == "@…!"


def test_hidden_list_of_members_is_not_told_by_names(client_of, member, observer, moderator, closed_space):
    Space.objects.filter(pk=closed_space.pk).update(shows_members=False)
    space = Space.objects.get(pk=closed_space.pk)
    topic = open_topic(space, member, "A subject", "@Observer", "en")
    assert told() == []
    url = reverse("forum:people", args=[space.slug])
    assert client_of(member).get(url, {"q": "obs"}).json() == {"people": []}
    reply(topic, moderator, "I write")
    assert [each["name"] for each in client_of(member).get(url, {"q": "mod"}).json()["people"]] == [
        "Moderator"
    ]


# The list behind an @ -------------------------------------------------------------------------------------
def test_list_holds_people_of_the_space_alone(client_of, member, closed_space, moderator):
    url = reverse("forum:people", args=[closed_space.slug])
    client = client_of(member)

    def names(asked):
        return [each["name"] for each in client.get(url, {"q": asked}).json()["people"]]

    assert names("MODÉ") == ["Moderator"]
    assert names("fac") == ["facilitators", "Facilitator"]
    assert [names(asked) for asked in ("", "str", "memb", "%", "x" * 500)] == [[]] * 5
    found = client.get(url, {"q": "mod"}).json()["people"]
    assert found == [{"id": moderator.public_id, "name": "Moderator"}]


@pytest.mark.usefixtures("windows_begun")
def test_list_is_not_read_from_end_to_end(client_of, member, closed_space, monkeypatch):
    monkeypatch.setitem(settings.FORUM_MOST_A_MINUTE, "people", 2)
    client, url = client_of(member), reverse("forum:people", args=[closed_space.slug])
    statuses = [client.get(url, {"q": "mod"}).status_code for _ in range(4)]
    assert statuses[0] == 200 and 429 in statuses


def test_named_people_cost_one_query_for_the_page(
    client_of, member, moderator, closed_space, topic_in, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    topic, client, counts = topic_in(closed_space, replies=2), client_of(member), []
    for more in (0, 1, 9):
        for _ in range(more):
            reply(topic, moderator, "@Observer and @Member")
        page_of(client, topic)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page_of(client, topic)
        counts.append(len(asked))
    assert counts[1:] == [counts[0] + 1] * 2


def test_name_stands_where_a_post_is_quoted_for_its_readers(client_of, moderator, named_topic, closed_space):
    """Reporting, hiding, the reactions to it: whoever decides about a post reads it as it stands in its topic."""
    post = named_topic.first_post.public_id
    for name in ("report_new", "hiding", "reactions"):
        page = client_of(moderator).get(reverse(f"forum:{name}", args=[closed_space.slug, post])).text
        assert "@<bdi>Observer</bdi>" in page, name
