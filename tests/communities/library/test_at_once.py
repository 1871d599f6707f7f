"""Two people at the very same moment: real commits, each in a connection of its own, put back by hand."""

import contextlib

import pytest
from django.db import connection, connections

from communities import joining
from communities.library import adding, binning, changing, quota
from communities.models import LibraryItem, LibraryVersion, Space
from communities.roles import Role
from profiles.models import User
from tests.communities.library.shelf import clean_file
from tests.communities.test_roster import at_once

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite writes one after the other anyway"
)


@pytest.fixture
def two(django_db_setup, django_db_blocker):
    """(space, its two members)"""
    with django_db_blocker.unblock():
        people = [
            User.objects.create_user(f"lib{n}@cast.example", None, display_name=f"Lib {n}", is_approved=True)
            for n in range(2)
        ]
        # Not founded: a forum and pages would have to be put back as well.
        space = Space.objects.create(slug="s-of-library", visibility="hidden", join_policy="invite")
        try:
            for person in people:
                joining.join(space, person, role=Role.FACILITATOR)
            yield space, people
        finally:
            binning.discard(LibraryItem.objects.filter(space=space))
            space.delete()
            User.objects.filter(pk__in=[person.pk for person in people]).delete()
            connections.close_all()


def test_versions_uploaded_at_once_are_both_kept_numbered_and_one_is_told(two):
    space, people = two
    clean, told = clean_file(), []
    item = adding.add_files(space, [(clean, "")], folder=None, language="en", by=people[0])[0].item
    at_once(
        lambda person: told.append(
            changing.renew(item, clean_file(), change="", seen=1, key="", by=person).meanwhile
        ),
        people,
    )
    assert list(LibraryVersion.objects.of(item).values_list("number", flat=True)) == [3, 2, 1]
    assert sorted(each.number for each in told if each) == [2]


def test_same_sending_twice_at_once_is_there_once(two):
    space, people = two
    files = [clean_file(), clean_file()]
    at_once(
        lambda clean: adding.add_files(
            space, [(clean, "a-key-of-two")], folder=None, language="en", by=people[0]
        ),
        files,
    )
    assert LibraryItem.objects.all_of(space).count() == 1


def test_last_room_is_given_once(two, settings):
    space, people = two
    files = [clean_file(), clean_file()]
    settings.LIBRARY_QUOTA_BYTES = files[0].size + 1
    at_once(
        lambda pair: adding.add_files(space, [(pair[0], "")], folder=None, language="en", by=pair[1]),
        list(zip(files, people, strict=True)),
    )
    assert LibraryItem.objects.all_of(space).count() == 1
    assert quota.of(space).used == files[0].size


def test_folders_moved_into_each_other_at_once_make_no_ring(two):
    space, people = two
    one, other = (
        adding.add_folder(space, folder=None, key="", by=person, name="F", language="en") for person in people
    )

    def move(pair):
        with contextlib.suppress(changing.IntoItself):
            changing.move(*pair[:2], by=pair[2])

    at_once(move, [(one, other, people[0]), (other, one, people[1])])
    parents = set(LibraryItem.objects.all_of(space).values_list("parent", flat=True))
    assert None in parents and len(parents) == 2
