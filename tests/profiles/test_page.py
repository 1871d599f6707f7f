"""The page of a person: parts, pins, other readers' eyes, and what it costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forum import posting
from profiles.audiences import CHOSEN, Audience
from profiles.describing import describe
from profiles.models import Block, ContactWay, Pin, Profile, ProfileText, Section
from profiles.pinning import pin, pinned
from tests.profiles.test_audiences import OF_ROWS, WORDS, show

# Who looks, and whose eyes the owner borrows to see the same.
EYES = {
    "visitor": "visitor",
    "newcomer": "visitor",
    "stranger": "stranger",
    "observer": "member",
    "facilitator": "facilitator",
}


def sheet(answer):
    """The page without what lies between this reader and its person: the spaces they share."""
    found = re.search(r'<article class="sheet.*</article>', answer.content.decode(), re.DOTALL)
    alone = re.sub(r'<section class="part" id="spaces">.*?</section>', "", found[0], flags=re.DOTALL)
    return re.sub(r"\s+", " ", alone)


def varied(person):
    """Each field for another audience, so that every reader is shown something else."""
    for number, field in enumerate(CHOSEN):
        Profile.objects.filter(user=person).update(**{f"{field}_for": 4 - number % 5})
    for audience in Audience:
        ContactWay.objects.create(
            profile=person.profile, kind="other", value=f"Zqway{audience}q", audience=audience
        )
        Section.objects.create(
            profile=person.profile,
            kind="text",
            title=f"T{audience}",
            text=f"Zqtext{audience}q",
            audience=audience,
        )


@pytest.mark.parametrize("name", EYES)
def test_owner_sees_through_other_eyes_exactly_what_they_see(
    cast,
    described,
    client_of,
    public_space,
    closed_space,
    name,
):
    varied(described)
    for space in (public_space, closed_space):
        topic = posting.open_topic(space, described, f"Zqpin{space.visibility}", "x", "en")
        assert pin(described.profile, "topic", topic.pk)
    theirs = client_of(cast[name]).get(described.get_absolute_url())
    mine = client_of(described).get(described.get_absolute_url() + f"?as={EYES[name]}")
    assert theirs.status_code == mine.status_code == 200
    assert sheet(mine) == sheet(theirs)
    assert ("Zqpinclosed" in sheet(mine)) == (name in ("observer", "facilitator"))
    assert "zqmember@cast.example" not in mine.content.decode()


@pytest.mark.parametrize("audience", Audience, ids=lambda audience: audience.name)
def test_through_other_eyes_each_field_shows_to_exactly_its_audience(described, client_of, audience):
    person = show(described, audience)
    for eyes, closeness in {
        "visitor": Audience.EVERYONE,
        "stranger": Audience.NETWORK,
        "member": Audience.SPACES,
        "facilitator": Audience.FACILITATORS,
        "nobody": Audience.ME,
    }.items():
        answer = client_of(described).get(person.get_absolute_url() + f"?as={eyes}")
        assert answer.status_code == 200
        for field, word in {**WORDS, **OF_ROWS}.items():
            assert (word in answer.content.decode()) == (closeness <= audience), (eyes, field)


@pytest.mark.parametrize("blocker", ["observer", "member"])
def test_page_behind_a_block_says_no_more_than_a_visitor_reads(
    cast, described, client_of, public_space, closed_space, blocker
):
    """Neither what both could read in their spaces, nor that there are any; for facilitators it stays as it is."""
    varied(described)
    for space in (public_space, closed_space):
        topic = posting.open_topic(space, described, f"Zqpin{space.visibility}", "x", "en")
        assert pin(described.profile, "topic", topic.pk)
    pair = (described, cast["observer"]) if blocker == "member" else (cast["observer"], described)
    Block.objects.create(user=pair[0], person=pair[1])
    read = {}
    for name in ("visitor", "observer", "facilitator"):
        article = client_of(cast[name]).get(described.get_absolute_url()).content.decode()
        article = re.search(r'<article class="sheet.*</article>', article, re.DOTALL)[0]
        # Into the directory, to the organisation and the themes there lead links for members alone.
        read[name] = " ".join(re.sub(r"<[^>]+>", " ", article).split())
    assert read["observer"] == read["visitor"]
    assert "Zqpinpublic" in read["observer"]
    for word in ("Zqpinclosed", closed_space.name, public_space.name):
        assert (word in read["observer"], word in read["facilitator"]) == (False, True)


@pytest.mark.parametrize("name", ["visitor", "stranger", "observer"])
def test_other_eyes_are_for_the_owner_alone(cast, described, client_of, name):
    person = show(described, Audience.FACILITATORS)
    Profile.objects.filter(user=person).update(headline_for=Audience.EVERYONE)
    client = client_of(cast[name])
    plain, borrowed = (client.get(person.get_absolute_url() + query) for query in ("", "?as=facilitator"))
    assert sheet(plain) == sheet(borrowed)
    assert "Zqabout" not in borrowed.content.decode()
    assert "?as=" not in plain.content.decode()


def test_newcomer_is_told_that_nobody_else_finds_the_page(newcomer, client_of):
    describe(newcomer, {"headline": "Zqheadline", "headline_for": Audience.EVERYONE})
    client = client_of(newcomer)
    for eyes in ("visitor", "stranger", "member", "facilitator"):
        assert "Zqheadline" not in client.get(newcomer.get_absolute_url() + f"?as={eyes}").content.decode()
    assert "Zqheadline" in client.get(newcomer.get_absolute_url()).content.decode()


def test_page_is_never_for_search_engines(described, visitor, client_of):
    answer = client_of(visitor).get(show(described, Audience.EVERYONE).get_absolute_url())
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


# Parts


def test_hidden_part_is_shown_to_nobody_but_its_owner(described, cast, client_of):
    person = show(described, Audience.EVERYONE)
    Section.objects.filter(profile=person.profile).update(hidden=True)
    Section.objects.create(profile=person.profile, kind="about", hidden=True)
    for name in ("visitor", "stranger", "facilitator"):
        body = client_of(cast[name]).get(person.get_absolute_url()).content.decode()
        assert "Zqhelp" in body
        assert "Zqabout" not in body
        assert "Zqsection" not in body
    assert "Zqabout" in client_of(person).get(person.get_absolute_url()).content.decode()


def test_words_are_those_of_the_reader_or_the_nearest_and_say_their_language(member, stranger, client_of):
    describe(member, {"headline": "Avocate", "about": "En français"})
    describe(member, {"headline": "محامية"}, language="ar")
    Profile.objects.filter(user=member).update(about_for=3)
    body = client_of(stranger).get(f"/ar/people/{member.public_id}/").content.decode()
    assert 'lang="ar" dir="auto">محامية' in body
    assert 'lang="fr" dir="auto"><p>En français' in body
    assert ProfileText.objects.filter(profile=member.profile).count() == 2


def test_links_of_people_are_marked_and_run_nothing(member, stranger, client_of):
    for kind, value in (
        ("text", "[x](javascript:alert(1)) <script>x</script> [y](https://example.org/)"),
        ("link", ""),
    ):
        Section.objects.create(
            profile=member.profile, kind=kind, title="T", text=value, url="https://example.org/", audience=4
        )
    for kind, value in (
        ("website", "javascript:alert(1)"),
        ("website", "https://example.org/w"),
        ("phone", "+1 2"),
    ):
        ContactWay.objects.create(profile=member.profile, kind=kind, value=value, audience=4)
    body = sheet(client_of(stranger).get(member.get_absolute_url()))
    assert 'href="javascript' not in body
    assert "<script" not in body
    assert body.count('rel="nofollow noopener ugc"') == 3
    assert 'href="tel:+12"' in body


def test_cover_waits_for_a_tap_where_data_is_dear(member, stranger, client_of):
    from tests.profiles.test_photos import picture

    client_of(member).post(reverse("profiles:look"), {"hue": "3", "cover": picture((1600, 900))})
    address = member.get_absolute_url()
    plain = client_of(stranger).get(address)
    assert 'class="cover"' in plain.content.decode()
    assert 'loading="lazy"' in plain.content.decode()
    spared = client_of(stranger).get(address, headers={"Save-Data": "on"})
    assert 'class="cover"' not in spared.content.decode()
    assert "Save-Data" in spared.headers["Vary"]


# Pins


def test_pin_shows_its_title_to_those_alone_who_may_read_it(cast, member, spaces, client_of):
    for space in spaces.values():
        topic = posting.open_topic(space, member, f"Zq{space.visibility}q", "x", "en")
        assert pin(member.profile, "topic", topic.pk)
    assert not pin(member.profile, "topic", 10**12)
    inside = {"public", "network", "closed", "hidden"}
    for name, seen in {
        "stranger": {"public", "network"},
        "staff": {"public", "network"},
        "observer": inside,
        "member": inside,
    }.items():
        body = client_of(cast[name]).get(member.get_absolute_url()).content.decode()
        assert {visibility for visibility in spaces if f"Zq{visibility}q" in body} == seen, name


def test_pin_of_what_is_gone_vanishes_and_makes_room(member, closed_space, public_space):
    from communities.joining import leave

    topics = [posting.open_topic(closed_space, member, f"T{number}", "x", "en") for number in range(6)]
    for topic in topics:
        assert pin(member.profile, "topic", topic.pk)
        assert pin(member.profile, "topic", topic.pk)
    seventh = posting.open_topic(public_space, member, "Seventh", "x", "en")
    assert Pin.objects.count() == 6
    assert not pin(member.profile, "topic", seventh.pk)
    leave(member.memberships.get(space=closed_space))
    profile = Profile.objects.get(user=member)
    assert pinned(profile, member) == []
    assert pin(profile, "topic", seventh.pk)
    assert [row.object_id for row in Pin.objects.all()] == [seventh.pk]


def test_one_pins_only_ones_own_topics_and_what_one_may_read(member, stranger, closed_space, public_space):
    closed = posting.open_topic(closed_space, member, "Closed", "x", "en")
    public = posting.open_topic(public_space, member, "Public", "x", "en")
    for topic in (closed, public):
        assert not pin(stranger.profile, "topic", topic.pk)
    for kind in ("post", "person", "space", ""):
        assert not pin(member.profile, kind, member.pk)


# Cost


def test_page_costs_at_most_ten_queries_whatever_hangs_on_it(
    furnished, described, stranger, observer, client_of, public_space
):
    def queries(person, client):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(person.get_absolute_url()).status_code == 200
        return len(caught)

    describe(described, {"available": True})
    topic = posting.open_topic(public_space, described, "One", "x", "en")
    assert pin(described.profile, "topic", topic.pk)
    clients = [client_of(person) for person in (stranger, observer, described)]
    for client in clients:
        queries(described, client)
    little = [queries(described, client) for client in clients]
    varied(described)
    describe(described, {"languages": ["ar", "fr", "en", "wo"], "headline": "x"}, language="ar")
    for number in range(5):
        topic = posting.open_topic(public_space, described, f"T{number}", "x", "en")
        assert pin(described.profile, "topic", topic.pk)
    assert [queries(described, client) for client in clients] == little
    # One of them is for what the side column says of both (`person_ties.html`).
    assert max(little) <= 8, little
