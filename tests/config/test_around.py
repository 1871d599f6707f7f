"""What is kept of the frame is everybody's; what is of one reader or of one address is put into it each time."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from communities.templatetags.spaces import A_SLUG
from config.templatetags import around


def masthead(client, address):
    page = client.get(address).content.decode()
    return page[page.index('<a class="skip"') : page.index("</header>")]


def own_page(person):
    with override("fr"):
        return f'href="{reverse("profiles:person", args=[person.public_id])}"'


@pytest.mark.django_db
def test_each_reader_finds_their_own_page_and_token(client_of, member, stranger, closed_space):
    heads = {person: masthead(client_of(person), "/fr/feed/") for person in (member, stranger, member)}
    for person, other in ((member, stranger), (stranger, member)):
        assert own_page(person) in heads[person] and own_page(other) not in heads[person]
    tokens = {head.split('name="csrfmiddlewaretoken" value="')[1][:64] for head in heads.values()}
    assert len(tokens) == 2
    assert all("\0" not in head for head in heads.values())


@pytest.mark.django_db
def test_menus_follow_what_a_person_may(client_of, member, newcomer, staff, editor):
    heads = {
        person: masthead(client_of(person), "/fr/search/") for person in (member, newcomer, staff, editor)
    }
    desk, cms, saved = reverse("communities:staff"), reverse("wagtailadmin_home"), "/saved/"
    assert [person for person, head in heads.items() if desk[3:] in head] == [staff]
    assert [person for person, head in heads.items() if cms in head] == [editor]
    assert [person for person, head in heads.items() if saved in head] == [member, staff, editor]


@pytest.mark.django_db
@pytest.mark.parametrize(("word", "other"), [("nowhere", "elsewhere"), ("elsewhere", "nowhere")])
def test_links_lead_to_the_address_that_was_asked_for(client, word, other):
    masthead(client, f"/fr/{other}/")
    head = masthead(client, f"/fr/{word}/?a=1&b=2")
    assert f'href="/ar/{word}/?a=1&amp;b=2"' in head and f"next=%2Ffr%2F{word}%2F" in head
    assert other not in head


@pytest.mark.django_db
def test_addresses_that_lead_nowhere_fill_no_memory(client_of, member):
    client = client_of(member)
    sizes = set()
    for number in range(3):
        client.get(f"/fr/no-{number}/")
        sizes.add(around._masthead.cache_info().currsize)
    assert len(sizes) == 1


@pytest.mark.django_db
def test_tabs_lead_to_the_space_they_stand_above(client_of, facilitator, closed_space, public_space):
    client = client_of(facilitator)
    for space, other in ((closed_space, public_space), (public_space, closed_space)):
        page = client.get(space.get_absolute_url()).content.decode()
        tabs = page[page.index('<nav class="tabs"') :].partition("</nav>")[0]
        assert tabs.count(f"/spaces/{space.slug}/") >= 6
        assert other.slug not in tabs and A_SLUG not in tabs
