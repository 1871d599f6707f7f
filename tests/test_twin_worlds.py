"""The same site with and without a hidden space answers an outsider with the same bytes on every route.

This finds the leak nobody listed: a counter, an order, a header, a cache.
"""

import re

from django.core.cache import cache, caches

from communities.models import Space
from profiles.entrance import charter
from tests.all_routes import declared
from tests.canaries import plant_in
from tests.world import build_space, rolled_back

OUTSIDERS = ["visitor", "newcomer", "stranger", "editor", "root"]
PUBLIC = ["/", "/en/", "/fr/", "/ar/", "/en/communities/", "/en/news/", "/en/resources/", "/sitemap.xml"]
ASKED = ["", "space", "zq", "Hidden", "twin"]


def everything(spaces):
    """Every GET address there is below the spaces that both worlds share, and all others."""
    from django.urls import reverse

    found = list(PUBLIC)
    for route in declared().values():
        if route.make is None or route.method != "get" or route.policy in ("cms", "thirdparty", "staff"):
            continue
        if route.is_of_space:
            found += [reverse(route.name, kwargs=route.make(space)) for space in spaces]
        elif route.policy != "owner":
            found.append(reverse(route.name, kwargs=route.make(None)))
    return found + [f"{reverse('search:search')}?q={text}" for text in ASKED]


def answers(client, addresses):
    cache.clear()
    found = {}
    for url in addresses:
        answer = client.get(url)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        headers = {name: value for name, value in answer.headers.items() if name not in PER_REQUEST}
        found[url] = (answer.status_code, headers, masked(body))
    return found


PER_REQUEST = {"X-Request-Id", "Set-Cookie", "Content-Length", "Date"}


def masked(body):
    """Without the tokens of a form."""
    return re.sub(rb'name="(?:csrfmiddlewaretoken|key)" value="[^"]+"', b"", body)


def first_visit(person, addresses, client_of):
    """What each address answers somebody who comes for the first time; nothing of the visit is left."""
    _clear_caches()
    with rolled_back():
        return answers(client_of(person), addresses)


def _clear_caches():
    caches["pages"].clear()
    caches["pages"].set(charter.KEY, 1)


def test_hidden_space_changes_no_byte_for_an_outsider(
    cast, client_of, standing_clock, django_capture_on_commit_callbacks
):
    addresses = everything(list(Space.objects.exclude(visibility="hidden")))
    before = {name: first_visit(cast[name], addresses, client_of) for name in OUTSIDERS}
    with django_capture_on_commit_callbacks(execute=True):
        twin = build_space("hidden", cast, name="Twin of the hidden space")
        planted = {}
        plant_in(twin, cast, planted)
    assert any(word.startswith("zqoffered") for word in planted)
    differing = {}
    for name in OUTSIDERS:
        after = first_visit(cast[name], addresses, client_of)
        differing[name] = [url for url in addresses if before[name][url] != after[url]]
    assert differing == {name: [] for name in OUTSIDERS}


def test_a_public_space_does_change_bytes(
    cast, client_of, standing_clock, django_capture_on_commit_callbacks
):
    """The comparison can fail: a space that everybody may know shows up."""
    before = {name: first_visit(cast[name], PUBLIC, client_of) for name in OUTSIDERS}
    with django_capture_on_commit_callbacks(execute=True):
        plant_in(build_space("public", cast, name="Twin of the public space"), cast, {})
    for name in OUTSIDERS:
        after = first_visit(cast[name], PUBLIC, client_of)
        assert [url for url in PUBLIC if before[name][url] != after[url]], name
