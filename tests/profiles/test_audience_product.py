"""Field × audience × viewer × channel: whatever comes out of the site is what `audiences.py` says, to the field.

Each channel says which fields it hands out at all; of those, each reader finds exactly theirs.
"""

import io
import json
import zipfile

import pytest
from django.core import mail
from django.urls import reverse

from communities import joining
from forum import posting
from profiles import organisations, ties
from profiles.audiences import CHOSEN, Audience, Circle, may_see, may_see_profile, shown_to
from profiles.between import Between
from profiles.counting import count
from profiles.directory import ON_CARD
from profiles.leaving import exporting
from profiles.leaving.models import Export
from profiles.models import Block, Follow, Profile, User
from profiles.photos import put_up, shaped
from profiles.search import follow
from search.results import Asked, find
from tests.profiles.test_photos import picture
from tests.world import PEOPLE

# Who stands how close to the member, with whom the whole cast but three shares every space. The moderator is
# blocked by them, `former` has blocked them, and with the facilitator a block changes nothing.
CLOSE = {
    **dict.fromkeys(("visitor", "newcomer", "suspended"), Audience.EVERYONE),
    **dict.fromkeys(("moderator", "former"), Audience.EVERYONE),
    **dict.fromkeys(("stranger", "editor", "translator_ar", "staff", "root"), Audience.NETWORK),
    "observer": Audience.SPACES,
    "facilitator": Audience.FACILITATORS,
    "member": Audience.ME,
}
OUTSIDE = {"visitor", "newcomer", "suspended"}
APART = {"moderator", "former"}
# Without those who are to the member what others of the cast are; for the page itself they are all asked.
VIEWERS = [name for name in PEOPLE if name not in {"suspended", "translator_ar"}]
WITH_THE_LIST = {"member", "observer", "moderator", "facilitator"}
ROWS = ("contact_ways", "sections")
FIELDS = (*CHOSEN, *ROWS)
PICTURES = {"photo", "cover"}
# What is found by a word of it; a country by its name in its person's language.
INDEXED = {
    "headline": "Zqheadline",
    "about": "Zqabout",
    "organisation": "Zqoffice",
    "country": "Tunisie",
    "expertise": "Zqexpertise",
    "available": "Zqhelp",
}
# Facet, and filter, of the directory -> the field behind it.
FACETS = {
    "theme": "expertise",
    "country": "country",
    "language": "languages",
    "organisation": "organisation",
    "available": "available",
}


@pytest.fixture
def pictured(cast, described):
    """The member with every field there is, and three with whom there is a block."""
    for slot in ("photo", "cover"):
        put_up(described.profile, shaped(picture(), slot), slot)
    described.profile.save()
    for name in ("moderator", "facilitator"):
        Block.objects.create(user=described, person=cast[name])
    Block.objects.create(user=cast["former"], person=described)
    return User.objects.with_page().get(pk=described.pk)


def words_of(person):
    """Field -> what its reader finds on a page."""
    return {
        "photo": person.profile.photo.url,
        "cover": person.profile.cover.url,
        "pronouns": "Zqpronouns",
        "pronunciation": "Zqsaid",
        "headline": "Zqheadline",
        "about": "Zqabout",
        "organisation": "Zqoffice",
        "country": "Tunisia",
        "languages": "Wolof",
        "expertise": "Zqexpertise",
        "available": "Zqhelp",
        "contact_ways": "Zqnumber",
        "sections": "Zqsection",
    }


def show(person, audiences):
    """As its owner would set it: every field, way of contact and section."""
    of_profile = {f"{field}_for": audience for field, audience in audiences.items() if field in CHOSEN}
    Profile.objects.filter(user=person).update(**of_profile)
    for rows in ROWS:
        getattr(person.profile, rows).update(audience=audiences[rows])
    follow(person)
    return User.objects.with_page().get(pk=person.pk)


def found_in(body, words):
    return {field for field, word in words.items() if word in body}


def python(person, viewer, client):
    """Both forms of the rule: what is handed over, and the yes or no of each field."""
    shown, circle = shown_to(viewer, person), Circle.of(viewer)
    says_yes = {field for field in CHOSEN if may_see(viewer, person, field, circle=circle)}
    assert {field for field in CHOSEN if field in shown} == says_yes
    return {field for field in FIELDS if shown.get(field)}


