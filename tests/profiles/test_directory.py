"""The directory: who is in it, what may be chosen, and what each reader may learn from either."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.changes import changes_public
from profiles.audiences import Audience, Circle
from profiles.counting import everything
from profiles.describing import describe
from profiles.directory import Filters, look
from profiles.models import Block, Organisation, Profile, User
from profiles.photos import put_up, shaped
from tests.profiles.test_photos import picture as photo
from themes.models import Theme, ThemeName


def listed(count, **profile):
    made = []
    for number in range(count):
        user = User.objects.create_user(
            f"p{User.objects.count()}@people.example",
            None,
            display_name=f"Person {number}",
            is_approved=True,
        )
        describe(user, {"listed": True, **profile})
        made.append(user)
    return made


def names(answer):
    return [str(card.profile.user.display_name) for card in answer.context["page_obj"]]


def test_directory_holds_those_who_asked_to_be_in_it_and_are_in_order(member, stranger, client_of):
    here, waiting, blocked, silent = listed(4)
    User.objects.filter(pk=waiting.pk).update(is_approved=False)
    User.objects.filter(pk=blocked.pk).update(is_active=False)
    silent.profile.listed = False
    silent.profile.save()
    assert names(client_of(stranger).get(reverse("profiles:people"))) == [here.display_name]


@pytest.fixture
def tunisian(db):
    """Somebody of whom the directory says everything it can say."""
    theme = Theme.objects.create(slug="fair-trial")
    ThemeName.objects.create(theme=theme, language="fr", name="Zqthème")
    office = Organisation.objects.create(name="Zqoffice", name_folded="zqoffice", approved_at=timezone.now())
    user = listed(1, country="TN", languages=["ar", "fr"], organisation=office, available=True)[0]
    describe(user, {"expertise": [theme], "headline": "Zqheadline", "help_with": "Zqhelp"})
    return User.objects.with_page().get(pk=user.pk)


FACETS = ("theme", "country", "language", "organisation", "available")
READS = dict(zip(FACETS, ("expertise", "country", "languages", "organisation", "available"), strict=True))


def question(person, facet):
    return {
        "theme": "fair-trial",
        "country": "TN",
        "language": "ar",
        "organisation": person.profile.organisation.public_id,
        "available": "yes",
    }[facet]


def counted(found):
    counts = {facet: {row.value: row.number for row in rows} for facet, rows in found.facets.items()}
    return {facet: values for facet, values in counts.items() if any(values.values())}


@pytest.mark.parametrize("facet", FACETS)
def test_each_filter_finds_who_fits_and_the_others_are_counted_under_it(stranger, tunisian, client_of, facet):
    listed(2, country="BE", languages=["nl", "fr"])
    client, value = client_of(stranger), question(tunisian, facet)
    answer = client.get(reverse("profiles:people"), {facet: value})
    assert names(answer) == ["Person 0"]
    found = look(Circle.of(stranger), Filters(**{facet: value}))
    assert found.total == 1
    own = (
        {value: 1, "BE": 2}
        if facet == "country"
        else {value: 1, "nl": 2, "fr": 3}
        if facet == "language"
        else {value: 1}
    )
    for name, values in counted(found).items():
        others = {"ar": 1, "fr": 1} if name == "language" else {question(tunisian, name): 1}
        assert values == (own if name == facet else others), name
    # Taken away again: the chip leads to the address without it.
    assert [choice.url for choice in answer.context["chosen"]] == ["?"]


def test_filters_combine_and_one_can_be_taken_back(stranger, tunisian, client_of):
    listed(1, country="TN", languages=["fr"])
    client = client_of(stranger)
    answer = client.get(reverse("profiles:people"), {"country": "tn", "language": "ar", "q": "person"})
    assert len(names(answer)) == 1
    assert [choice.url for choice in answer.context["chosen"]] == [
        "?q=person&language=ar",
        "?q=person&country=TN",
    ]
    assert names(client.get(reverse("profiles:people"), {"country": "BE", "language": "ar"})) == []


@pytest.mark.parametrize("name", ["Zoé Élan", "زوي إلان"])
def test_name_is_found_with_other_accents_and_spellings(stranger, client_of, name):
    user = listed(1)[0]
    user.display_name = name
    user.save()
    asked = {"Zoé Élan": "zoe elan", "زوي إلان": "الان"}[name]
    assert names(client_of(stranger).get(reverse("profiles:people"), {"q": asked})) == [name]


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("name", ["stranger", "facilitator"])
def test_field_that_is_hidden_neither_counts_nor_filters_nor_shows(
    cast, tunisian, closed_space, client_of, facet, name
):
    """Twice the same world, once with the field empty: for whoever may not read it, the same bytes."""
    closed_space.memberships.create(user=tunisian)
    Profile.objects.filter(user=tunisian).update(**{f"{READS[facet]}_for": Audience.FACILITATORS})
    client, address, asked = client_of(cast[name]), reverse("profiles:people"), question(tunisian, facet)
    word = {
        "theme": "fair-trial",
        "country": "Tunisia",
        "language": 'lang="ar">العربية</bdi> <span',
        "organisation": "Zqoffice",
        "available": "Available",
    }[facet]
    listing, filtered = client.get(address), client.get(address, {facet: asked})
    seen = name == "facilitator"
    assert (word in listing.content.decode()) == seen
    assert (len(names(filtered)) == 1) == seen
    assert bool(counted(look(Circle.of(cast[name]), Filters())).get(facet)) == seen
    if not seen:
        unknown = client.get(address, {facet: "zq" if facet != "country" else "ZQ"})
        told = {choice.label for choice in filtered.context["chosen"]}
        assert names(unknown) == [] and unknown.context["facets"] == filtered.context["facets"] == []
        assert told == (
            {"Tunisia"}
            if facet == "country"
            else {"العربية"}
            if facet == "language"
            else {asked}
            if facet != "available"
            else {"Available to help"}
        )


def test_people_who_are_apart_are_not_in_each_others_directory(cast, tunisian, client_of, closed_space):
    """Nor counted; facilitators of a space that both are in still find them."""
    observer, facilitator = cast["observer"], cast["facilitator"]
    closed_space.memberships.create(user=tunisian)
    describe(observer, {"listed": True, "country": "BE"})
    for blocked in (observer, facilitator):
        Block.objects.create(user=tunisian, person=blocked)
    assert look(Circle.of(observer), Filters()).total == 1
    assert counted(look(Circle.of(observer), Filters())) == {"country": {"BE": 1}}
    assert [card.profile.user for card in look(Circle.of(tunisian), Filters()).cards] == [tunisian]
    assert look(Circle.of(facilitator), Filters()).total == 2


def test_looking_is_no_writing(stranger):
    """Whatever counts as a write drops the kept public pages."""
    people = Profile.objects.visible_to(stranger)
    statement = everything(people, {"country": "TN"}, first=0, most=30, facets=True)
    assert not changes_public(statement[0])


def test_organisation_that_waits_is_no_filter(stranger, tunisian):
    Organisation.objects.update(approved_at=None)
    found = look(Circle.of(tunisian), Filters())
    assert "organisation" not in counted(found)
    assert look(Circle.of(tunisian), Filters(organisation=tunisian.profile.organisation.public_id)).total == 0


@pytest.mark.parametrize(
    "query", ["?country=%27", "?theme=nothing", "?language=%22", "?q=%25", "?q=" + "x" * 500]
)
def test_directory_with_an_odd_question_finds_nobody(stranger, client_of, query):
    listed(1, country="TN")
    answer = client_of(stranger).get(reverse("profiles:people") + query)
    assert answer.status_code == 200
    assert names(answer) == []


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "999999999999999999999"])
def test_directory_page_beyond_the_end_is_the_ordinary_404(stranger, client_of, page):
    listed(1)
    assert client_of(stranger).get(reverse("profiles:people") + f"?page={page}").status_code == 404


def test_directory_costs_the_same_at_one_and_at_thirty_and_at_most_ten(
    furnished, facilitator, client_of, spaces
):
    theme = Theme.objects.create(slug="fair-trial")
    office = Organisation.objects.create(name="Zqoffice", name_folded="zqoffice", approved_at=timezone.now())
    client = client_of(facilitator)

    def queries(**asked):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("profiles:people"), asked).status_code == 200
        return len(caught)

    for user in listed(1, languages=["fr"], organisation=office):
        user.profile.expertise.add(theme)
    queries()
    one = queries()
    for user in listed(34, country="TN", languages=["fr", "ar"], organisation=office):
        user.profile.expertise.add(theme)
        put_up(user.profile, shaped(photo(), "photo")) if user.pk % 9 == 0 else None
    Block.objects.create(user=facilitator, person=user)
    assert queries() == one <= 10
    assert queries(theme="fair-trial", language="fr", organisation=office.public_id, q="person") == one
    assert queries(page="2") == one
