"""What lies in libraries is found by whoever reads it, as it is now."""

import pytest

from communities import founding, hooks
from communities.library import binning, changing
from communities.models import LibraryItem, Space
from search import library
from search.entries import Entry
from search.models import SearchEntry
from tests.communities.library.shelf import file_in, folder_in, link_in, note_in
from tests.forum.test_views import READERS
from tests.search.plain_entries import found_by
from tests.world import PEOPLE


@pytest.mark.parametrize("visibility", READERS)
def test_readers_of_a_space_find_what_lies_in_its_library(cast, spaces, member, visibility):
    note_in(spaces[visibility], member, name="zqnotexv", text="Words about **zqbodyxv**")
    for word in ("zqnotexv", "zqbodyxv"):
        for name in PEOPLE:
            person = cast[name] if name != "suspended" else cast["visitor"]
            assert found_by(person, word) == ({"zqnotexv"} if name in READERS[visibility] else set()), name


def test_what_was_renamed_rewritten_binned_and_brought_back_is_found_as_it_is(closed_space, member):
    folder = folder_in(closed_space, member, name="zqfolderxv")
    note = note_in(closed_space, member, folder, name="zqonexv", text="zqfirstxv")
    changing.arrange(note, name="zqtwoxv", language="en", description="", seen=0, by=member)
    changing.rewrite(note, "zqsecondxv", change="", seen=1, by=member)
    found = {word: bool(found_by(member, word)) for word in ("zqonexv", "zqtwoxv", "zqfirstxv", "zqsecondxv")}
    assert found == {"zqonexv": False, "zqtwoxv": True, "zqfirstxv": False, "zqsecondxv": True}
    binning.throw_away(folder, by=member)
    assert SearchEntry.objects.filter(kind="library").count() == 0
    binning.restore(folder, by=member)
    assert SearchEntry.objects.filter(kind="library").count() == 2


def test_library_that_is_switched_off_is_not_found_and_is_again_when_it_is_on(closed_space, member):
    for make in (file_in, link_in):
        make(closed_space, member)
    for is_on, count in ((False, 0), (True, 2)):
        Space.objects.filter(pk=closed_space.pk).update(has_library=is_on)
        for heard in hooks.change:
            heard(Space.objects.get(pk=closed_space.pk))
        assert SearchEntry.objects.filter(kind="library").count() == count
        assert len(list(library.everything())) == count


def test_space_that_is_hidden_takes_its_addresses_along(public_space, member, facilitator):
    note = note_in(public_space, member)
    old = public_space.slug
    founding.hide(public_space, by=facilitator)
    (entry,) = SearchEntry.objects.filter(kind="library", object_id=note.pk)
    now = Space.objects.get(pk=public_space.pk)
    assert old not in entry.url and entry.url == f"spaces/{now.slug}/library/{note.public_id}/"


def test_rebuilding_says_the_same(closed_space, member):
    note_in(closed_space, member, text="Some words")
    link_in(closed_space, member)
    binning.throw_away(note_in(closed_space, member), by=member)
    made = {entry.object_id: entry for entry in library.everything()}
    assert all(isinstance(entry, Entry) for entry in made.values())
    kept = SearchEntry.objects.filter(kind="library")
    assert {row.object_id: (row.title, row.body, row.url) for row in kept} == {
        pk: (entry.title, entry.body, entry.url) for pk, entry in made.items()
    }
    assert set(made) == set(LibraryItem.objects.live().values_list("pk", flat=True))
