"""Words begun: found again on another device, shown to nobody else, gone once published, never overwritten unseen."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities import joining
from communities.models import Membership
from communities.submissions import new_key
from forum import drafts, moderation
from forum.drafts import ChangedElsewhere
from forum.forum_conversation.models import Post, Topic
from forum.posting import open_topic, reply
from forum.written import Draft, Upload
from tests.files.pictures import photograph, upload
from tests.forum.test_posting import statements
from tests.forum.test_views import READERS, address, queries, words
from tests.world import PEOPLE
from themes.models import Theme, ThemeName

WORD = "zqbegun"
JSON = {"Accept": "application/json"}
LIST = "/en/drafts/"

# A vote closes in days to come.
YEAR = timezone.localdate().year + 1


@pytest.fixture
def topic(closed_space, topic_in):
    return topic_in(closed_space)


def draft_url(topic):
    return address(topic.space, topic.public_id, name="forum:draft")


def test_draft_is_found_on_another_device_and_gone_once_published(client_of, member, topic):
    first, second = client_of(member), client_of(member)
    form = words(member, content=f"{WORD} <b>", language="ar")
    assert first.post(draft_url(topic), form)["Location"].endswith("#reply")
    page = second.get(topic.get_absolute_url())
    assert f"{WORD} &lt;b&gt;</textarea>" in page.text
    shown = page.context["form"]
    assert (shown["language"].value(), shown["draft_version"].value(), shown["key"].value()) == (
        "ar",
        1,
        form["key"],
    )
    assert WORD in second.get(LIST).text
    # Both devices publish: one post, since both carry the key it was begun under.
    places = {
        device.post(topic.get_absolute_url(), {**form, "draft_version": 1})["Location"]
        for device in (first, second)
    }
    assert len(places) == 1 and Post.objects.filter(poster=member).count() == 1
    assert not Draft.objects.exists()


ALL = {
    "subject": "Where do we meet?",
    "kind": "decision",
    "options": "Paris\r\nTunis",
    "most": "2",
    "results_at_end": "on",
    "language": "ar",
}


def test_draft_of_a_topic_has_all_that_was_chosen_on_another_device(client_of, member, closed_space):
    themes = [Theme.objects.create(slug=slug).pk for slug in ("one", "two")]
    url, new = address(closed_space, name="forum:topic_draft"), address(closed_space, name="forum:topic_new")
    form = words(member, "topic", **ALL, closes_at=f"{YEAR}-01-31T15:00", themes=[str(pk) for pk in themes])
    member.time_zone = "Asia/Beirut"
    member.save()
    client_of(member).post(url, form)
    shown = client_of(member).get(new)
    values = {name: shown.context["form"][name].value() for name in (*ALL, "themes")}
    assert values == {
        **ALL,
        "options": "Paris\nTunis",
        "results_at_end": True,
        "themes": themes,
    }
    for drawn in ('value="decision"', f'value="{YEAR}-01-31T15:00"', "Paris\nTunis</textarea>", 'value="2"'):
        assert drawn in shown.text
    assert '<details class="more-fields" open>' in shown.text
    # By another clock it is the same moment.
    member.time_zone = "America/Bogota"
    member.save()
    assert f'value="{YEAR}-01-31T08:00"' in client_of(member).get(new).text
    ThemeName.objects.create(theme_id=themes[1], language="en", name="The second")
    listed = client_of(member).get(LIST).text
    assert "Paris" in listed and "Decision</span>" in listed
    assert [f">{name}</span>" in listed for name in ("one", "The second", "two")] == [True, True, False]
    # Kept once more unchanged it is the same draft, and published it leaves none.
    again = client_of(member).post(url, {**form, "closes_at": f"{YEAR}-01-31T08:00"}, headers=JSON)
    assert again.json() == {"version": 1}
    sent = {**form, "closes_at": f"{YEAR}-01-31T08:00", "draft_version": "1"}
    assert client_of(member).post(new, sent).status_code == 302
    topic = Topic.objects.get()
    assert (topic.kind, set(topic.themes.values_list("pk", flat=True))) == ("decision", set(themes))
    assert (topic.decision.most, topic.decision.results_at_end) == (2, True)
    assert topic.decision.closes_at == datetime(YEAR, 1, 31, 13, tzinfo=UTC)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "zq", "themes": ["x", "9" * 30, "-1"], "most": "many", "closes_at": "tomorrow at noon"},
        {"kind": "announcement", "closes_at": "2027-99-99T99:99", "most": "9" * 90, "options": "x" * 50_000},
        {"closes_at": "x" * 9000, "mentioned": "y" * 9000},
    ],
)
def test_what_is_not_right_yet_is_kept_as_far_as_it_makes_sense(client_of, member, closed_space, wrong):
    url, new = address(closed_space, name="forum:topic_draft"), address(closed_space, name="forum:topic_new")
    form = words(member, "topic", **{**ALL, **wrong})
    assert client_of(member).post(url, form).status_code == 302
    page = client_of(member).get(new)
    assert page.status_code == 200 and 'value="Where do we meet?"' in page.text
    if wrong["closes_at"] == "tomorrow at noon":
        assert 'value="tomorrow at noon"' in page.text
    assert client_of(member).get(LIST).status_code == 200


def test_draft_of_an_answer_knows_what_it_answers(client_of, member, topic):
    first = reply(topic, member, "First answer")
    form = words(member, content=WORD, answers_to=first.public_id, aside="on")
    client_of(member).post(draft_url(topic), form)
    shown = client_of(member).get(topic.get_absolute_url()).context["form"]
    assert (shown.answered, shown["aside"].value()) == (first, True)
    # "Answer the topic instead", and another post chosen now, count for more.
    for chosen, answered in (("", None), (topic.first_post.public_id, topic.first_post)):
        shown = client_of(member).get(topic.get_absolute_url(), {"answer": chosen}).context["form"]
        assert (shown.answered, shown["content"].value()) == (answered, WORD)


def test_draft_of_a_topic_has_its_title_and_one_place_in_each_space(
    client_of, member, closed_space, public_space
):
    client = client_of(member)
    for space in (closed_space, public_space):
        form = words(member, "topic", subject=f"Title of {space.slug}", content=WORD)
        client.post(address(space, name="forum:topic_draft"), form)
    page = client.get(address(closed_space, name="forum:topic_new")).text
    assert f'value="Title of {closed_space.slug}"' in page and WORD in page
    open_topic(closed_space, member, "Published", "Words", "fr")
    assert Draft.objects.get().space == public_space


def test_script_is_answered_in_its_own_way(client_of, member, topic):
    client, form = client_of(member), words(member, content=WORD)
    assert client.post(draft_url(topic), {**form, "draft_version": 0}, headers=JSON).json() == {"version": 1}
    form["content"] = f"{WORD} more"
    assert client.post(draft_url(topic), {**form, "draft_version": 1}, headers=JSON).json() == {"version": 2}
    # From a device that never saw the second version; and the same words once more, which harm nobody.
    late = client.post(draft_url(topic), {**form, "content": "other", "draft_version": 1}, headers=JSON)
    assert (late.status_code, late.json()) == (409, {"version": 2})
    assert client.post(draft_url(topic), {**form, "draft_version": 0}, headers=JSON).json() == {"version": 2}
    assert Draft.objects.get().content == f"{WORD} more"


def test_two_devices_see_both_texts(client_of, member, topic):
    client, form = client_of(member), words(member, content="from the telephone")
    client.post(draft_url(topic), form)
    answer = client.post(draft_url(topic), words(member, content="from the laptop", draft_version=0))
    assert answer.status_code == 409
    assert "from the telephone" in answer.text and "from the laptop" in answer.text
    assert Draft.objects.get().content == "from the telephone"
    version = answer.context["form"]["draft_version"].value()
    client.post(draft_url(topic), words(member, content="both", draft_version=version))
    assert Draft.objects.get().content == "both"


def test_two_devices_see_what_was_chosen_on_the_other(client_of, member, closed_space):
    theme = Theme.objects.create(slug="memory")
    client, url = client_of(member), address(closed_space, name="forum:topic_draft")
    form = words(member, "topic", **ALL)
    client.post(url, {**form, "themes": [str(theme.pk)], "closes_at": "2027-01-31T15:00"})
    answer = client.post(url, {**form, "kind": "question", "draft_version": "0"})
    assert answer.status_code == 409
    other = answer.text.partition('for="other"')[2]
    for what in ("<span>Decision</span>", "<span>memory</span>", "31 January 2027", "Paris\nTunis"):
        assert what in other, what
    assert Draft.objects.get().more["kind"] == "decision"


def test_nothing_written_is_no_draft(member, closed_space, topic):
    assert drafts.keep(member, closed_space, topic, content=" \n", language="fr") is None
    drafts.keep(member, closed_space, topic, content="x", language="fr")
    with pytest.raises(ChangedElsewhere):
        drafts.keep(member, closed_space, topic, content="", language="fr")
    assert drafts.keep(member, closed_space, topic, content="", language="fr", started_from=1) is None
    assert not Draft.objects.exists()


@pytest.mark.parametrize("visibility", READERS)
def test_nobody_else_sees_a_draft(cast, spaces, client_of, topic_in, member, visibility):
    topic = topic_in(spaces[visibility])
    drafts.keep(member, topic.space, topic, content=WORD, language="fr")
    drafts.keep(member, topic.space, None, content=WORD, language="fr", subject=WORD)
    pages = [
        LIST,
        topic.get_absolute_url(),
        address(topic.space),
        address(topic.space, name="forum:topic_new"),
    ]
    for name in PEOPLE:
        client = client_of(cast[name])
        assert (WORD in "".join(client.get(page).text for page in pages)) == (name == "member"), name


def test_draft_thrown_away_is_gone_and_only_ones_own(client_of, member, moderator, topic):
    drafts.keep(member, topic.space, topic, content=WORD, language="fr")
    client_of(moderator).post(draft_url(topic), {"discard": "1"})
    assert Draft.objects.exists()
    assert client_of(member).post(draft_url(topic), {"discard": "1"})["Location"] == "/en/drafts/"
    assert not Draft.objects.exists()


def test_leaving_a_space_erases_what_was_begun_there(member, closed_space, public_space, topic):
    for space, place in ((closed_space, topic), (closed_space, None), (public_space, None)):
        drafts.keep(member, space, place, content=WORD, language="fr")
    joining.leave(Membership.objects.get(space=closed_space, user=member))
    assert [draft.space for draft in Draft.objects.all()] == [public_space]


def test_draft_waits_where_one_may_not_write_now(client_of, member, closed_space, topic):
    drafts.keep(member, closed_space, topic, content=WORD, language="fr")
    Membership.objects.filter(space=closed_space, user=member).update(role=10)
    assert WORD not in client_of(member).get(LIST).text
    assert client_of(member).post(draft_url(topic), words(member)).status_code == 403
    assert Draft.objects.exists()


def test_words_for_a_topic_that_was_hidden_are_not_lost(client_of, member, moderator, topic):
    drafts.keep(member, topic.space, topic, content=WORD, language="fr")
    moderation.hide(Post.objects.with_space().get(pk=topic.first_post.pk), by=moderator)
    text = client_of(member).get(LIST).text
    assert WORD in text and topic.subject not in text
    answer = client_of(member).post(draft_url(topic), words(member, content="typed since"))
    assert answer.status_code == 404 and "typed since" in answer.text


@pytest.mark.parametrize("count", [1, 30])
def test_list_takes_the_same_queries(
    client_of, member, closed_space, topic_in, django_assert_max_num_queries, count
):
    for number in range(count):
        theme = Theme.objects.create(slug=f"theme-{number}")
        ThemeName.objects.create(theme=theme, language="en", name=f"Theme {number}")
        more = {"themes": [theme.pk]}
        drafts.keep(member, closed_space, topic_in(closed_space), content=WORD, language="fr", more=more)
    assert queries(client_of(member), LIST, django_assert_max_num_queries, 11) <= 11


def test_topic_with_a_draft_costs_no_query_more(client_of, member, topic, django_assert_max_num_queries):
    client = client_of(member)
    without = queries(client, topic.get_absolute_url(), django_assert_max_num_queries, 11)
    drafts.keep(member, topic.space, topic, content=WORD, language="fr")
    assert queries(client, topic.get_absolute_url(), django_assert_max_num_queries, 11) == without


def test_keeping_takes_few_statements(member, closed_space, topic):
    drafts.keep(member, closed_space, topic, content="one", language="fr")
    with CaptureQueriesContext(connection) as context:
        drafts.keep(member, closed_space, topic, content="two", language="fr", started_from=1)
    assert len(statements(context)) <= 3


HOSTILE = [
    "**bold** [x](javascript:alert(1))",
    "<script>alert(1)</script>",
    "> quoted\n\n`code`",
    "كلمات *مائلة*",
]


@pytest.mark.parametrize("content", HOSTILE)
def test_preview_is_what_will_be_stored(client_of, member, topic, content):
    client, form = client_of(member), words(member, content=content)
    answer = client.post(topic.get_absolute_url(), {**form, "preview": "1"})
    preview = answer.context["form"].preview
    assert answer.status_code == 200 and preview in answer.text and Post.objects.count() == 1
    client.post(topic.get_absolute_url(), form)
    assert preview == Post.objects.latest("pk").html


def test_preview_of_a_decision_shows_all_that_will_be_published(client_of, member, closed_space):
    theme = Theme.objects.create(slug="memory")
    client, new = client_of(member), address(closed_space, name="forum:topic_new")
    form = words(member, "topic", **ALL, themes=[str(theme.pk)])
    answer = client.post(new, {**form, "files": [upload(content=photograph())], "preview": "1"})
    drawn = answer.text.partition('id="preview"')[2].partition("</section>\n")[0]
    stored = Upload.objects.get().stored
    for what in ("Where do we meet?", "Decision", "memory", "العربية", stored.small_url, "Paris", "Tunis"):
        assert what in drawn, what
    assert 'type="checkbox"' in drawn and "shown when the vote is over" in drawn and "name=" not in drawn
    client.post(new, {**form, "kept": [stored.token]})
    page = client.get(Topic.objects.get().get_absolute_url()).text
    for what in (
        "Where do we meet?",
        "Decision",
        "memory",
        stored.small_url,
        "Paris",
        "shown when the vote is over",
    ):
        assert what in page, what
    # A file that was unticked is not shown, as it will not be published.
    answer = client.post(
        Topic.objects.get().get_absolute_url(), words(member, files=[upload(name="kept.jpg")], preview="1")
    )
    assert "kept.jpg" in answer.text.partition('id="preview"')[2]
    answer = client.post(Topic.objects.get().get_absolute_url(), words(member, kept="zq", preview="1"))
    assert "kept.jpg" not in answer.text.partition('id="preview"')[2]


@pytest.mark.parametrize("where", ["topic_new", "post_edit"])
def test_preview_keeps_what_was_typed(client_of, member, closed_space, where):
    topic = open_topic(closed_space, member, "Subject", "Words", "fr")
    args = [] if where == "topic_new" else [topic.first_post.public_id]
    form = {"subject": "Typed title", "content": "*typed*", "language": "ar", "key": new_key(member, "topic")}
    answer = client_of(member).post(
        address(closed_space, *args, name=f"forum:{where}"), {**form, "preview": "1"}
    )
    assert answer.status_code == 200
    assert 'value="Typed title"' in answer.text and "*typed*</textarea>" in answer.text
    assert '<p dir="auto"><em>typed</em></p>' in answer.text
    assert Post.objects.get().content.raw == "Words"