def page(person, viewer, client):
    body = client.get(person.get_absolute_url()).content.decode()
    # What signs a person in is theirs alone, and without anything for everyone there is no page for them.
    assert ("zqmember@cast.example" in body) == (viewer == person)
    there = found_in(body, words_of(person))
    assert may_see_profile(viewer, person) or not there
    return there


def files(person, viewer, client):
    there = {slot: client.get(getattr(person.profile, slot).url) for slot in PICTURES}
    for answer in there.values():
        b"".join(answer.streaming_content if answer.streaming else [])
    return {slot for slot, answer in there.items() if answer.status_code == 200}


def directory(person, viewer, client):
    words = {**words_of(person), "available": "Available to help"}
    return found_in(client.get(reverse("profiles:people")).content.decode(), words)


def office(person, viewer, client):
    """Its own page: who works there, on the same cards."""
    body = client.get(person.profile.organisation.get_absolute_url()).content.decode()
    _head, there, card = body.partition('<ul class="list">')
    return (
        {"organisation"} | found_in(card, {**words_of(person), "available": "Available"}) if there else set()
    )


def facets(person, viewer, client):
    rows = count(Profile.objects.visible_to(viewer), {}, first=0, most=1, facets=True)
    return {FACETS[row.facet] for row in rows if row.facet in FACETS and row.number}


def filters(person, viewer, client):
    values = {
        "theme": "zqtheme",
        "country": "TN",
        "language": "wo",
        "organisation": person.profile.organisation.public_id,
        "available": "yes",
    }
    near = Profile.objects.visible_to(viewer)
    found = {
        name: count(near, {name: value}, first=0, most=1, facets=False) for name, value in values.items()
    }
    return {FACETS[name] for name, rows in found.items() if any(row.facet == "person" for row in rows)}


def search(person, viewer, client):
    """What stands in the hit, whose passages are cut out of it; by word it is asked below."""
    hits = [line.entry for line in find(viewer, Asked("Member")).lines if line.entry.kind == "person"]
    assert [hit.object_id for hit in hits] in ([], [person.pk])
    return {field for field, word in INDEXED.items() if any(word in hit.body for hit in hits)}


def bylines(person, viewer, client):
    """Where people stand in a list nobody asks how close one is: at most what the network reads."""
    return found_in(client.get("/en/spaces/public-space/members/").content.decode(), words_of(person))


def wanted_of(name, audiences):
    """Channel -> the fields that it hands out, as far as the rule gives them to this reader."""
    mine = {field for field in FIELDS if CLOSE[name] <= audiences[field]}
    wide = {field for field in FIELDS if audiences[field] >= Audience.NETWORK}
    public = {field for field in FIELDS if audiences[field] == Audience.EVERYONE}
    has_directory = name not in OUTSIDE | APART
    # Behind a block a byline has no photo, not even for a facilitator, who finds it on the page.
    by_line = mine if name == "member" else wide if name == "observer" else public
    return {
        python: mine,
        page: mine,
        files: PICTURES & mine,
        directory: {*ON_CARD} & mine if has_directory else set(),
        facets: {*FACETS.values()} & mine if has_directory else set(),
        filters: {*FACETS.values()} & mine if has_directory else set(),
        office: {*ON_CARD} & mine if has_directory and "organisation" in mine else set(),
        # One index for the whole network: what is for fewer is in nobody's, not even its owner's.
        search: {*INDEXED} & wide if has_directory else set(),
        bylines: {"photo"} & by_line if name in WITH_THE_LIST else set(),
    }


def each_its_own(shift):
    """Every field for another audience: one that is read by the audience of its neighbour does not pass."""
    return {field: Audience((number + shift) % len(Audience)) for number, field in enumerate(FIELDS)}


@pytest.mark.parametrize("shift", range(len(Audience)))
def test_each_field_comes_out_to_exactly_its_audience(cast, pictured, client_of, shift):
    audiences = each_its_own(shift)
    person = show(pictured, audiences)
    wanted = {name: wanted_of(name, audiences) for name in VIEWERS}
    found = {}
    for name, channels in wanted.items():
        client = client_of(cast[name])
        found[name] = {channel: channel(person, cast[name], client) for channel in channels}
    assert found == wanted
    # A word that is in the index is a way to find somebody out.
    by_word = {field for field, word in INDEXED.items() if find(cast["stranger"], Asked(word)).lines}
    assert by_word == wanted["stranger"][search]


