import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from communities.models import Membership, Space
from communities.submissions import new_key
from files.cleaning import Note, cleaned
from forum import moderation
from forum.forum_conversation.models import Post, Topic
from forum.models import ReadMark, Report
from forum.posting import open_topic, reply
from tests.files.pictures import upload
from tests.world import PEOPLE


def address(space, *args, name="forum:topics"):
    return reverse(name, args=[space.slug, *args])


def words(person, purpose="reply", **more):
    return {"content": "A few words", "language": "fr", "key": new_key(person, purpose), **more}


# Who reads and who writes ---------------------------------------------------------------------------------
MEMBERS = {"member", "observer", "moderator", "facilitator"}
NETWORK = set(PEOPLE) - {"visitor", "newcomer", "suspended"}
READERS = {"public": set(PEOPLE), "network": NETWORK, "closed": MEMBERS, "hidden": MEMBERS}
ELSE = {"public": 403, "network": 403, "closed": 403, "hidden": 404}
# A form sent without a session gets the sign-in page whatever its address: 403, and nothing is looked up.
SESSIONLESS = {"visitor", "suspended"}


@pytest.mark.parametrize("visibility", READERS)
def test_readers_are_those_of_the_space(cast, spaces, client_of, topic_in, visibility):
    space = spaces[visibility]
    topic = topic_in(space, content="qwertzuiop")
    there = [
        address(space),
        topic.get_absolute_url(),
        address(space, topic.first_post.public_id, name="forum:post"),
    ]
    for name in PEOPLE:
        client = client_of(cast[name])
        statuses = [client.get(url).status_code for url in there]
        reads = name in READERS[visibility]
        assert statuses == ([200, 200, 302] if reads else [ELSE[visibility]] * 3), name
        assert (b"qwertzuiop" in client.get(there[1]).content) == reads, name


@pytest.mark.parametrize("visibility", READERS)
def test_writers_are_members_moderators_facilitators(cast, spaces, client_of, topic_in, visibility):
    space = spaces[visibility]
    topic = topic_in(space)
    for name in PEOPLE:
        before = Post.objects.count()
        client, person = client_of(cast[name]), cast[name]
        answers = [
            client.post(address(space, name="forum:topic_new"), words(person, "topic", subject="Subject")),
            client.post(topic.get_absolute_url(), words(person)),
        ]
        if name in {"member", "moderator", "facilitator"}:
            assert [a.status_code for a in answers] == [302, 302], name
            assert Post.objects.count() == before + 2
        else:
            hidden = visibility == "hidden" and name not in MEMBERS and name not in SESSIONLESS
            assert [a.status_code for a in answers] == [404 if hidden else 403] * 2, name
            assert Post.objects.count() == before


@pytest.mark.parametrize("visibility", READERS)
def test_nobody_but_the_author_edits(cast, spaces, client_of, member, visibility):
    space = spaces[visibility]
    post = open_topic(space, member, "Subject", "Words", "fr").first_post
    url = address(space, post.public_id, name="forum:post_edit")
    for name in set(PEOPLE) - {"member"}:
        client = client_of(cast[name])
        refused = 404 if visibility == "hidden" and name not in MEMBERS else 403
        assert client.get(url).status_code == refused, name
        answer = client.post(url, {"subject": "x", "content": "x", "language": "fr"})
        assert answer.status_code == (403 if name in SESSIONLESS else refused), name
    assert Post.objects.get(pk=post.pk).content.raw == "Words"
    form = {"subject": "Better", "content": "Better words", "language": "nl"}
    answer = client_of(member).post(url, form, follow=True)
    assert b"Better words" in answer.content
    assert Topic.objects.get().language == "nl"


def test_unknown_topic_of_a_closed_space_answers_as_a_known_one(client_of, stranger, closed_space, topic_in):
    client = client_of(stranger)
    known, unknown = (
        client.get(address(closed_space, i, name="forum:topic"))
        for i in (topic_in(closed_space).public_id, "2" * 16)
    )
    assert (known.status_code, unknown.status_code) == (403, 403)
    mask = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|forum/\w+/|forum%2F\w+%2F')
    assert mask.sub(b"", known.content) == mask.sub(b"", unknown.content)


