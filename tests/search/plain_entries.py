"""Entries for these tests: what a room would hand in."""

import itertools

from search.entries import Entry, put
from search.models import SearchEntry

_numbers = itertools.count(1)


def entry(**fields) -> Entry:
    """One readable by everyone unless `space_id` or `audience` say otherwise."""
    number = fields.get("object_id") or next(_numbers)
    plain = {
        "kind": "topic",
        "object_id": number,
        "space_id": None,
        "audience": "everyone",
        "language": "fr",
        "title": f"Titre {number}",
        "body": "registre",
        "url": f"/fr/spaces/x/forum/{number}/",
    }
    return Entry(**{**plain, **fields})


def found_by(person, text: str) -> set[str]:
    """The titles a person finds."""
    rows = SearchEntry.objects.visible_to(person).search(text).ranked()
    return set(rows.values_list("title", flat=True))


def put_in_each(spaces) -> None:
    """One entry in each space, one for everyone and one for the network, titled by who may read it."""
    put(entry(title="everyone"), entry(title="network", audience="network"))
    put(*(entry(title=f"{visibility} space", space_id=space.pk) for visibility, space in spaces.items()))
