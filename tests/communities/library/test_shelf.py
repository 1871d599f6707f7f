"""Looking into a library: who may, what a page shows, and what it costs."""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.library import reading
from communities.library.models import LONGEST_NAME
from communities.models import LibraryItem, LibraryVersion, Space
from communities.permissions import may
from files.models import StoredFile
from tests.communities.library.shelf import file_in, folder_in, link_in, note_in, thing_in
from tests.forum.test_views import READERS
from tests.world import PEOPLE


def address(space, *args, name="library:library"):
    return reverse(name, args=[space.slug, *args])


@pytest.mark.parametrize("visibility", READERS)
def test_readers_of_a_space_are_the_readers_of_its_library_and_its_bytes(
    cast, spaces, client_of, member, visibility
):
    space = spaces[visibility]
    folder = folder_in(space, member, name="zqfolderxv")
    file = file_in(space, member, folder, name="zqfilexv.jpg")
    here = [address(space), folder.get_absolute_url(), file.get_absolute_url(), file.stored.url]
    for name in PEOPLE:
        client = client_of(cast[name])
        statuses = [client.get(url).status_code for url in here]
        reads = name in READERS[visibility]
        assert (statuses == [200] * 4) == reads, (name, statuses)
        assert (b"zqfilexv" in client.get(here[1]).content) == reads, name
        assert reading.may_read(cast[name], file.stored) == may(cast[name], "read", space)
        if not reads:
            assert statuses[3] == 404, name


@pytest.mark.parametrize("state", ["binned", "its folder binned", "library off"])
def test_what_is_not_there_has_no_page_no_bytes_and_no_line(
    client_of, closed_space, member, facilitator, state
):
    folder = folder_in(closed_space, member)
    file = file_in(closed_space, member, folder)
    urls = [file.get_absolute_url(), file.stored.url]
    client = client_of(member)
    assert [client.get(url).status_code for url in urls] == [200, 200]
    if state == "library off":
        Space.objects.filter(pk=closed_space.pk).update(has_library=False)
    else:
        gone = {file.pk} | ({folder.pk} if state == "its folder binned" else set())
        LibraryItem.objects.filter(pk__in=gone).update(removed_at=timezone.now())
    assert [client.get(url).status_code for url in urls] == [404, 404]
    assert list(LibraryItem.objects.visible_to(member).filter(pk=file.pk)) == []
    assert list(LibraryVersion.objects.visible_to(member)) == []
    if state == "library off":
        assert [
            client.get(address(closed_space)).status_code,
            b"/library/" in client.get(closed_space.get_absolute_url()).content,
        ] == [404, False]
        # Who can switch it on is told so; the bytes are nobody's.
        client = client_of(facilitator)
        assert [client.get(url).status_code for url in urls] == [403, 404]


def test_folder_shows_folders_first_then_names_whatever_their_accents(client_of, closed_space, member):
    for name in ("zulu", "Émile", "alpha"):
        note_in(closed_space, member, name=name)
    folder = folder_in(closed_space, member, name="Zz")
    link_in(closed_space, member, name="beta", url="https://user@example.org/x?y=1")
    page = client_of(member).get(address(closed_space))
    assert [item.name for item in page.context["page_obj"]] == ["Zz", "alpha", "beta", "Émile", "zulu"]
    assert b"example.org" in page.content and b"user@" not in page.content
    inner = folder_in(closed_space, member, folder, name="Inside")
    way = client_of(member).get(inner.get_absolute_url()).content.decode()
    assert way.index(f"/{folder.public_id}/") < way.index("Inside</h1>")


def test_pages_say_size_kind_language_and_versions_before_anything_is_fetched(
    client_of, closed_space, member
):
    file = file_in(closed_space, member)
    page = client_of(member).get(file.get_absolute_url()).content.decode()
    for words in ("JPEG" if "JPEG" in page else "WebP", "English", "Version 1", "<details", file.stored.url):
        assert words in page, words
    # The picture waits for a tap, and a sound for its button.
    assert 'loading="lazy"' in page
    StoredFile.objects.filter(pk=file.stored.pk).update(content_type="audio/ogg")
    assert 'preload="none"' in client_of(member).get(file.get_absolute_url()).content.decode()


@pytest.mark.parametrize("query", ["?page=2", "?page=0", "?page=x", "?page=99999999999999999999"])
def test_page_beyond_the_end_is_not_there(client_of, closed_space, member, query):
    assert client_of(member).get(address(closed_space) + query).status_code == 404


def test_things_of_another_space_are_not_in_this_one(client_of, closed_space, hidden_space, member):
    note = note_in(hidden_space, member)
    client = client_of(member)
    for name in ("item", "versions", "version_new", "details", "place", "removal"):
        url = address(closed_space, note.public_id, name=f"library:{name}")
        assert client.get(url).status_code == 404, name
    assert (
        client.get(address(closed_space, name="library:note_new") + f"?in={note.public_id}").status_code
        == 404
    )
    assert client.get(address(closed_space, "x" * 300, name="library:item")).status_code == 404


@pytest.mark.parametrize("role", ["member", "observer"])
def test_library_costs_the_same_queries_at_one_and_at_thirty_and_with_thousands_beside(
    request, client_of, closed_space, member, django_assert_num_queries, furnished, role
):
    client = client_of(request.getfixturevalue(role))
    folder = folder_in(closed_space, member)
    counts = []
    for number in (1, 29):
        for index in range(number):
            thing_in(closed_space, parent=folder, name=f"Note {number} {index}")
        counts.append(_queries(client, folder.get_absolute_url()))
    _thousands(closed_space, member)
    counts.append(_queries(client, folder.get_absolute_url()))
    assert len(set(counts)) == 1 and counts[0] <= 10, counts
    deep = folder
    for _rank in range(5):
        deep = folder_in(closed_space, member, deep)
    for url in (
        address(closed_space),
        deep.get_absolute_url(),
        note_in(closed_space, member, deep).get_absolute_url(),
    ):
        assert _queries(client, url) <= 10, url


def _queries(client, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def _thousands(space, by):
    LibraryItem.objects.bulk_create(
        LibraryItem(space=space, kind="link", name=f"{n}", sort_name=f"{n}", language="en", created_by=by)
        for n in range(2000)
    )


def test_names_are_as_long_as_they_may_be_without_breaking_the_sort(closed_space, member):
    """One Arabic ligature is eighteen letters when it is taken apart."""
    item = thing_in(closed_space, name="\ufdfa" * LONGEST_NAME)
    assert len(item.sort_name) == 2 * LONGEST_NAME
