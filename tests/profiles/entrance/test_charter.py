"""The charter: accepted at sign-up, asked again with each version, and free of cost for who accepted."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from communities.submissions import new_key
from profiles.entrance import charter, leaving
from profiles.entrance.models import Acceptance, Charter
from profiles.joining import enrol

LANGUAGES = ["en", "fr", "ar", "nl"]
PASSWORD = "a lamp beside the river"


@pytest.fixture
def second(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return charter.publish({"fr": "Zqdeux mots nouveaux"}, by=None)


def gate(path):
    from django.utils.http import urlencode

    return f"{path[:3]}/account/charter/acceptance/?{urlencode({'next': path})}"


def test_first_version_is_there_in_four_languages_and_open_to_everybody(client, db):
    bodies = {}
    for language in LANGUAGES:
        page = client.get(f"/{language}/account/charter/")
        bodies[language] = page.content.decode().partition('class="prose"')[2].partition("</main>")[0]
        assert page.status_code == 200
        assert bodies[language].startswith(f' lang="{language}"')
    texts = Charter.objects.get().texts.values_list("language", "text")
    assert {language: 150 <= len(text.split()) <= 330 for language, text in texts} == dict.fromkeys(
        LANGUAGES, True
    )
    assert len(set(bodies.values())) == 4


def test_missing_language_falls_back_and_is_marked_as_what_it_is(second, client):
    page = client.get("/ar/account/charter/").content.decode()
    assert '<div class="prose" lang="fr" dir="auto">' in page
    assert "Zqdeux" in page


def test_signing_up_keeps_version_language_and_moment(client, db):
    data = {"display_name": "Noor", "email": "noor@people.example", "password1": PASSWORD}
    refused = client.post("/fr/account/signup/", data)
    assert list(refused.context["form"].errors) == ["charter"]
    assert "/fr/account/charter/" in refused.content.decode()
    client.post("/fr/account/signup/", {**data, "charter": "1"})
    row = Acceptance.objects.get(user__email="noor@people.example")
    assert (row.charter.number, row.language) == (1, "fr")


def test_version_that_was_on_offer_is_the_one_accepted(client, second):
    """Published while the form was open: they are asked for the new one, and nothing else is written down."""
    data = {"display_name": "Noor", "email": "noor@people.example", "password1": PASSWORD}
    client.post("/fr/account/signup/", {**data, "charter": "1"})
    assert Acceptance.objects.get(user__email="noor@people.example").charter.number == 1
    other = {**data, "email": "sami@people.example", "charter": "99999999"}
    client.post("/fr/account/signup/", other)
    assert not Acceptance.objects.filter(user__email="sami@people.example").exists()


def test_everybody_is_led_to_a_new_version_and_from_there_where_they_wanted(
    member, closed_space, client_of, django_capture_on_commit_callbacks
):
    client = client_of(member)
    wanted = f"/fr/spaces/{closed_space.slug}/?page=1"
    assert client.get(wanted).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        charter.publish({"en": "Zqnew words", "fr": "Zqmots"}, by=None)
    for path in (wanted, "/fr/", "/en/people/", "/fr/nowhere/"):
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer.url == gate(path)
    page = client.get(gate(wanted))
    assert "Zqmots" in page.content.decode()
    sent = {"version": page.context["charter"].number, "next": wanted}
    assert client.post("/fr/account/charter/acceptance/", sent).url == wanted
    assert client.get(wanted).status_code == 200
    assert Acceptance.objects.filter(user=member, charter__number=2, language="fr").count() == 1


def test_ways_out_stay_open_and_forms_go_through(member, second, client_of, closed_space):
    client = client_of(member)
    for name in ("profiles:edit", "account_email", "mfa_index", "usersessions_list", "entrance:charter"):
        assert client.get(reverse(name)).status_code in (200, 302), name
        assert not client.get(reverse(name)).headers.get("Location", "").endswith("acceptance/")
    assert client.get("/healthz").status_code == 200
    # What was typed is not lost: the page that follows is where the charter shows.
    sent = client.post(reverse("communities:membership", args=[closed_space.slug]))
    assert "charter" not in sent.headers.get("Location", "")
    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get("/en/").status_code == 200


def test_visitor_is_asked_nothing(client, second):
    assert client.get("/en/").status_code == 200
    assert client.get(reverse("entrance:acceptance")).status_code == 404


def test_old_version_sent_late_accepts_nothing(member, second, client_of):
    client = client_of(member)
    for version in ("1", "", "x", "99999999999999999999"):
        answer = client.post(reverse("entrance:acceptance"), {"version": version})
        assert answer.status_code == 200
    assert not Acceptance.objects.filter(user=member, charter=second).exists()


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_way_on_leads_nowhere_else(member, second, client_of, back):
    sent = {"version": "2", "next": back}
    assert client_of(member).post(reverse("entrance:acceptance"), sent).url == reverse("communities:feed")


def test_who_accepted_pays_no_query_for_it(member, client_of, second, settings):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    charter.accept(member, number=2, language="fr")
    client = client_of(member)

    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("communities:notifications")).status_code == 200
        return len(caught)

    queries()
    with_gate = queries()
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "charter_gate" not in name]
    client = client_of(member)
    queries()
    assert queries() == with_gate


def test_accepting_on_one_device_counts_on_the_other(member, second, client_of):
    phone, computer = client_of(member), client_of(member)
    assert phone.get("/en/feed/").status_code == 302
    computer.post(reverse("entrance:acceptance"), {"version": "2"})
    assert phone.get("/en/feed/").status_code == 200


def test_version_in_force_is_found_again_when_the_cache_has_forgotten(second):
    caches["pages"].clear()
    assert charter.in_force() == 2


def test_staff_publish_once_however_often_the_form_is_sent(
    staff, client_of, django_capture_on_commit_callbacks
):
    client = client_of(staff)
    page = client.get(reverse("entrance:charters"))
    assert "This network connects people" in page.content.decode()
    assert "1 person accepted it" not in page.content.decode()
    data = {"key": new_key(staff, "charter"), "ar": "Zq كلمات", "en": "", "fr": "", "nl": ""}
    for _sending in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(reverse("entrance:charters"), data).status_code == 302
    newest = Charter.objects.first()
    assert (newest.number, newest.published_by) == (2, staff)
    assert [text.language for text in newest.texts.all()] == ["ar"]
    assert charter.in_force() == 2


@pytest.mark.parametrize("texts", [{}, {"en": "   "}, {"en": "x" * 20_001}])
def test_charter_without_a_text_is_refused_and_keeps_what_was_typed(staff, client_of, texts):
    data = {"key": new_key(staff, "charter"), **texts}
    answer = client_of(staff).post(reverse("entrance:charters"), data)
    assert answer.status_code == 422
    assert Charter.objects.count() == 1
    assert texts.get("en", "")[:50] in answer.content.decode()


def test_texts_are_no_way_to_put_markup_on_a_page(client, db):
    charter.publish({"en": "<script>alert(1)</script> **bold**"}, by=None)
    page = client.get("/en/account/charter/").content.decode()
    assert "<script>alert" not in page
    assert "<strong>bold</strong>" in page


def test_enrolled_people_count_as_having_accepted_and_take_it_along_and_away(db):
    person = enrol("noor@people.example", PASSWORD, "Noor", language="ar")
    assert charter.accepted_by(person) == 1
    (part,) = leaving.parts(person)
    assert [row["version"] for row in part.rows()] == [1]
    person.empty()
    assert charter.accepted_by(person) == 0
