"""Landing pages: the space's own words in every language it has, at the same address."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from communities import presenting
from communities.models import Membership, SpaceText
from events.models import Event
from forum import posting
from pages import presentation
from pages.landing import open_landing
from pages.models import SpacePage
from profiles.audiences import Audience
from profiles.describing import describe
from profiles.models import Profile, User
from tests.public_pages import locale
from themes.models import Theme


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


def test_facilitator_is_named_as_they_want_to_be_called(closed_space, facilitator):
    own = closed_space.memberships.get(user=facilitator)
    presenting.be_named(own, shown=True, public_name="Nour, Tunis")
    html = Client().get(f"/en/communities/{closed_space.slug}/").content.decode()
    assert "Nour, Tunis" in html and facilitator.display_name not in html


def test_newcomer_reads_that_the_account_is_looked_at(network_space, newcomer, client_of):
    html = client_of(newcomer).get(f"/en/communities/{network_space.slug}/").content.decode()
    assert "Your account is being looked at" in html and "Look inside" not in html


def test_only_open_events_are_shown_whoever_looks(closed_space, facilitator, member, client_of):
    from datetime import timedelta

    starts = timezone.now() + timedelta(days=2)
    for title, is_public in (("An open talk", True), ("A closed meeting", False)):
        Event.objects.announce(
            closed_space, by=facilitator, starts_at=starts, ends_at=starts + timedelta(hours=1),
            time_zone="Africa/Tunis", texts={"en": {"title": title}}, is_public=is_public,
        )  # fmt: skip
    for person in (None, member):
        client = client_of(person) if person else Client()
        html = client.get(f"/en/communities/{closed_space.slug}/").content.decode()
        assert "An open talk" in html and "A closed meeting" not in html


def test_chosen_resources_stand_at_the_readers_place_in_the_editors_order(closed_space, resource, at):
    first, second, draft = resource("fr", "Un guide"), resource("fr", "Un rapport"), resource("fr", "Caché")
    draft.unpublish()
    page = closed_space.landing_pages.get(place="fr")
    page.resources = [("resource", second), ("resource", draft), ("resource", first)]
    page.save()
    html = Client().get(page.get_url()).content.decode()
    assert 0 < html.index("Un rapport") < html.index("Un guide") and "Caché" not in html
    PageViewRestriction.objects.create(page=second, restriction_type="login")
    assert "Un rapport" not in Client().get(page.get_url()).content.decode()


def test_resources_chosen_in_the_main_language_show_in_all(closed_space, resource, at):
    chosen = resource("en", "A guide")
    page = closed_space.landing_pages.get(place="en")
    page.resources = [("resource", chosen)]
    page.save()
    for code in ("en", "fr", "ar"):
        html = Client().get(f"/{code}/communities/{closed_space.slug}/").content.decode()
        assert at(chosen, code).get_url() in html


def test_figures_count_topics_and_no_country_that_its_owner_keeps_back(closed_space, facilitator):
    presenting.agree_to_figures(closed_space, ["topics", "countries"], by=facilitator)
    for number, country in enumerate(["BE", "FR", "MA", "NL", "SN", "TN"]):
        user = User.objects.create_user(f"n{number}@people.example", display_name="N", is_approved=True)
        describe(user, {"country": country, "country_for": Audience.NETWORK})
        closed_space.memberships.create(user=user)
        posting.open_topic(closed_space, by=facilitator, subject="A", content="B", language="en")
    assert presentation.figures_of(closed_space) == ["5 topics or more", "5 countries or more"]
    Profile.objects.filter(country__in=["BE", "FR"]).update(country_for=Audience.SPACES)
    assert presentation.figures_of(closed_space) == ["5 topics or more"]


def test_figures_only_what_was_agreed_and_only_from_five_on(closed_space, facilitator):
    assert presentation.figures_of(closed_space) == []
    presenting.agree_to_figures(closed_space, ["members", "topics", "countries", "since"], by=facilitator)
    # Four people in force, nobody's country said, no topic.
    assert presentation.figures_of(closed_space) == [f"Since {closed_space.created_at.year}"]
    for number in range(8):
        person = User.objects.create_user(f"m{number}@x.example", "p", display_name="M", is_approved=True)
        Membership.objects.create(space=closed_space, user=person)
    assert presentation.figures_of(closed_space)[0] == "10 members or more"


@pytest.mark.parametrize(
    ("number", "shown"), [(0, 0), (4, 0), (5, 5), (9, 5), (49, 45), (50, 50), (59, 50), (118, 110)]
)
def test_rounded_down(number, shown):
    assert presentation.rounded(number) == shown


def test_frozen_space_says_so(closed_space):
    type(closed_space).objects.filter(pk=closed_space.pk).update(frozen_at=timezone.now())
    html = Client().get(f"/en/communities/{closed_space.slug}/").content.decode()
    assert "nobody to run it at the moment" in html and "Nobody new comes in" in html


def test_one_page_per_space_and_language_in_the_database(closed_space):
    with pytest.raises(IntegrityError), transaction.atomic():
        SpacePage.objects.filter(space=closed_space, place="fr").update(place="en")


def test_communities_are_filtered_by_theme_and_language(closed_space, public_space, facilitator):
    theme = Theme.objects.create(slug="detention")
    closed_space.themes.add(theme)
    presenting.write(public_space, "ar", by=facilitator, name="فضاء", purpose="")
    client = Client()
    html = client.get("/en/communities/?theme=detention").content.decode()
    assert closed_space.name in html and public_space.name not in html
    html = client.get("/en/communities/?language=ar").content.decode()
    assert public_space.name in html and closed_space.name not in html
    for wrong in ("theme=nothing", "language=xx", f"theme={'x' * 300}"):
        assert client.get(f"/en/communities/?{wrong}").status_code == 404


def test_lists_and_landing_cost_the_same_with_thirty_spaces(furnished, closed_space, facilitator, cast):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.world import build_space

    presenting.agree_to_figures(closed_space, ["members", "topics", "countries", "since"], by=facilitator)

    def cost(path):
        client = Client()
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(f"{path}?x={len(connection.queries)}").status_code == 200
        return len(seen)

    paths = ("/en/", "/en/communities/", f"/en/communities/{closed_space.slug}/")
    before = [cost(path) for path in paths]
    for number in range(30):
        build_space("network", cast, f"Space number {number}")
    assert [cost(path) for path in paths] == before
    assert before[0] <= 12 and before[2] <= 12
