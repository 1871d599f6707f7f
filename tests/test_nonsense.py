"""Every form that spaces, library and forum show, sent with nonsense in each of its fields: never an error of ours, and
what was typed into a large field is there again.

The forms are those that the pages show to people of each role, so that a new one is tried before anyone thinks of it.
"""

from collections import defaultdict
from itertools import count

import pytest
from bs4 import BeautifulSoup
from django.urls import Resolver404, resolve, reverse

from communities.models import Space
from communities.tricks import without_tricks
from tests.all_routes import declared
from tests.canaries import plant_in
from tests.world import rolled_back

ROOMS = ("forum", "library", "communities", "saved", "drafts")
PEOPLE = ("member", "facilitator", "stranger", "staff")
LONG = "مرحبا " * 9_000
NONSENSE = [
    *("", "-1", "٣", "9" * 30, "1" * 5_000, "1e9", "True", "None", "[]", "{}", "%s%(x)s{0}", "nonsense"),
    *("0001-01-01T00:00", "9999-12-31T23:59", "31/02/2027", "\u202e\u2066", "🙂" * 200),
    *("a@b.c\r\nBcc: x@y.z", "../../etc/passwd", "http://[::1", "//evil.example", "javascript:alert(1)", LONG),
]  # fmt: skip
# A report tells what became of each line of a list, by its beginning.
SHORTENED = {("communities:invitations", "addresses")}


def pages(space):
    for route in declared().values():
        if route.name.partition(":")[0] in ROOMS and route.make is not None:
            yield reverse(route.name, kwargs=route.make(space if route.is_of_space else None))
            # Making one of these addresses freezes the space.
            Space.objects.filter(pk=space.pk).update(frozen_at=None)


def forms_on(answer, url):
    """(name of the address, address, name of field -> values, large fields) of each form that is posted."""
    soup = BeautifulSoup(answer.content, "html.parser")
    for form in soup.select("form[method=post]"):
        address = (form.get("action") or url).partition("#")[0]
        try:
            name = resolve(address.partition("?")[0]).view_name
        except Resolver404:
            continue
        fields = defaultdict(list)
        for field in form.select("input[name]:not([type=file]), textarea[name], select[name], button[name]"):
            chosen = field.select_one("option[selected], option") if field.name == "select" else field
            fields[field["name"]].append(
                field.text or "words" if field.name == "textarea" else chosen.get("value", "on")
            )
        fields.pop("csrfmiddlewaretoken", None)
        if name.partition(":")[0] in ROOMS:
            yield name, address, fields, {field["name"] for field in form.select("textarea[name]")}


@pytest.fixture
def forms(cast, closed_space, client_of):
    """One of each: (whose client, name, address, fields, large fields)."""
    plant_in(closed_space, cast, {})
    found = {}
    for person in PEOPLE:
        client = client_of(cast[person])
        for url in list(pages(closed_space)):
            answer = client.get(url)
            if answer.status_code == 200 and not answer.streaming:
                for name, address, fields, large in forms_on(answer, url):
                    found.setdefault((name, *sorted(fields)), (client, name, address, fields, large))
    return list(found.values())


def sent(client, address, fields):
    cookies = client.cookies.copy()
    with rolled_back():
        answer = client.post(address, fields)
    client.cookies = cookies
    return answer


def test_nonsense_is_answered_in_words(forms, settings):
    settings.FORUM_MOST_A_MINUTE = defaultdict(lambda: 10**6)
    assert len({name for _client, name, *_rest in forms}) > 40
    wrong, turn = {}, count()
    for client, name, address, fields, large in forms:
        tries = [(field, NONSENSE[next(turn) % len(NONSENSE)]) for field in fields]
        tries += [(field, LONG) for field in large]
        for field, text in tries:
            wrong |= looked_at(client, name, address, {**fields, field: [text]}, field, text, large)
        wrong |= looked_at(client, name, address, {}, "nothing", "", ())
        wrong |= looked_at(client, name, address, {each: ["1", "2"] for each in fields}, "twice", "", ())
    assert wrong == {}


def looked_at(client, name, address, fields, field, text, large):
    try:
        answer = sent(client, address, fields)
    except Exception as error:
        return {(name, field, text[:30]): repr(error)}
    if answer.status_code >= 500 or "evil.example" in answer.headers.get("Location", ""):
        return {(name, field, text[:30]): answer.status_code}
    is_kept = (
        answer.status_code == 302
        or (name, field) in SHORTENED
        or without_tricks(text[:20_000]).strip() in answer.text
    )
    return {} if field not in large or is_kept else {(name, field, text[:30]): "not kept"}
