"""Words per language: what is missing or older, what readers get, and two who write at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from communities import wording
from communities.models import Record, Space, SpaceText
from tests.communities.test_views import queries


def url_of(space):
    return reverse("communities:texts", args=[space.slug])


def fields_of(client, space, **changed):
    """What a browser sends of the page as it stands: {"fr-name": ...}."""
    forms = client.get(url_of(space)).context["forms"]
    data = {f"{form.prefix}-{name}": form[name].value() for form in forms for name in form.fields}
    return {name: value for name, value in (data | changed).items() if value is not None}


@pytest.fixture
def here(closed_space):
    """English in full and older, French without rules, Arabic and Dutch not at all."""
    month_ago = timezone.now() - timedelta(days=30)
    # The world may have been built long ago (a kept database).
    SpaceText.objects.filter(space=closed_space).update(updated_at=timezone.now())
    SpaceText.objects.filter(space=closed_space, language="en").update(
        welcome="Come in", rules="Be kind", updated_at=month_ago
    )
    return Space.objects.with_texts().get(pk=closed_space.pk)


def test_standings_say_what_is_missing_and_what_is_older(here):
    found = {each.language: (bool(each.text), each.lacks, each.is_older) for each in wording.standings(here)}
    assert found == {
        "en": (True, (), True),
        "fr": (True, ("welcome", "rules", "question"), False),
        "ar": (False, (), False),
        "nl": (False, (), False),
    }
    assert next(iter(found)) == "en"


def test_write_changes_what_was_changed_and_nothing_else(facilitator, here, client_of):
    client = client_of(facilitator)
    untouched = SpaceText.objects.filter(space=here, language="en").values().get()
    data = fields_of(
        client, here, **{"fr-rules": "Soyez\r\ngentils", "ar-name": "فضاء", "ar-purpose": "غاية"}
    )
    assert client.post(url_of(here), data).status_code == 302
    rows = {row.language: row for row in SpaceText.objects.filter(space=here)}
    assert set(rows) == {"en", "fr", "ar"}
    assert (rows["fr"].rules, rows["ar"].name) == ("Soyez\ngentils", "فضاء")
    assert SpaceText.objects.filter(space=here, language="en").values().get() == untouched
    assert Record.objects.filter(verb="words_changed", space=here).count() == 1
    # Renamed on the landing page as well.
    assert here.landing_pages.get(place="ar").title == "فضاء"
    # Nothing changed: nothing is written.
    assert client.post(url_of(here), fields_of(client, here)).status_code == 302
    assert Record.objects.filter(verb="words_changed", space=here).count() == 1


def test_readers_get_each_text_in_the_nearest_language_marked_as_such(here, member, client_of):
    with override("fr"):
        about = client_of(member).get(reverse("communities:about", args=[here.slug])).content.decode()
    assert '<p class="lede" lang="fr" dir="auto">But de' in about
    assert '<div class="prose" lang="en" dir="auto"><p>Be kind</p>' in about
    assert '<span class="badge" lang="en">English</span>' in about
    assert about.count('class="badge" lang=') == 1


def test_two_at_once_the_second_is_told_keeps_the_words_and_may_insist(facilitator, here, client_of):
    client = client_of(facilitator)
    mine = fields_of(client, here, **{"fr-purpose": "À moi", "en-purpose": "Mine"})
    client.post(url_of(here), fields_of(client, here, **{"fr-purpose": "À toi"}))
    answer = client.post(url_of(here), mine)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody else has written here" in page
    assert "À moi</textarea>" in page and "<dd>À toi</dd>" in page
    # All or nothing: English waits as well.
    assert SpaceText.objects.get(space=here, language="en").purpose != "Mine"
    again = {**mine, "fr-seen": {form.prefix: form for form in answer.context["forms"]}["fr"]["seen"].value()}
    assert client.post(url_of(here), again).status_code == 302
    assert set(SpaceText.objects.filter(space=here).values_list("purpose", flat=True)) >= {"À moi", "Mine"}


def test_two_at_once_in_different_languages_do_not_disturb_each_other(facilitator, here, client_of):
    client = client_of(facilitator)
    mine = fields_of(client, here, **{"fr-purpose": "À moi"})
    client.post(url_of(here), fields_of(client, here, **{"en-purpose": "Yours"}))
    assert client.post(url_of(here), mine).status_code == 302
    assert set(SpaceText.objects.filter(space=here).values_list("purpose", flat=True)) == {"À moi", "Yours"}


def test_read_again_an_older_text_is_as_new_as_the_rest(facilitator, here, client_of):
    client = client_of(facilitator)
    assert client.post(url_of(here), fields_of(client, here, **{"en-still_right": "on"})).status_code == 302
    here = Space.objects.with_texts().get(pk=here.pk)
    assert not any(each.is_older for each in wording.standings(here))
    assert Record.objects.filter(verb="words_confirmed", space=here).count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"en-name": ""}, "needs a name"),
        ({"nl-welcome": "Welkom"}, "needs a name"),
        ({"fr-name": "x" * 81}, "at most 80 characters"),
        ({"fr-rules": "x" * 4001}, "too long"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_wrong_words_are_said_and_nothing_is_lost(facilitator, here, client_of, change, message):
    client = client_of(facilitator)
    answer = client.post(url_of(here), fields_of(client, here, **{"fr-purpose": "Gardé", **change}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page and "Gardé</textarea>" in page
    assert SpaceText.objects.get(space=here, language="fr").purpose != "Gardé"


def test_language_of_which_nothing_is_left_goes(facilitator, here, client_of):
    client = client_of(facilitator)
    data = fields_of(client, here, **{f"fr-{name}": "" for name in wording.FIELDS})
    assert client.post(url_of(here), data).status_code == 302
    assert set(here.texts.values_list("language", flat=True)) == {"en"}
    # Its landing page stands in for the main language from now on.
    assert client.get(f"/fr/communities/{here.slug}/").status_code == 200


def test_texts_cost_the_same_for_one_language_and_four(facilitator, closed_space, client_of):
    SpaceText.objects.filter(space=closed_space).exclude(language="en").delete()
    client = client_of(facilitator)
    few = queries(client, url_of(closed_space))
    for code in ("fr", "ar", "nl"):
        SpaceText.objects.create(space=closed_space, language=code, name="N")
    assert queries(client, url_of(closed_space)) == few <= 10