def test_topic_is_found_below_its_own_space_only(client_of, member, closed_space, public_space, topic_in):
    topic = topic_in(closed_space)
    client = client_of(member)
    assert client.get(address(public_space, topic.public_id, name="forum:topic")).status_code == 404
    post = topic.first_post.public_id
    for name in ("forum:post", "forum:post_edit"):
        assert client.get(address(public_space, post, name=name)).status_code == 404


def test_hidden_post_is_nowhere(client_of, member, moderator, closed_space, topic_in):
    topic = topic_in(closed_space, replies=3)
    post = Post.objects.of(topic)[1]
    moderation.hide(post, by=moderator)
    client = client_of(member)
    page = client.get(topic.get_absolute_url()).text
    assert "Reply 1" not in page and "Reply 3" in page
    assert client.get(address(closed_space, post.public_id, name="forum:post")).status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_405_for_readers(client_of, member, closed_space, topic_in, method):
    topic = topic_in(closed_space)
    for url in (
        address(closed_space),
        topic.get_absolute_url(),
        address(closed_space, name="forum:topic_new"),
    ):
        answer = getattr(client_of(member), method)(url)
        assert answer.status_code == 405 and answer["Allow"]


def test_archived_space_is_read_and_not_written(client_of, member, closed_space, topic_in):
    topic = topic_in(closed_space)
    Space.objects.filter(pk=closed_space.pk).update(archived_at=timezone.now())
    client = client_of(member)
    page = client.get(topic.get_absolute_url())
    assert page.status_code == 200 and b"<textarea" not in page.content
    assert client.post(topic.get_absolute_url(), words(member)).status_code == 403


# Writing --------------------------------------------------------------------------------------------------
def test_member_opens_a_topic_and_lands_on_it(client_of, member, closed_space):
    form = words(member, "topic", subject="Un sujet", files=[upload()])
    answer = client_of(member).post(address(closed_space, name="forum:topic_new"), form, follow=True)
    topic = Topic.objects.get()
    assert answer.redirect_chain[0][0] == topic.get_absolute_url()
    assert (topic.subject, topic.language, topic.poster) == ("Un sujet", "fr", member)
    assert topic.first_post.files.get().stored.url.encode() in answer.content


@pytest.mark.parametrize("language", ["en", "fr", "ar", "nl"])
def test_author_is_told_what_a_picture_held(client_of, member, closed_space, topic_in, language):
    topic = topic_in(closed_space)
    with override(language):
        place, url = str(Note.PLACE.label), topic.get_absolute_url()
    answer = client_of(member).post(url, words(member, files=[upload()]), follow=True)
    assert place in answer.text and "\u2068photo.jpg\u2069" in answer.text
    bare = upload(content=cleaned(upload()).content.read())
    answer = client_of(member).post(url, words(member, files=[bare]), follow=True)
    assert place not in answer.text


def test_picture_that_takes_too_much_is_a_message_not_an_error(
    client_of, member, closed_space, topic_in, settings
):
    settings.CLEANING_MEGABYTES = 30
    big = upload("PNG", size=(5000, 5000))
    answer = client_of(member).post(topic_in(closed_space).get_absolute_url(), words(member, files=[big]))
    assert answer.status_code == 200 and "too much time or memory" in answer.text
    assert "A few words</textarea>" in answer.text and Post.objects.count() == 1


def test_reply_leads_to_its_place_on_the_last_page(client_of, member, closed_space, topic_in):
    topic = topic_in(closed_space, replies=20)
    answer = client_of(member).post(topic.get_absolute_url(), words(member))
    post = Post.objects.latest("pk")
    assert answer["Location"] == f"{topic.get_absolute_url()}?page=2#p{post.public_id}"
    assert f'id="p{post.public_id}"'.encode() in client_of(member).get(answer["Location"]).content


def test_same_form_sent_twice_makes_one_and_leads_to_it(client_of, member, closed_space, topic_in):
    topic, client = topic_in(closed_space), client_of(member)
    form = words(member)
    places = {client.post(topic.get_absolute_url(), form)["Location"] for _ in range(3)}
    assert len(places) == 1 and Post.objects.count() == 2
    form = words(member, "topic", subject="Subject")
    places = {client.post(address(closed_space, name="forum:topic_new"), form)["Location"] for _ in range(3)}
    assert len(places) == 1 and Topic.objects.count() == 2


