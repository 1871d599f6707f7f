"""Answers to one another, side remarks, quotations, what is new."""

import pytest
from django.urls import reverse

from communities.submissions import new_key
from forum import moderation
from forum.forum_conversation.models import Post
from forum.models import ReadMark
from forum.posting import reply
from forum.talking.answers import quotation


def words(person, **more):
    return {"content": "A few words", "language": "fr", "key": new_key(person, "reply"), **more}


def at(space, name, *args):
    return reverse(f"forum:{name}", args=[space.slug, *args])


@pytest.fixture
def talk(member, moderator, closed_space, topic_in):
    """A topic, an answer of the moderator's in it, and the member's side remark to that one."""
    topic = topic_in(closed_space, replies=2)
    answer = reply(topic, moderator, "First answer", answers_to=topic.first_post)
    remark = reply(topic, member, "By the way", answers_to=answer, aside=True)
    return topic, answer, remark


# Answers --------------------------------------------------------------------------------------------------
def test_answer_names_whom_it_answers_and_is_counted_there(client_of, observer, talk):
    topic, answer, _remark = talk
    page = client_of(observer).get(topic.get_absolute_url()).text
    assert f'<a href="#p{topic.first_post.public_id}">In answer to <bdi>Facilitator</bdi></a>' in page
    assert f'href="../posts/{answer.public_id}/answers/">1 answer to this' in page


def test_answer_form_keeps_whom_it_is_for(client_of, member, talk):
    topic, answer, _remark = talk
    client = client_of(member)
    url = f"{topic.get_absolute_url()}?answer={answer.public_id}"
    page = client.get(url).text
    assert "To what <bdi>Moderator</bdi> wrote." in page and 'name="aside"' in page
    wrong = client.post(url, words(member, content="", answers_to=answer.public_id, aside="on"))
    assert f'name="answers_to" value="{answer.public_id}"' in wrong.text
    client.post(url, words(member, answers_to=answer.public_id, aside="on"))
    made = Post.objects.latest("pk")
    assert (made.answers_to, made.aside) == (answer, True)


def test_answer_to_the_opening_is_never_folded(client_of, member, talk):
    topic = talk[0]
    opening = topic.first_post.public_id
    assert 'name="aside"' not in client_of(member).get(f"{topic.get_absolute_url()}?answer={opening}").text
    client_of(member).post(topic.get_absolute_url(), words(member, answers_to=opening, aside="on"))
    made = Post.objects.latest("pk")
    assert (made.answers_to, made.aside) == (topic.first_post, False)


@pytest.mark.parametrize("asked", ["", "x", "2" * 16, "another", "hidden"])
def test_answer_to_what_is_not_there_is_an_answer_to_the_topic(
    client_of, member, moderator, closed_space, hidden_space, topic_in, talk, asked
):
    topic, answer, _remark = talk
    if asked == "hidden":
        moderation.hide(answer, by=moderator)
    ids = {"hidden": answer.public_id, "another": topic_in(hidden_space).first_post.public_id}
    sent = words(member, answers_to=ids.get(asked, asked), aside="on")
    assert client_of(member).post(topic.get_absolute_url(), sent).status_code == 302
    made = Post.objects.latest("pk")
    assert (made.answers_to, made.aside, made.content.raw) == (None, False, "A few words")


def test_hidden_post_is_not_named_by_what_answers_it(client_of, observer, moderator, talk):
    topic, answer, _remark = talk
    moderation.hide(answer, by=moderator)
    page = client_of(observer).get(topic.get_absolute_url()).text
    assert "By the way" in page and "In answer to <bdi>Moderator" not in page
    assert answer.public_id not in page


def test_list_of_answers_shows_several_and_leads_to_the_only_one(
    client_of, observer, member, closed_space, talk
):
    topic, answer, remark = talk
    url = at(closed_space, "answers", answer.public_id)
    client = client_of(observer)
    assert client.get(url)["Location"].endswith(f"#p{remark.public_id}")
    reply(topic, member, "Another one", answers_to=answer)
    page = client.get(url).text
    assert page.index("First answer") < page.index("By the way") < page.index("Another one")


# Side remarks ---------------------------------------------------------------------------------------------
def test_side_remark_is_folded_below_what_it_answers(client_of, observer, facilitator, talk):
    topic, answer, remark = talk
    reply(topic, facilitator, "A later voice")
    deeper = reply(topic, facilitator, "To the remark", answers_to=remark, aside=True)
    client = client_of(observer)
    page = client.get(topic.get_absolute_url()).text
    places = [page.index(text) for text in ("First answer", "2 side remarks", "By the way", "To the remark")]
    assert places == sorted(places) and page.index("To the remark") < page.index("A later voice")
    assert page.count('<details class="asides">') == 1  # one level, closed
    there = client.get(at(topic.space, "post", deeper.public_id))["Location"]
    assert there == f"{topic.get_absolute_url()}?at={deeper.public_id}#p{deeper.public_id}"
    assert '<details class="asides" open>' in client.get(there).text


