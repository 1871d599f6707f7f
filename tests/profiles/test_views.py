import pytest
from django.urls import reverse

from profiles.describing import describe
from profiles.models import User
from search.models import SearchEntry
from tests.profiles.test_photos import FIELDS
from themes.models import Theme


def test_own_page_says_who_reads_each_field_and_offers_to_edit(member, client_of):
    body = client_of(member).get(member.get_absolute_url()).content.decode()
    assert "Only you" in body
    assert reverse("profiles:edit") in body


def test_page_of_others_offers_nothing_to_edit(member, stranger, client_of):
    body = client_of(stranger).get(member.get_absolute_url()).content.decode()
    assert "Only you" not in body
    assert member.email not in body


def test_editing_saves_everything_and_leads_back_in_the_new_language(member, client_of):
    theme = Theme.objects.create(slug="fair-trial")
    sent = {
        "display_name": "Noor",
        "language": "ar",
        "time_zone": "Africa/Tunis",
        "headline": "Avocate",
        "about": "Première ligne\nDeuxième",
        "expertise": [theme.pk],
        "languages": ["fr", "wo"],
        "country": "TN",
        "listed": "on",
    }
    answer = client_of(member).post(reverse("profiles:edit"), sent)
    assert answer.url == f"/ar/people/{member.public_id}/"
    user = User.objects.with_page().get(pk=member.pk)
    profile = user.profile
    assert (user.display_name, user.language, user.time_zone) == ("Noor", "ar", "Africa/Tunis")
    assert (profile.headline, profile.country.code, profile.languages) == ("Avocate", "TN", ["fr", "wo"])
    assert list(profile.expertise.all()) == [theme]
    assert SearchEntry.objects.filter(kind="person", object_id=user.pk, title="Noor").exists()


def test_leaving_the_directory_leaves_search(member, client_of):
    client = client_of(member)
    client.post(reverse("profiles:edit"), {**FIELDS, "listed": "on"})
    assert SearchEntry.objects.filter(kind="person", object_id=member.pk).exists()
    client.post(reverse("profiles:edit"), FIELDS)
    assert not SearchEntry.objects.filter(kind="person", object_id=member.pk).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", ""),
        ("display_name", "x" * 61),
        ("headline", "x" * 121),
        ("about", "x" * 4001),
        ("country", "ZZ"),
        ("languages", "tlh"),
        ("language", "tlh"),
        ("time_zone", "Mars/Olympus"),
        ("expertise", "999999"),
        ("expertise", "drop table"),
    ],
)
def test_bad_value_gets_a_message_and_keeps_what_was_typed(member, client_of, field, value):
    sent = {**FIELDS, "headline": "Zqtyped", "about": "Zqabout", field: value}
    answer = client_of(member).post(reverse("profiles:edit"), sent)
    assert answer.status_code == 422
    forms = (answer.context["form"], answer.context["account_form"])
    assert [name for form in forms for name in form.errors] == [field]
    body = answer.content.decode()
    assert ("Zqtyped" in body) or field == "headline"
    member.refresh_from_db()
    assert member.display_name == "Member"


def test_form_shows_a_zone_that_left_the_list(member, client_of):
    User.objects.filter(pk=member.pk).update(time_zone="Etc/GMT-1")
    body = client_of(member).get(reverse("profiles:edit")).content.decode()
    assert '<option value="Etc/GMT-1" selected>' in body


def test_newcomer_is_told_that_the_account_waits(newcomer, client_of):
    client = client_of(newcomer)
    for address in (reverse("communities:feed"), reverse("profiles:edit"), newcomer.get_absolute_url()):
        assert "waits for approval" in client.get(address).content.decode(), address


# Directory


def listed(count, **profile):
    made = []
    for number in range(count):
        user = User.objects.create_user(
            f"p{number}-{profile.get('country', '')}@people.example",
            None,
            display_name=f"Person {number}",
            is_approved=True,
        )
        describe(user, {"listed": True, **profile})
        made.append(user)
    return made


def names(answer):
    return [str(profile.user.display_name) for profile in answer.context["page_obj"]]


def test_directory_holds_those_who_asked_to_be_in_it_and_are_in_order(member, stranger, client_of):
    here, waiting, blocked, silent = listed(4)
    User.objects.filter(pk=waiting.pk).update(is_approved=False)
    User.objects.filter(pk=blocked.pk).update(is_active=False)
    silent.profile.listed = False
    silent.profile.save()
    assert names(client_of(stranger).get(reverse("profiles:people"))) == [here.display_name]


def test_directory_filters_by_country_language_theme_and_name(stranger, client_of):
    theme = Theme.objects.create(slug="fair-trial")
    tunisian, other = (
        listed(1, country="TN", languages=["ar", "fr"])[0],
        listed(1, country="BE", languages=["nl"])[0],
    )
    tunisian.profile.expertise.add(theme)
    other.display_name = "Joost"
    other.save()
    client = client_of(stranger)

    def asked(query):
        return names(client.get(reverse("profiles:people") + query))

    assert asked("?country=TN") == asked("?country=tn") == ["Person 0"]
    assert asked("?language=nl") == ["Joost"]
    assert asked("?theme=fair-trial") == ["Person 0"]
    assert asked("?q=oos") == ["Joost"]
    assert asked("?country=BE&language=fr") == []
    choices = client.get(reverse("profiles:people")).context["choices"]
    assert [choice.value for choice in choices["country"]] == ["BE", "TN"]
    assert [choice.value for choice in choices["language"]] == ["ar", "fr", "nl"]
    assert [choice.value for choice in choices["theme"]] == ["fair-trial"]


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


def test_directory_costs_the_same_at_one_and_at_thirty(
    furnished, stranger, client_of, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    theme = Theme.objects.create(slug="fair-trial")
    client = client_of(stranger)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(reverse("profiles:people")).status_code == 200
        return len(caught)

    for user in listed(1, languages=["fr"]):
        user.profile.expertise.add(theme)
    queries()
    one = queries()
    for user in listed(29, country="TN", languages=["fr", "ar"]):
        user.profile.expertise.add(theme)
    assert queries() == one <= 14
