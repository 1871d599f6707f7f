"""What goes along with a person, with a space, and into the copies of both."""

import pytest

from communities.activity import lines_for
from communities.library import binning, changing, leaving, wholes
from communities.models import Activity, LibraryItem, LibraryVersion, Space
from files.models import StoredFile
from search.models import SearchEntry
from tests.communities.library.shelf import file_in, folder_in, link_in, note_in


def said(parts):
    return " ".join(str(value) for part in parts for row in part.rows() for value in row.values())


@pytest.fixture
def shelf(closed_space, member, moderator):
    folder = folder_in(closed_space, member, name="Folder")
    things = {
        "file": file_in(closed_space, member, folder),
        "link": link_in(closed_space, member),
        "note": note_in(closed_space, member, text="zqminexv"),
        "shared": note_in(closed_space, member, text="zqfirstxv"),
        "theirs": note_in(closed_space, moderator, text="zqtheirsxv"),
    }
    changing.rewrite(things["shared"], "zqotherxv", change="", seen=1, by=moderator)
    changing.rewrite(things["theirs"], "zqintheirsxv", change="", seen=1, by=member)
    return things


def test_words_that_go_leave_what_others_wrote(closed_space, member, shelf):
    leaving.erase(member, True)
    assert set(LibraryItem.objects.values_list("name", "current__text")) == {
        ("Folder", None),
        ("A note", "zqotherxv"),
        ("A note", "zqtheirsxv"),
    }
    assert (
        LibraryVersion.objects.filter(by=member).count()
        == StoredFile.objects.filter(kind="library").count()
        == 0
    )
    texts = " ".join(SearchEntry.objects.filter(kind="library").values_list("body", flat=True))
    assert "zqotherxv" in texts and "zqtheirsxv" in texts and "zqintheirsxv" not in texts


def test_words_that_stay_stay_as_they_are(member, shelf):
    before = list(LibraryItem.objects.values())
    leaving.erase(member, False)
    assert list(LibraryItem.objects.values()) == before


def test_export_holds_ones_own_wherever_it_lies_and_names_no_place_that_is_closed(
    closed_space, member, shelf
):
    binning.throw_away(shelf["note"], by=member)
    words = said(leaving.parts(member))
    assert all(word in words for word in ("zqminexv", "zqfirstxv", "zqintheirsxv", "https://example.org/a"))
    assert "zqotherxv" not in words and "zqtheirsxv" not in words
    assert closed_space.slug in words
    closed_space.memberships.filter(user=member).delete()
    words = said(leaving.parts(member))
    assert "zqminexv" in words and closed_space.slug not in words


def test_copy_of_the_space_holds_what_lies_there_now_and_not_the_bin(closed_space, member, shelf):
    binning.throw_away(shelf["note"], by=member)
    words = said(wholes.parts(closed_space))
    assert "zqotherxv" in words and "zqintheirsxv" in words and "Folder" in words
    assert not any(word in words for word in ("zqminexv", "zqfirstxv", "zqtheirsxv"))
    Space.objects.filter(pk=closed_space.pk).update(has_library=False)
    assert wholes.parts(Space.objects.get(pk=closed_space.pk)) == []


def test_feed_names_what_its_reader_may_open_and_nothing_that_is_in_the_bin(
    closed_space, member, stranger, shelf
):
    activities = list(Activity.objects.filter(kind="library_added"))
    assert len(activities) == 5
    assert {line.title for line in lines_for(member, activities).values()} == {"plan", "A link", "A note"}
    assert lines_for(stranger, activities) == {}
    binning.throw_away(shelf["file"], by=member)
    assert {line.title for line in lines_for(member, activities).values()} == {"A link", "A note"}
    Space.objects.filter(pk=closed_space.pk).update(has_library=False)
    assert lines_for(member, activities) == {}