def test_side_remark_on_a_later_page_stands_in_time(client_of, observer, member, facilitator, talk):
    topic, answer, _remark = talk
    for number in range(16):
        reply(topic, facilitator, f"More {number}")
    late = reply(topic, member, "Much later", answers_to=answer, aside=True)
    there = client_of(observer).get(at(topic.space, "post", late.public_id))["Location"]
    assert "page=2" in there
    page = client_of(observer).get(there).text
    assert "Much later" in page and '<details class="asides"' not in page
    assert f'<a href="../posts/{answer.public_id}/">In answer to <bdi>Moderator' in page


# Quotations -----------------------------------------------------------------------------------------------
def test_quotation_says_whose_words_and_leads_back_for_whoever_may_read(
    client_of, observer, member, moderator, closed_space, talk
):
    topic, answer, _remark = talk
    text = quotation(Post.objects.get(pk=answer.pk))
    assert text == f"> @Moderator [↩](#p{answer.public_id})\n> \n> First answer\n\n"
    quoting = reply(topic, member, f"{text}I agree", answers_to=answer)
    assert "Moderator" not in quoting._content_rendered
    client = client_of(observer)
    page = client.get(topic.get_absolute_url()).text
    assert f'<a href="#p{answer.public_id}">↩<span class="hush">Show the quoted post</span></a>' in page
    assert "@<bdi>Moderator</bdi></a>" in page
    moderation.hide(answer, by=moderator)
    page = client.get(topic.get_absolute_url()).text
    way = at(closed_space, "post", answer.public_id)
    assert f'<a href="{way}">↩' in page and client.get(way).status_code == 404


def test_quotation_leaves_out_what_was_quoted_before(member, talk):
    topic, answer, _remark = talk
    nested = reply(topic, member, f"{quotation(Post.objects.get(pk=answer.pk))}My own words")
    assert "First answer" not in quotation(Post.objects.get(pk=nested.pk))


# What is new ----------------------------------------------------------------------------------------------
def test_unread_leads_to_the_first_new_post_on_its_page(
    client_of, member, facilitator, closed_space, topic_in
):
    topic, client = topic_in(closed_space, replies=24), client_of(member)
    url = at(closed_space, "unread", topic.public_id)
    assert client.get(url)["Location"] == topic.get_absolute_url()
    client.get(topic.get_absolute_url())
    assert f'href="{topic.public_id}/unread/"' in client.get(at(closed_space, "topics")).text
    assert client.get(url)["Location"] == f"{topic.get_absolute_url()}?page=2#new"
    assert url in client.get(topic.get_absolute_url()).text
    assert 'id="new"' in client.get(topic.get_absolute_url(), {"page": 2}).text
    last = Post.objects.latest("pk").public_id
    assert client.get(url)["Location"] == f"{topic.get_absolute_url()}?page=2#p{last}"


def test_new_side_remark_is_unfolded_and_marked(client_of, member, facilitator, talk):
    topic, answer, _remark = talk
    client = client_of(member)
    client.get(topic.get_absolute_url())
    reply(topic, facilitator, "A new remark", answers_to=answer, aside=True)
    page = client.get(topic.get_absolute_url()).text
    assert '<details class="asides" id="new" open>' in page and "1 new" in page
    assert "New since your last visit" not in page


def test_all_topics_of_a_space_are_read_at_once(
    client_of, member, closed_space, public_space, topic_in, django_assert_num_queries
):
    from forum import marks

    old = topic_in(closed_space, replies=1)
    for _ in range(3):
        topic_in(closed_space)
    elsewhere = topic_in(public_space)
    client = client_of(member)
    client.get(old.get_absolute_url())
    reply(old, old.poster, "New")
    assert client.post(at(closed_space, "reading"))["Location"] == at(closed_space, "topics")
    assert 'class="new"' not in client.get(at(closed_space, "topics")).text
    assert ReadMark.objects.filter(user=member).count() == 4
    assert not ReadMark.objects.filter(topic=elsewhere, user=member).exists()
    reply(old, old.poster, "Newer")
    with django_assert_num_queries(1):
        assert marks.read_all(member, closed_space) == 1
