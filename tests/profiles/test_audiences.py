"""Field × viewer, over the page, the directory, search and the tags."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from profiles.audiences import AUDIENCES, Audience, may_see, may_see_profile, shown_to
from profiles.models import Profile
from search.models import SearchEntry
from tests.world import PEOPLE
from themes.models import Theme, ThemeName

IN_NETWORK = set(PEOPLE) - {"visitor", "newcomer", "suspended"}


@pytest.fixture
def described(member):
    """A member whose every field holds a word of its own."""
    theme = Theme.objects.create(slug="zqtheme")
    ThemeName.objects.create(theme=theme, language="en", name="Zqexpertise")
    profile = member.profile
    profile.headline, profile.about, profile.country = "Zqheadline", "Zqabout", "TN"
    profile.languages, profile.listed = ["wo"], True
    profile.save()
    profile.expertise.add(theme)
    member.email = "zqmember@cast.example"
    member.save()
    return member


WORDS = {
    "headline": "Zqheadline",
    "about": "Zqabout",
    "expertise": "Zqexpertise",
    "languages": "Wolof",
    "country": "Tunisia",
    "email": "zqmember@cast.example",
}


def test_every_field_of_the_profile_has_an_audience(described):
    fields = {field.name for field in Profile._meta.get_fields()} - {"id", "user", "listed"}
    assert fields <= set(AUDIENCES)


def test_unknown_field_is_a_mistake_not_a_no(member, stranger):
    with pytest.raises(KeyError):
        may_see(stranger, member, "telephone")


@pytest.mark.parametrize("name", PEOPLE)
def test_page_shows_each_field_to_exactly_its_audience(cast, described, client_of, name):
    answer = client_of(cast[name]).get(described.get_absolute_url())
    assert answer.status_code == (200 if name in IN_NETWORK else 404)
    body = answer.content.decode()
    for field, word in WORDS.items():
        entitled = name in IN_NETWORK and (AUDIENCES[field] == Audience.NETWORK or name == "member")
        assert (word in body) == entitled, field
        assert may_see(cast[name], described, field) == entitled


@pytest.mark.parametrize("name", ["stranger", "member"])
def test_what_is_hidden_is_absent_from_what_is_handed_out(cast, described, name):
    shown = shown_to(cast[name], described)
    assert ("email" in shown) == (name == "member")
    assert ("time_zone" in shown) == (name == "member")


def test_search_holds_no_field_that_the_network_may_not_read(described):
    row = SearchEntry.objects.get(kind="person", object_id=described.pk)
    assert "Zqheadline" in row.body
    assert "Zqexpertise" in row.body
    assert row.audience == "network"
    assert "zqmember" not in row.title + row.body


@pytest.mark.parametrize("state", ["is_active", "is_approved"])
def test_page_of_suspended_or_waiting_person_is_not_there_for_others(described, stranger, client_of, state):
    setattr(described, state, False)
    described.save()
    answer = client_of(stranger).get(described.get_absolute_url())
    nowhere = client_of(stranger).get("/en/people/bcdfghjkmnpqrstv/")
    assert answer.status_code == nowhere.status_code == 404
    assert "Zqheadline" not in answer.content.decode()


def test_newcomer_sees_their_own_page_and_nobody_elses(newcomer, member, client_of):
    client = client_of(newcomer)
    assert client.get(newcomer.get_absolute_url()).status_code == 200
    assert client.get(member.get_absolute_url()).status_code == 404
    assert may_see_profile(newcomer, newcomer)


def test_emptied_person_has_no_page(member, stranger, client_of):
    address = member.get_absolute_url()
    member.empty()
    assert client_of(stranger).get(address).status_code == 404


# Spaces in common


def test_spaces_in_common_are_those_both_are_in(member, observer, stranger, spaces, client_of):
    seen = client_of(observer).get(member.get_absolute_url()).content.decode()
    assert all(space.name in seen for space in spaces.values())
    outside = client_of(stranger).get(member.get_absolute_url()).content.decode()
    assert not any(space.name in outside for space in spaces.values())


def test_space_that_hides_its_members_does_not_name_them_on_profiles(
    member, observer, facilitator, closed_space, client_of
):
    closed_space.shows_members = False
    closed_space.save()
    assert closed_space.name not in client_of(observer).get(member.get_absolute_url()).content.decode()
    assert closed_space.name in client_of(facilitator).get(member.get_absolute_url()).content.decode()
    assert closed_space.name in client_of(member).get(member.get_absolute_url()).content.decode()


def test_suspended_membership_is_not_shown(member, moderator, closed_space, client_of):
    from communities.joining import suspend

    suspend(member.memberships.get(space=closed_space), by=moderator)
    assert closed_space.name not in client_of(moderator).get(member.get_absolute_url()).content.decode()


# Tags


def drawn(template, viewer, person):
    request = RequestFactory().get("/en/")
    request.user = viewer
    return Template("{% load people %}" + template).render(Context({"request": request, "person": person}))


@pytest.mark.parametrize("name", PEOPLE)
def test_person_tag_links_only_where_there_is_a_page(cast, described, name, django_assert_num_queries):
    with django_assert_num_queries(0):
        line = drawn("{% person person %}", cast[name], described)
    assert "Member" in line
    assert ("<a href=" in line) == (name in IN_NETWORK)


def test_person_tag_of_nobody_is_a_former_member(db, visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "Former member" in drawn("{% person person %}", visitor, None)


def test_monogram_in_arabic_says_its_language(facilitator, visitor):
    facilitator.display_name = "نادية"
    assert 'lang="ar"' in drawn("{% face person %}", visitor, facilitator)


def test_names_are_escaped(member, visitor):
    member.display_name = "<script>x</script>"
    assert "<script>" not in drawn("{% person person %}", visitor, member)
