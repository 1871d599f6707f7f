"""The public face of a space, for its facilitators."""

import pytest
from django.test import Client
from django.urls import reverse

from communities.models import Space


def test_words_are_on_the_public_page_at_once(closed_space, facilitator, client_of):
    address = reverse("space_words", args=[closed_space.slug, "nl"])
    data = {"name": "De gesloten ruimte", "purpose": "Samen leren"}
    assert client_of(facilitator).post(address, data).status_code == 302
    html = Client().get(f"/nl/communities/{closed_space.slug}/").content.decode()
    assert "De gesloten ruimte" in html and "Samen leren" in html
    assert closed_space.landing_pages.get(place="nl").title == "De gesloten ruimte"


@pytest.mark.parametrize("language", ["xx", "de", "en-gb"])
def test_words_unknown_language_is_the_ordinary_404(language, closed_space, facilitator, client_of):
    assert (
        client_of(facilitator).get(f"/en/spaces/{closed_space.slug}/landing/words/{language}/").status_code
        == 404
    )


def test_address_taken_or_wrong_is_said_in_words(closed_space, public_space, facilitator, client_of):
    address = reverse("space_address", args=[closed_space.slug])
    for slug in (public_space.slug, "a b", "x" * 300, ""):
        answer = client_of(facilitator).post(address, {"slug": slug})
        assert answer.status_code == 422
    closed_space.refresh_from_db()
    assert closed_space.slug == "closed-space"


def test_address_changed_leads_back_to_the_desk(closed_space, facilitator, client_of):
    old = closed_space.slug
    answer = client_of(facilitator).post(reverse("space_address", args=[old]), {"slug": "Fresh-Place"})
    assert answer["Location"] == "/en/spaces/fresh-place/landing/"
    assert client_of(facilitator).get(f"/en/spaces/{old}/landing/")["Location"] == answer["Location"]


def test_figures_and_name_are_agreed_one_by_one(closed_space, facilitator, client_of):
    client = client_of(facilitator)
    client.post(reverse("space_figures", args=[closed_space.slug]), {"figures": ["since"]})
    name = {"shown": "on", "public_name": "Nour"}
    client.post(reverse("space_facilitator", args=[closed_space.slug]), name)
    html = Client().get(f"/en/communities/{closed_space.slug}/").content.decode()
    assert "Since 20" in html and "Nour" in html and "members or more" not in html
    wrong = client.post(reverse("space_figures", args=[closed_space.slug]), {"figures": ["salaries"]})
    assert wrong.status_code == 422
    client.post(reverse("space_facilitator", args=[closed_space.slug]), {})
    assert "Nour" not in Client().get(f"/en/communities/{closed_space.slug}/").content.decode()


def test_hiding_says_what_goes_and_what_stays(closed_space, facilitator, client_of, article):
    page = article("en", title=f"About {closed_space.name}")
    client = client_of(facilitator)
    html = client.get(reverse("space_hiding", args=[closed_space.slug])).content.decode()
    assert page.get_url() in html and "Search engines" in html
    answer = client.post(reverse("space_hiding", args=[closed_space.slug]), follow=True)
    space = Space.objects.get(pk=closed_space.pk)
    assert space.is_hidden and answer.redirect_chain[-1][0] == f"/en/spaces/{space.slug}/landing/"
    html = answer.content.decode()
    assert "Search engines and archives may still hold" in html and page.get_url() in html
    again = client.post(reverse("space_hiding", args=[space.slug]))
    assert again.status_code == 302
    assert Space.objects.get(pk=closed_space.pk).slug == space.slug


def test_hidden_space_has_words_and_no_public_face(hidden_space, facilitator, client_of):
    client = client_of(facilitator)
    html = client.get(reverse("space_landing", args=[hidden_space.slug])).content.decode()
    assert "has no public page" in html and "Propose a change" not in html
    for name in ("space_address", "landing_proposal_new"):
        assert client.get(reverse(name, args=[hidden_space.slug])).status_code == 302
