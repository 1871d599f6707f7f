"""What lies in one space is not found below the address of another, whoever asks: also by those who run both."""

import pytest
from django.urls import reverse

from tests.all_routes import mounted
from tests.test_closure import OF_SPACES, masked, tried

# Their ids name no thing of a space: a person who is in both, or a language.
OF_NO_SPACE = {
    *(f"communities:{name}" for name in ("member", "role", "suspension", "reinstatement", "removal")),
    "space_words",
}
WITH_ID = [
    route
    for route in OF_SPACES
    if route.name not in OF_NO_SPACE and mounted()[route.name].partition("<slug:slug>")[2].count("<")
]


def unknown(kwargs):
    return {
        name: 999_999 if isinstance(value, int) else "0123456789abcdefgh" for name, value in kwargs.items()
    }


def said(answer, kwargs):
    """Status and body without the address that was asked for."""
    body = masked(answer.content, kwargs["slug"])
    for value in kwargs.values():
        body = body.replace(str(value).encode(), b"ID") if isinstance(value, str) else body
    return answer.status_code, body if "number" not in kwargs and "pk" not in kwargs else b""


@pytest.mark.parametrize("route", WITH_ID, ids=lambda route: route.name)
def test_thing_of_another_space_is_not_there(route, facilitator, client_of, hidden_space, public_space):
    """As one that never was, byte for byte; where it belongs it is."""
    client, kwargs = client_of(facilitator), route.make(hidden_space)
    foreign = {**kwargs, "slug": public_space.slug}
    nowhere = {**unknown(kwargs), "slug": public_space.slug}
    for method in ("get", "post"):
        there, elsewhere = (
            said(tried(client, method, reverse(route.name, kwargs=ids), route.data), ids)
            for ids in (foreign, nowhere)
        )
        assert there == elsewhere
        assert there[0] in ({404} if method == route.method else {404, 405})
    found = tried(client, route.method, reverse(route.name, kwargs=kwargs), route.data)
    assert found.status_code != 404 or route.policy == "space:owner"


def test_what_is_left_out_exists():
    assert {route.name for route in OF_SPACES} >= OF_NO_SPACE and len(WITH_ID) > 50