@pytest.mark.parametrize("key", ["", "forged", "a:b:c", "é" * 300])
def test_key_that_does_not_hold_keeps_the_words_and_gives_a_new_one(
    client_of, member, closed_space, topic_in, key
):
    topic, client = topic_in(closed_space), client_of(member)
    answer = client.post(topic.get_absolute_url(), words(member, content="what I typed", key=key))
    assert answer.status_code == 200 and "what I typed" in answer.text
    assert Post.objects.count() == 1
    fresh = re.search(r'name="key" value="([^"]+)"', answer.text)[1]
    assert client.post(topic.get_absolute_url(), words(member, key=fresh)).status_code == 302


def test_key_of_somebody_else_or_of_another_form_is_refused(
    client_of, member, moderator, closed_space, topic_in
):
    topic, client = topic_in(closed_space), client_of(member)
    for key in (new_key(moderator, "reply"), new_key(member, "topic")):
        assert client.post(topic.get_absolute_url(), words(member, key=key)).status_code == 200
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"content": ""},
        {"content": "   "},
        {"content": "x" * 20_001},
        {"language": "xx"},
        {"files": [upload(content=b"")]},
        {"files": [upload(content=b"%PDF-1.4")]},
        {"files": [upload() for _ in range(5)]},
    ],
)
def test_wrong_reply_is_shown_again_with_its_words(client_of, member, closed_space, topic_in, wrong):
    topic = topic_in(closed_space)
    answer = client_of(member).post(topic.get_absolute_url(), words(member, **wrong))
    assert answer.status_code == 200 and 'class="message brick"' in answer.text
    assert "Opening words" in answer.text
    if "content" not in wrong:
        assert "A few words</textarea>" in answer.text
    assert Post.objects.count() == 1


def test_25_megabytes_are_refused_with_words(client_of, member, closed_space, topic_in):
    topic = topic_in(closed_space)
    huge = upload(content=b"\xff\xd8\xff" + b"\0" * 25 * 1024 * 1024)
    answer = client_of(member).post(topic.get_absolute_url(), words(member, files=[huge]))
    assert (
        answer.status_code == 200 and "too large" in answer.text and "A few words</textarea>" in answer.text
    )


@pytest.mark.parametrize("subject", ["", "x" * 121])
def test_wrong_title_is_shown_again_with_the_words(client_of, member, closed_space, subject):
    url = address(closed_space, name="forum:topic_new")
    answer = client_of(member).post(url, words(member, "topic", subject=subject))
    assert answer.status_code == 200 and "A few words</textarea>" in answer.text
    assert not Topic.objects.exists()


def test_title_is_escaped_wherever_it_stands(client_of, member, closed_space, topic_in):
    topic = topic_in(closed_space, subject="<img src=x onerror=alert(1)>")
    for url in (address(closed_space), topic.get_absolute_url()):
        assert "<img src=x" not in client_of(member).get(url).text


def test_reply_to_a_topic_locked_meanwhile_is_told_so(client_of, member, moderator, closed_space, topic_in):
    topic, client = topic_in(closed_space), client_of(member)
    moderation.lock(topic, by=moderator)
    answer = client.post(topic.get_absolute_url(), words(member))
    assert answer.status_code == 422 and "closed" in answer.text and "A few words</textarea>" in answer.text
    assert "<textarea" not in client.get(topic.get_absolute_url()).text


def test_only_a_facilitator_is_offered_an_announcement(client_of, member, facilitator, closed_space):
    url = address(closed_space, name="forum:topic_new")
    assert 'value="announcement"' in client_of(facilitator).get(url).text
    assert 'value="announcement"' not in client_of(member).get(url).text
    answer = client_of(member).post(url, words(member, "topic", subject="Subject", kind="announcement"))
    assert answer.status_code == 200 and not Topic.objects.exists()
    client_of(facilitator).post(url, words(facilitator, "topic", subject="Subject", kind="announcement"))
    assert Topic.objects.latest("pk").is_announce


