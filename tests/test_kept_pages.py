"""The page cache and people: nothing of a hidden space gets in, and each machine serves whoever is there now.

That nothing of anybody signed in is kept, and nothing private comes out of a warm one: tests/test_canaries.py.
"""

import pickle

import pytest
from django.core.cache import caches
from django.urls import reverse

from communities.models import Space
from pages.page_cache import Packed
from tests.all_routes import declared
from tests.canaries import plant_in
from tests.test_twin_worlds import answers, everything
from tests.world import CAST, build_space


def entries():
    raw = caches["pages"]._cache
    return {name: pickle.loads(value) for name, value in raw.items()}


def pages_kept():
    return {name: entry for name, entry in entries().items() if isinstance(entry, Packed)}


def test_hidden_space_changes_no_byte_of_a_warm_cache(cast, warm, client_of, standing_clock):
    addresses = everything(list(Space.objects.exclude(visibility="hidden")))
    client = client_of(cast["visitor"])
    answers(client, addresses)
    before = answers(client, addresses)
    assert pages_kept()
    with warm():
        plant_in(build_space("hidden", cast, name="Twin of the hidden space"), cast, {})
    answers(client, addresses)
    after = answers(client, addresses)
    assert [url for url in addresses if before[url] != after[url]] == []


@pytest.mark.parametrize("name", [name for name in CAST if name not in ("suspended", "newcomer")])
def test_signed_in_page_is_for_nobody_else(cast, warm, client_of, name):
    """One machine, two people: in, out, and in as somebody else."""
    visitor, person = client_of(cast["visitor"]), client_of(cast[name])
    address = reverse("events:events")
    public = visitor.get(address)
    own = person.get(address)
    assert own["Cache-Control"] == "private, no-store" and "ETag" not in own
    assert own.content != public.content
    # A tag from the public page brings no 304 to somebody who is signed in now.
    assert person.get(address, headers={"if-none-match": public["ETag"]}).status_code == 200
    person.logout()
    assert person.get(address).content == visitor.get(address).content


def test_every_kept_view_is_open_to_everyone():
    """`KEPT` names only addresses that the access table calls open, or events, which ask for themselves."""
    from pages.page_cache import KEPT

    assert {name for name in KEPT if declared()[name].policy != "open"} <= {"events:events", "events:event"}
