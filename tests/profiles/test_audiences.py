"""Closeness, blocks and what else the rule turns on; field by field it is held in test_audience_product.py."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from communities.models import Space
from profiles.audiences import CHOSEN, Audience, Circle, may_see, may_see_profile, shown_to
from profiles.between import Between
from profiles.models import Block, Organisation, Profile, ProfileText, User
from tests.world import PEOPLE

IN_NETWORK = set(PEOPLE) - {"visitor", "newcomer", "suspended"}
# A field's value, as its reader finds it on the page.
WORDS = {
    "pronouns": "Zqpronouns",
    "pronunciation": "Zqsaid",
    "headline": "Zqheadline",
    "about": "Zqabout",
    "organisation": "Zqoffice",
    "country": "Tunisia",
    "languages": "Wolof",
    "expertise": "Zqexpertise",
    "available": "Zqhelp",
}
OF_ROWS = {"contact_ways": "Zqnumber", "sections": "Zqsection"}


def show(person, audience):
    """Every field, way of contact and section of the owner's own, for that audience."""
    Profile.objects.filter(user=person).update(**{f"{field}_for": audience for field in CHOSEN})
    person.profile.contact_ways.update(audience=audience)
    person.profile.sections.update(audience=audience)
    return User.objects.with_page().get(pk=person.pk)


def test_every_field_of_the_profile_has_an_audience():
    """A new column is decided about here, or it is shown to nobody."""
    plain = {"id", "user", "name_folded", "hue", "listed", "contactable", "texts", "spoken", "pins"}
    own_rows = {"contact_ways", "sections"}
    fields = {field.name for field in Profile._meta.get_fields() if not field.name.endswith("_for")}
    assert fields - plain - own_rows == set(CHOSEN) - {"headline", "about", "languages"}
    assert {field.name for field in ProfileText._meta.get_fields()} == {
        "id", "profile", "language", "headline", "about", "help_with",
    }  # fmt: skip


def test_ways_of_contact_are_for_nobody_but_their_owner_unless_they_say_so(described):
    assert described.profile.contact_ways.get().audience == Audience.ME


def test_unknown_field_is_a_mistake_not_a_no(member, stranger):
    with pytest.raises(KeyError):
        may_see(stranger, member, "telephone")


@pytest.mark.parametrize("name", PEOPLE)
def test_closeness_in_sql_is_that_in_python(cast, described, name, closed_space, former, observer):
    """For everybody towards everybody, with a block, a suspended membership and a space that hides its list."""
    Block.objects.create(user=former, person=described)
    Block.objects.create(user=observer, person=cast["moderator"])
    closed_space.memberships.filter(user=described).update(suspended_at=timezone.now())
    Space.objects.exclude(pk=closed_space.pk).update(shows_members=False)
    circle = Circle.of(cast[name])
    rows = Profile.objects.annotate(closeness=circle.closeness_in_sql())
    in_sql = {row.user_id: row.closeness for row in rows}
    people = list(User.objects.all())
    assert in_sql == {user.pk: circle.closeness(user) for user in people}
    # And as the page of one person asks.
    assert in_sql == {user.pk: Between.of(cast[name], user).closeness for user in people}


def test_block_makes_both_strangers_to_each_other(cast, described, observer, facilitator, client_of):
    """Neither finds the other's page; facilitators of a shared space still see both."""
    person = show(described, Audience.SPACES)
    Block.objects.create(user=person, person=observer)
    address, back = person.get_absolute_url(), observer.get_absolute_url()
    assert client_of(observer).get(address).status_code == 404
    assert client_of(person).get(back).status_code == 404
    assert (
        client_of(facilitator).get(address).status_code == client_of(facilitator).get(back).status_code == 200
    )
    assert described.profile not in Profile.objects.visible_to(observer)
    assert described.profile in Profile.objects.visible_to(facilitator)


def test_membership_that_its_space_hides_does_not_show_in_what_a_field_shows(described, observer, moderator):
    """Only in spaces whose list of members one may see does one stand closer: the field would tell."""
    Space.objects.update(shows_members=False)
    person = show(described, Audience.SPACES)
    assert "headline" not in shown_to(observer, person)
    assert "headline" in shown_to(moderator, person)


def test_organisation_that_waits_for_approval_is_shown_to_its_owner_alone(described, stranger, member):
    Organisation.objects.update(approved_at=None)
    person = User.objects.with_page().get(pk=described.pk)
    assert "organisation" in shown_to(member, person)
    assert "organisation" not in shown_to(stranger, person)


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