def test_quote_is_put_into_the_reply_without_javascript(client_of, member, closed_space, topic_in):
    topic = topic_in(closed_space, content="First line\nsecond line")
    url = f"{topic.get_absolute_url()}?quote={topic.first_post.public_id}"
    assert "&gt; First line\n&gt; second line" in client_of(member).get(url).text


def test_quote_of_another_space_gives_nothing(client_of, member, closed_space, hidden_space, topic_in):
    secret = topic_in(hidden_space, content="qwertzuiop").first_post.public_id
    url = f"{topic_in(closed_space).get_absolute_url()}?quote={secret}"
    assert "qwertzuiop" not in client_of(member).get(url).text


def test_public_space_says_who_reads(client_of, member, public_space, closed_space):
    said = "Everyone on the internet can read this, as <bdi>Member</bdi>"
    assert said in client_of(member).get(address(public_space, name="forum:topic_new")).text
    assert said not in client_of(member).get(address(closed_space, name="forum:topic_new")).text


@pytest.mark.parametrize(("indexed", "noindex"), [(False, True), (True, False)])
def test_public_topic_is_for_search_engines_only_when_the_space_says_so(
    client, public_space, topic_in, indexed, noindex
):
    Space.objects.filter(pk=public_space.pk).update(indexed=indexed)
    assert ('content="noindex"' in client.get(topic_in(public_space).get_absolute_url()).text) == noindex


# Pages and what is new ------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", ["0", "-1", "3", "abc", "1.5", "", "٢", "9" * 30, "last", "1 OR 1=1"])
def test_page_that_does_not_exist_is_the_ordinary_404(client_of, member, closed_space, topic_in, number):
    topic = topic_in(closed_space, replies=20)
    client = client_of(member)
    for url in (address(closed_space), topic.get_absolute_url()):
        assert client.get(url, {"page": number}).status_code == 404
    assert client.get(topic.get_absolute_url(), {"page": "2"}).status_code == 200


def test_list_has_pinned_first_then_the_last_word(
    client_of, member, facilitator, moderator, closed_space, topic_in
):
    old, pinned, fresh = (topic_in(closed_space, subject=name) for name in ("Older", "Pinned one", "Fresher"))
    moderation.pin(pinned, by=moderator)
    reply(old, member, "Up again")
    page = client_of(member).get(address(closed_space)).text
    assert page.index("Pinned one") < page.index("Older") < page.index("Fresher")


def test_empty_list_offers_the_first_step(client_of, member, observer, closed_space):
    first_step = address(closed_space, name="forum:topic_new")
    assert first_step in client_of(member).get(address(closed_space)).text
    assert first_step not in client_of(observer).get(address(closed_space)).text


def test_what_came_since_the_last_visit_is_counted_marked_and_then_old(
    client_of, member, facilitator, closed_space, topic_in
):
    topic, client = topic_in(closed_space, replies=1), client_of(member)
    assert "2 new" in client.get(address(closed_space)).text
    assert 'id="new"' not in client.get(topic.get_absolute_url()).text
    assert "2 new" not in client.get(address(closed_space)).text
    reply(topic, facilitator, "Fresh words")
    assert "1 new" in client.get(address(closed_space)).text
    page = client.get(topic.get_absolute_url()).text
    assert page.index("Reply 1") < page.index('id="new"') < page.index("Fresh words")
    assert 'id="new"' not in client.get(topic.get_absolute_url()).text


def test_what_was_there_before_one_joined_is_not_new(client_of, member, closed_space, topic_in):
    topic_in(closed_space)
    Membership.objects.filter(user=member).update(joined_at=timezone.now())
    assert 'class="new"' not in client_of(member).get(address(closed_space)).text


def test_ones_own_words_are_not_new(client_of, member, closed_space, topic_in):
    topic, client = topic_in(closed_space), client_of(member)
    client.get(topic.get_absolute_url())
    page = client.post(topic.get_absolute_url(), words(member), follow=True).text
    assert 'id="new"' not in page
    assert 'class="new"' not in client.get(address(closed_space)).text


