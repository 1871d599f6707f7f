"""Landing pages: the space's own words in every language it has, at the same address."""

import pytest
from django.test import Client
from django.utils import timezone

from communities.models import Membership, SpaceText
from pages.landing import open_landing
from tests.pages.conftest import locale


def test_founded_space_has_a_page_in_every_language(closed_space):
    own = {page.locale.language_code: page for page in closed_space.landing_pages.all()}
    assert set(own) == {"en", "fr", "ar", "nl"}
    assert {page.slug for page in own.values()} == {closed_space.slug}
    assert {code for code, page in own.items() if page.alias_of_id} == {"ar", "nl"}
    for code in own:
        assert Client().get(f"/{code}/communities/{closed_space.slug}/").status_code == 200


def test_new_language_turns_the_stand_in_into_a_page(closed_space):
    SpaceText.objects.create(space=closed_space, language="nl", name="De gesloten ruimte", purpose="Doel")
    open_landing(closed_space)
    page = closed_space.landing_pages.get(locale=locale("nl"))
    assert (page.alias_of_id, page.live, page.title, page.slug) == (
        None,
        True,
        "De gesloten ruimte",
        closed_space.slug,
    )
    assert closed_space.landing_pages.count() == 4


def test_page_reads_the_words_of_the_space_as_they_are_now(closed_space):
    SpaceText.objects.filter(space=closed_space, language="fr").update(name="Un nom tout neuf")
    assert "Un nom tout neuf" in Client().get(f"/fr/communities/{closed_space.slug}/").content.decode()


def test_only_facilitators_who_agreed_are_named(closed_space, facilitator):
    address = f"/en/communities/{closed_space.slug}/"
    assert facilitator.display_name not in Client().get(address).content.decode()
    Membership.objects.filter(space=closed_space, user=facilitator).update(shown_publicly=True)
    assert facilitator.display_name in Client().get(address).content.decode()


def test_page_says_who_reads_and_how_to_come_in(closed_space, network_space, public_space):
    def html(space):
        return Client().get(f"/en/communities/{space.slug}/").content.decode()

    assert "only its members read" in html(closed_space) and "Ask to come in" not in html(closed_space)
    assert "every approved member reads" in html(network_space)
    assert "everyone on the internet can read" in html(public_space)


def test_stranger_is_offered_the_way_in_member_the_door(closed_space, stranger, member, client_of):
    address = f"/en/communities/{closed_space.slug}/"
    assert "Ask to come in" in client_of(stranger).get(address).content.decode()
    assert "Go to the space" in client_of(member).get(address).content.decode()


def test_archived_space_is_marked(public_space):
    type(public_space).objects.filter(pk=public_space.pk).update(archived_at=timezone.now())
    assert "Archived" in Client().get("/en/communities/").content.decode()
    assert "archived" in Client().get(f"/en/communities/{public_space.slug}/").content.decode()


@pytest.mark.parametrize("person", ["visitor", "stranger", "staff", "root", "editor", "translator_ar"])
def test_hidden_space_is_in_no_list(person, cast, client_of, hidden_space):
    client = client_of(cast[person])
    for address in ("/en/communities/", "/en/", "/sitemap.xml"):
        html = client.get(address).content.decode()
        assert hidden_space.name not in html and hidden_space.slug not in html
