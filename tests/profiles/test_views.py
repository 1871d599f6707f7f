import pytest
from django.urls import reverse

from profiles.models import Organisation, User
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


def test_forms_save_what_was_typed_and_lead_back_in_the_new_language(member, client_of):
    theme = Theme.objects.create(slug="fair-trial")
    client = client_of(member)
    you = {
        "display_name": "Noor",
        "language": "ar",
        "time_zone": "Africa/Tunis",
        "pronouns": "elle",
        "pronouns_for": "4",
        "listed": "on",
    }
    answer = client.post(reverse("profiles:edit"), you)
    assert answer.url == f"/ar/people/{member.public_id}/"
    work = {"expertise": [theme.pk], "languages": ["fr", "wo"], "country": "TN", "country_for": "0"}
    client.post(reverse("profiles:work"), {**work, "available": "on"})
    words = {"headline": "Avocate", "about": "Première ligne\nDeuxième", "headline_for": "1"}
    client.post(reverse("profiles:words", args=["fr"]), words)
    user = User.objects.with_page().get(pk=member.pk)
    profile = user.profile
    assert (user.display_name, user.language, user.time_zone) == ("Noor", "ar", "Africa/Tunis")
    assert (profile.headline, profile.country.code, profile.languages) == ("Avocate", "TN", ["fr", "wo"])
    assert (profile.pronouns, profile.available, profile.listed) == ("elle", True, True)
    assert list(profile.expertise.all()) == [theme]
    assert (profile.pronouns_for, profile.country_for, profile.headline_for) == (4, 0, 1)
    # Whoever is not named keeps the default.
    assert (profile.about_for, profile.photo_for, profile.available_for) == (2, 3, 3)
    assert SearchEntry.objects.filter(kind="person", object_id=user.pk, title="Noor").exists()


def test_leaving_the_directory_leaves_search(member, client_of):
    client = client_of(member)
    client.post(reverse("profiles:edit"), {**FIELDS, "listed": "on"})
    assert SearchEntry.objects.filter(kind="person", object_id=member.pk).exists()
    client.post(reverse("profiles:edit"), FIELDS)
    assert not SearchEntry.objects.filter(kind="person", object_id=member.pk).exists()


@pytest.mark.parametrize(
    ("page", "field", "value"),
    [
        ("edit", "display_name", ""),
        ("edit", "display_name", "x" * 61),
        ("edit", "pronouns", "x" * 41),
        ("edit", "pronouns_for", "7"),
        ("edit", "language", "tlh"),
        ("edit", "time_zone", "Mars/Olympus"),
        ("work", "country", "ZZ"),
        ("work", "languages", "tlh"),
        ("work", "expertise", "999999"),
        ("work", "expertise", "drop table"),
        ("work", "organisation", "999999"),
        ("work", "country_for", "x"),
        ("words", "headline", "x" * 121),
        ("words", "about", "x" * 4001),
        ("words", "help_with", "x" * 301),
    ],
)
def test_bad_value_gets_a_message_and_keeps_what_was_typed(member, client_of, page, field, value):
    typed = {
        "edit": {**FIELDS, "pronunciation": "Zqtyped"},
        "work": {"new_organisation": "Zqtyped"},
        "words": {"headline": "Zqtyped", "about": "Zqtyped"},
    }[page]
    address = reverse(f"profiles:{page}", args=["fr"] if page == "words" else [])
    answer = client_of(member).post(address, {**typed, field: value})
    assert answer.status_code == 422
    forms = (answer.context["form"], answer.context.get("account_form"))
    assert [name for form in forms if form is not None for name in form.errors] == [field]
    assert "Zqtyped" in answer.content.decode()
    member.refresh_from_db()
    assert member.display_name == "Member"
    assert not Organisation.objects.exists()


def test_form_shows_a_zone_that_left_the_list(member, client_of):
    User.objects.filter(pk=member.pk).update(time_zone="Etc/GMT-1")
    body = client_of(member).get(reverse("profiles:edit")).content.decode()
    assert '<option value="Etc/GMT-1" selected>' in body


def test_newcomer_is_told_that_the_account_waits(newcomer, client_of):
    client = client_of(newcomer)
    for address in (reverse("communities:feed"), reverse("profiles:edit"), newcomer.get_absolute_url()):
        assert "waits for approval" in client.get(address).content.decode(), address
