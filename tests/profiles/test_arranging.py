"""The owner's forms: order, hidden parts, own texts and links, ways of contact, pins, organisation."""

import pytest
from django.urls import reverse
from django.utils import timezone

from profiles.arranging import USUAL, arranged, hide, place
from profiles.models import MOST_SECTIONS, ContactWay, Organisation, Profile, Section
from profiles.steps import steps

TEXT = {"title": "Zqtitle", "text": "Zqtext", "language": "fr", "audience": "3"}


def order(person):
    return [part.key for part in arranged(Profile.objects.get(user=person))]


@pytest.fixture
def client(member, client_of):
    return client_of(member)


def test_without_rows_the_order_is_the_usual_and_a_look_writes_none(member, client):
    assert order(member) == list(USUAL)
    assert client.get(reverse("profiles:page")).status_code == 200
    assert not Section.objects.exists()


def test_buttons_put_a_part_where_they_say_twice_as_once(member, client):
    for _twice in range(2):
        answer = client.post(reverse("profiles:section_place", args=["work"]), {"before": "about"})
        assert answer.url == reverse("profiles:page") + "#part-work"
        assert order(member) == ["work", "about", "help", "contact", "pins", "spaces"]
    rows = {row.key: row for row in client.get(reverse("profiles:page")).context["rows"]}
    client.post(reverse("profiles:section_place", args=["about"]), {"before": rows["about"].down})
    assert order(member) == ["work", "help", "about", "contact", "pins", "spaces"]
    assert [row.position for row in Section.objects.all()] == list(range(6))


@pytest.mark.parametrize(("key", "before"), [("nothing", "about"), ("a\nb", "about"), ("about", "about")])
def test_odd_places_change_nothing(member, client, key, before):
    assert client.post(reverse("profiles:section_place", args=[key]), {"before": before}).status_code == 302
    assert order(member) == list(USUAL)


def test_place_before_what_is_gone_is_the_end(member):
    place(member.profile, "about", "gone")
    assert order(member)[-1] == "about"


def test_kind_that_is_new_comes_last_on_a_page_arranged_before(member):
    for number, kind in enumerate(("pins", "about")):
        Section.objects.create(profile=member.profile, kind=kind, position=number)
    assert order(member) == ["pins", "about", "work", "help", "contact", "spaces"]


def test_hiding_says_what_shall_be_and_showing_undoes_it(member, client):
    address = reverse("profiles:section_hiding", args=["work"])
    for hidden in ("on", "on", ""):
        client.post(address, {"hidden": hidden})
        assert Section.objects.get(kind="work").hidden == (hidden == "on")


def test_steps_name_the_neighbours():
    rows = steps("abc", str)
    assert [(row.up, row.down) for row in rows] == [(None, "c"), ("a", ""), ("b", None)]


# Own texts and links


def test_text_is_added_once_changed_and_removed(member, client):
    new = reverse("profiles:section_new", args=["text"])
    for _twice in range(2):
        assert client.post(new, TEXT).status_code == 302
    section = Section.objects.get(kind="text")
    assert (section.title, section.language, section.audience) == ("Zqtitle", "fr", 3)
    assert order(member)[-1] == section.public_id
    client.post(reverse("profiles:section", args=[section.key]), {**TEXT, "title": "Other"})
    section.refresh_from_db()
    assert section.title == "Other"
    for _twice in range(2):
        assert client.post(reverse("profiles:section_removal", args=[section.key])).status_code == 302
    assert not Section.objects.filter(kind="text").exists()


def test_page_holds_so_many_texts_and_no_more(member, client):
    for number in range(MOST_SECTIONS):
        Section.objects.create(profile=member.profile, kind="text", title=f"T{number}", text="x")
    client.post(reverse("profiles:section_new", args=["text"]), TEXT)
    assert Section.objects.filter(kind="text").count() == MOST_SECTIONS


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "https://",
        "//example.org",
        "x" * 301,
    ],
)
def test_link_leads_to_the_web_alone(member, client, address):
    sent = {"title": "Zqtitle", "url": address, "language": "", "audience": "3"}
    answer = client.post(reverse("profiles:section_new", args=["link"]), sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"url"}
    assert "Zqtitle" in answer.content.decode()
    way = client.post(
        reverse("profiles:contact_ways"), {"kind": "website", "value": address, "audience": "3"}
    )
    assert way.status_code == 422
    assert not ContactWay.objects.exists()


def test_address_without_scheme_means_https(member, client):
    client.post(
        reverse("profiles:section_new", args=["link"]),
        {"title": "T", "url": "example.org/a", "audience": "2"},
    )
    assert Section.objects.get(kind="link").url == "https://example.org/a"


@pytest.mark.parametrize("lost", ["title", "text", "audience"])
def test_text_without_a_part_keeps_the_rest(member, client, lost):
    answer = client.post(reverse("profiles:section_new", args=["text"]), {**TEXT, lost: ""})
    assert answer.status_code == 422
    assert sum(word in answer.content.decode() for word in ("Zqtitle", "Zqtext")) == (
        2 if lost == "audience" else 1
    )


