import pytest
from django.urls import reverse

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