def test_first_page_of_a_long_topic_does_not_mark_the_second(client_of, member, closed_space, topic_in):
    topic, client = topic_in(closed_space, replies=24), client_of(member)
    client.get(topic.get_absolute_url())
    assert ReadMark.objects.get(user=member).count == 20
    assert "5 new" in client.get(address(closed_space)).text
    client.get(topic.get_absolute_url(), {"page": 2})
    client.get(topic.get_absolute_url())
    assert ReadMark.objects.get(user=member).count == 25


def test_visitor_leaves_no_mark_and_gets_no_session(client, public_space, topic_in):
    answer = client.get(topic_in(public_space).get_absolute_url())
    assert answer.status_code == 200 and not answer.cookies
    assert ReadMark.objects.filter(user=None).count() == 0


# Queries --------------------------------------------------------------------------------------------------
def queries(client, url, django_assert_max_num_queries, most):
    client.get(url)
    with django_assert_max_num_queries(most) as context:
        assert client.get(url).status_code == 200
    return len(context)


def test_topic_takes_the_same_few_queries_at_1_and_at_20_posts(
    client_of, member, moderator, closed_space, topic_in, django_assert_max_num_queries
):
    counts = []
    for replies in (0, 19):
        topic = topic_in(closed_space, replies=replies)
        for number in range(replies // 4):
            reply(topic, moderator, f"With a picture {number}", files=[upload()])
        url = topic.get_absolute_url()
        # One of them asks for the reader's draft.
        counts.append(queries(client_of(member), url, django_assert_max_num_queries, 11))
    assert counts[0] == counts[1], counts


def test_topic_with_something_new_costs_one_statement_more(
    furnished, client_of, member, facilitator, closed_space, topic_in, django_assert_max_num_queries
):
    topic, client = topic_in(closed_space), client_of(member)
    usual = queries(client, topic.get_absolute_url(), django_assert_max_num_queries, 10)
    reply(topic, facilitator, "New")
    with django_assert_max_num_queries(10) as context:
        client.get(topic.get_absolute_url())
    assert len(context) == usual + 1


def test_menu_above_a_topic_leads_nobody_to_the_cms_whom_it_refuses(
    client_of, member, closed_space, topic_in
):
    page = client_of(member).get(topic_in(closed_space).get_absolute_url())
    assert page.status_code == 200 and "/cms/" not in page.content.decode()


def test_list_takes_the_same_few_queries_at_1_and_at_20_topics(
    client_of, member, closed_space, topic_in, django_assert_max_num_queries
):
    topic_in(closed_space)
    counts = [queries(client_of(member), address(closed_space), django_assert_max_num_queries, 10)]
    for _ in range(19):
        topic_in(closed_space)
    counts.append(queries(client_of(member), address(closed_space), django_assert_max_num_queries, 10))
    assert counts[0] == counts[1], counts


def test_visitor_reads_a_public_topic_with_fewer_queries(
    furnished, client, public_space, topic_in, django_assert_max_num_queries
):
    queries(client, topic_in(public_space, replies=19).get_absolute_url(), django_assert_max_num_queries, 6)


@pytest.mark.usefixtures("windows_begun")
def test_posting_and_reporting_have_a_pace_and_words_are_kept(
    member, moderator, closed_space, topic_in, client_of, monkeypatch
):
    topic, client = topic_in(closed_space), client_of(member)
    for action in ("post", "report"):
        monkeypatch.setitem(settings.FORUM_MOST_A_MINUTE, action, 1)
    assert client.post(topic.get_absolute_url(), words(member)).status_code == 302
    before = Post.objects.count()
    again = client.post(topic.get_absolute_url(), words(member, content="zqkept"))
    opened = client.post(
        address(closed_space, name="forum:topic_new"), words(member, "topic", subject="S", content="zqkept")
    )
    for answer in (again, opened):
        assert answer.status_code == 429 and "zqkept" in answer.content.decode()
    assert Post.objects.count() == before
    reports = [reverse("forum:report_new", args=[closed_space.slug, p.public_id]) for p in Post.objects.all()]
    said = {"reason": "other", "words": "zqwhy"}
    by_moderator = client_of(moderator)
    codes = [by_moderator.post(url, said).status_code for url in reports[:2]]
    assert codes == [302, 429] and Report.objects.count() == 1