def test_nobody_touches_the_rows_of_somebody_else(member, stranger, client_of):
    section = Section.objects.create(profile=member.profile, kind="text", title="T", text="x")
    way = ContactWay.objects.create(profile=member.profile, kind="phone", value="+216", audience=4)
    client = client_of(stranger)
    assert client.get(reverse("profiles:section", args=[section.key])).status_code == 404
    assert client.post(reverse("profiles:section", args=[section.key]), TEXT).status_code == 404
    assert client.get(reverse("profiles:contact_way", args=[way.pk])).status_code == 404
    for name, key in (
        ("section_removal", section.key),
        ("contact_way_removal", way.pk),
        ("contact_way_place", way.pk),
    ):
        client.post(reverse(f"profiles:{name}", args=[key]))
    client.post(reverse("profiles:section_hiding", args=[section.key]), {"hidden": "on"})
    section.refresh_from_db()
    assert (section.title, section.hidden) == ("T", False)
    assert ContactWay.objects.filter(pk=way.pk).exists()


# Ways of contact


def test_way_is_added_once_changed_moved_and_removed(member, client):
    address = reverse("profiles:contact_ways")
    for value in ("+216 1234", "+216 1234", "+٢١٦ ٥٦٧٨"):
        assert client.post(address, {"kind": "phone", "value": value, "audience": "0"}).status_code == 302
    first, second = ContactWay.objects.all()
    assert (second.value, second.audience) == ("+216 5678", 0)
    client.post(reverse("profiles:contact_way_place", args=[second.pk]), {"before": first.pk})
    assert list(ContactWay.objects.all()) == [second, first]
    client.post(
        reverse("profiles:contact_way", args=[first.pk]),
        {"kind": "email", "value": "a@b.example", "audience": "2"},
    )
    first.refresh_from_db()
    assert (first.kind, first.audience, first.href) == ("email", 2, "mailto:a@b.example")
    client.post(reverse("profiles:contact_way_removal", args=[first.pk]))
    assert list(ContactWay.objects.all()) == [second]


@pytest.mark.parametrize(
    ("kind", "value"), [("email", "x"), ("phone", "call me"), ("phone", "1;ext=2"), ("", "x"), ("other", "")]
)
def test_way_that_leads_nowhere_is_refused_and_kept(member, client, kind, value):
    answer = client.post(reverse("profiles:contact_ways"), {"kind": kind, "value": value, "audience": "0"})
    assert answer.status_code == 422
    assert f'value="{value}"' in answer.content.decode() or not value
    assert not ContactWay.objects.exists()


@pytest.mark.parametrize("name", ["contact_way", "contact_way_removal", "contact_way_place"])
def test_number_that_no_row_has_is_no_fault(client, name):
    answer = client.post(reverse(f"profiles:{name}", args=[10**30]))
    assert answer.status_code == (404 if name == "contact_way" else 302)


# Organisation


def test_organisation_that_is_there_is_taken_whatever_its_accents(member, stranger, client_of):
    there = Organisation.objects.create(
        name="Clinique d’équité", name_folded="clinique equite", approved_at=timezone.now()
    )
    client_of(member).post(reverse("profiles:work"), {"new_organisation": "CLINIQUE d'Equité"})
    assert Profile.objects.get(user=member).organisation == there
    for person in (member, stranger):
        client_of(person).post(reverse("profiles:work"), {"new_organisation": "New one"})
    new = Organisation.objects.exclude(pk=there.pk).get()
    assert (new.proposed_by, new.approved_at, new.name_folded) == (member, None, "new one")
    assert "New one" not in client_of(stranger).get(member.get_absolute_url()).content.decode()


# Pins


def test_pins_are_chosen_moved_and_taken_down(member, client, public_space):
    from forum import posting

    one, two = (posting.open_topic(public_space, member, title, "x", "en") for title in ("Zqone", "Zqtwo"))
    address = reverse("profiles:pins")
    assert "Zqone" in client.get(address).content.decode()
    for topic in (one, two):
        client.post(address, {"pin": f"topic-{topic.pk}"})
    client.post(reverse("profiles:pin_place", args=[f"topic-{two.pk}"]), {"before": f"topic-{one.pk}"})
    assert [pin.object_id for pin in member.profile.pins.all()] == [two.pk, one.pk]
    client.post(reverse("profiles:pin_removal", args=[f"topic-{two.pk}"]))
    assert [pin.object_id for pin in member.profile.pins.all()] == [one.pk]


@pytest.mark.parametrize("pin", ["", "topic", "topic-", "topic-x", "topic-٣", "topic-" + "9" * 30])
def test_odd_pin_is_the_ordinary_404(client, pin):
    assert client.post(reverse("profiles:pins"), {"pin": pin}).status_code == 404


def test_arrangement_of_one_leaves_the_page_of_another(member, stranger):
    hide(member.profile, "work", True)
    assert not Section.objects.filter(profile=stranger.profile).exists()


@pytest.mark.parametrize(
    "address", ["/en/account/profile/words/tlh/", "/en/account/profile/page/sections/new/about/"]
)
def test_address_of_what_there_is_not(client, address):
    assert client.get(address).status_code == 404
