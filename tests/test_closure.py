"""Every address is declared with its policy, and keeps it: the whole cast walks through all of them."""

import re
from copy import deepcopy

import pytest
from django.urls import NoReverseMatch, reverse

from communities.permissions import ACTIONS, rights
from tests.all_routes import MOUNTED, declared, mounted
from tests.world import PEOPLE, rolled_back

ROUTES = declared()
WALKED = [
    route for route in ROUTES.values() if route.make is not None and route.policy not in ("cms", "thirdparty")
]
OF_SPACES = [route for route in WALKED if route.is_of_space]
OTHERS = [route for route in WALKED if not route.is_of_space and route.policy != "owner"]


def is_covered(name: str, path: str) -> bool:
    if name in ROUTES or path.startswith("cms/"):
        return True
    return any(name.startswith(prefix) for prefix, _policy, _where in MOUNTED)


def test_every_address_is_declared():
    assert [f"{name} ({path})" for name, path in mounted().items() if not is_covered(name, path)] == []


def test_every_declaration_has_an_address():
    assert sorted(set(ROUTES) - set(mounted())) == []


@pytest.fixture
def clients(cast, client_of):
    """Everybody, signed in once: what they do is given up again after each request (`tried`)."""
    return {name: client_of(cast[name]) for name in PEOPLE}


def tried(client, method: str, url: str, data: dict | None = None):
    """The answer; a deed of one person (joining, admitting, signing out) must not change that for the next."""
    cookies = deepcopy(client.cookies)
    with rolled_back():
        answer = getattr(client, method)(url, data or {})
    client.cookies = cookies
    return answer


def wanted(person, route, space) -> set[int]:
    """The statuses access.md allows for this person at this address of this space."""
    if not person.is_authenticated and route.method == "post":
        # A form without a session: the sign-in page, whatever the address (tests/profiles/sessions/test_keeping).
        return {403}
    allows = rights(person, space).allows
    if not allows("know"):
        return {404}
    if route.policy == "known":
        return {200, 302, 403}
    if not allows("read"):
        return {403}
    if route.policy == "space:owner":
        return {200, 302, 403, 404}
    return {200, 302, 422} if allows(route.policy.partition(":")[2]) else {403}


@pytest.mark.parametrize("route", OF_SPACES, ids=lambda route: route.name)
def test_addresses_of_a_space_keep_the_tables(cast, spaces, clients, route):
    wrong = {}
    for space in spaces.values():
        url = reverse(route.name, kwargs=route.make(space))
        for name, client in clients.items():
            status = tried(client, route.method, url, route.data).status_code
            asked = cast[name] if name != "suspended" else cast["visitor"]
            if status not in wanted(asked, route, space):
                wrong[space.visibility, name] = status
    assert wrong == {}


@pytest.mark.parametrize("route", OTHERS, ids=lambda route: route.name)
def test_other_addresses_keep_their_policy(clients, route):
    may_enter = {
        "open": set(PEOPLE),
        "account": set(PEOPLE) - {"visitor", "suspended"},
        "network": set(PEOPLE) - {"visitor", "suspended", "newcomer"},
        "network in words": set(PEOPLE) - {"visitor", "suspended", "newcomer"},
        "staff": {"staff", "root"},
    }[route.policy]
    entered = set()
    url = reverse(route.name, kwargs=route.make(None))
    for name, client in clients.items():
        status = tried(client, route.method, url, route.data).status_code
        without_session = (
            name in ("visitor", "suspended") and route.method == "post" and route.policy != "open"
        )
        refusal = 403 if route.policy == "network in words" or without_session else 404
        assert status in {200, 301, 302, 422, refusal}, (name, status)
        if status != refusal:
            entered.add(name)
    assert entered == may_enter


OUTSIDERS = ("stranger", "staff", "root", "visitor", "newcomer", "suspended")


@pytest.mark.parametrize("route", OF_SPACES, ids=lambda route: route.name)
def test_hidden_space_answers_like_one_that_does_not_exist(cast, hidden_space, client_of, route):
    """Same status, same bytes, same headers, for every method (access.md, "How a refusal looks")."""
    url = reverse(route.name, kwargs=route.make(hidden_space))
    nowhere = url.replace(hidden_space.slug, "s-0123456789abcdef")
    for name in OUTSIDERS:
        client = client_of(cast[name])
        for method in ("get", "post", "head", "put", "delete", "options"):
            there, elsewhere = getattr(client, method)(url), getattr(client, method)(nowhere)
            # Where a method is not taken at all, it is not taken for either.
            assert there.status_code == elsewhere.status_code, (name, method)
            if method == "post" and name in ("visitor", "suspended"):
                assert there.status_code == 403  # the sign-in page, as for every form without a session
            else:
                assert there.status_code in ({404, 405} if method != route.method else {404}), (name, method)
            assert masked(there.content, hidden_space.slug) == masked(elsewhere.content, "s-0123456789abcdef")
            assert headers_of(there) == headers_of(elsewhere)


def masked(body: bytes, slug: str) -> bytes:
    """Without what differs for every request: the CSRF token, the echoed address, the request's own id."""
    body = body.replace(slug.encode(), b"SLUG")
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", body)


def headers_of(response) -> dict:
    varying = {"X-Request-Id", "Content-Length", "Set-Cookie"}
    return {name: value for name, value in response.headers.items() if name not in varying}


def test_no_route_is_left_out_of_the_walk():
    """An address may leave `make` empty only with a note that says where it is tried."""
    assert [r.name for r in ROUTES.values() if r.make is None and not r.note] == []
    assert {r.policy.partition(":")[2] for r in OF_SPACES} <= {"", "owner", *ACTIONS}
    for route in WALKED:
        if not route.is_of_space:
            continue
        with pytest.raises(NoReverseMatch):
            reverse(route.name)


def test_every_page_is_answered_by_its_headers_alone_too(facilitator, client_of, closed_space):
    """RFC 9110, 9.3.2: who asks with HEAD gets the status that GET would give."""
    client, differing = client_of(facilitator), {}
    for route in OF_SPACES:
        if route.method == "get":
            url = reverse(route.name, kwargs=route.make(closed_space))
            alone, whole = tried(client, "head", url).status_code, tried(client, "get", url).status_code
            if alone != whole:
                differing[route.name] = (alone, whole)
    assert differing == {}