@pytest.mark.parametrize("audience", Audience, ids=lambda audience: audience.name)
def test_there_is_a_page_for_whom_there_is_anything_to_read(cast, pictured, client_of, audience):
    person = show(pictured, dict.fromkeys(FIELDS, audience))
    found = {name: client_of(cast[name]).get(person.get_absolute_url()).status_code for name in PEOPLE}
    far = 200 if audience == Audience.EVERYONE else 404
    assert found == {name: far if CLOSE[name] == Audience.EVERYONE else 200 for name in PEOPLE}


def test_closeness_is_what_the_table_says(cast, pictured):
    for name, closeness in CLOSE.items():
        assert Circle.of(cast[name]).closeness(pictured) == closeness
        assert Between.of(cast[name], pictured).closeness == closeness


# Copies and mails: they keep what was true when they were made, so they carry no field of another at all -----------


def copy_of(person, on_commit):
    with on_commit(execute=True):
        exporting.ask(person)
    with Export.objects.get(user=person).stored.content.open("rb") as content:
        copy = zipfile.ZipFile(io.BytesIO(content.read()))
    return copy, "\n".join(
        copy.read(each).decode() for each in copy.namelist() if not each.startswith("files/")
    )


def test_own_copy_holds_every_field_that_is_for_nobody_else(pictured, django_capture_on_commit_callbacks):
    person = show(pictured, dict.fromkeys(FIELDS, Audience.ME))
    copy, text = copy_of(person, django_capture_on_commit_callbacks)
    (profile,) = json.loads(copy.read("data/profile.json"))["rows"]
    pictures = {slot: profile[slot] for slot in PICTURES}
    assert set(pictures.values()) <= set(copy.namelist())
    words = {**words_of(person), **pictures, "country": "TN", "email": person.email}
    assert found_in(text, words) == {*FIELDS, "email"}


@pytest.mark.parametrize(
    "name", ["newcomer", "stranger", "observer", "facilitator", "moderator", "staff", "root"]
)
def test_copy_of_another_holds_no_field_that_everybody_could_read(
    cast, pictured, spaces, name, django_capture_on_commit_callbacks
):
    """Although each follows them, has asked them and has read what they wrote."""
    person, other = show(pictured, dict.fromkeys(FIELDS, Audience.EVERYONE)), cast[name]
    Follow.objects.create(user=other, person=person)
    ties.ask(person, other, text="Hello", language="en", key=name)
    posting.open_topic(spaces["public"], person, "Theirs", "x", "en")
    _copy, text = copy_of(other, django_capture_on_commit_callbacks)
    assert found_in(text, {**words_of(person), "email": person.email}) == set()


def test_no_mail_carries_a_field(cast, pictured, spaces, django_capture_on_commit_callbacks):
    """Of everything the member can do that somebody hears of by mail."""
    person = show(pictured, dict.fromkeys(FIELDS, Audience.EVERYONE))
    with django_capture_on_commit_callbacks(execute=True):
        for name in ("stranger", "observer"):
            ties.ask(person, cast[name], text="Hello", language="en", key=name)
        topic = posting.open_topic(spaces["public"], cast["facilitator"], "Theirs", "x", "en")
        posting.reply(topic, person, "A reply")
        organisations.propose(person, name="Another office", country="TN", website="", key="office")
        joining.leave(person.memberships.get(space=spaces["closed"]))
        joining.ask(spaces["closed"], person, "Let me in again")
    letters = [letter for letter in mail.outbox if letter.to != [person.email]]
    heard = {address.partition("@")[0] for letter in letters for address in letter.to}
    assert heard >= {"stranger", "observer", "facilitator", "staff"}
    for letter in letters:
        whole = "\n".join(
            [str(letter.message()), letter.body, *(str(part[0]) for part in letter.alternatives)]
        )
        assert found_in(whole, {**words_of(person), "email": person.email}) == set(), letter.subject
