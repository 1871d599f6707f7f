"""Putting something in: once, with a clear word for every file, whatever is sent."""

import errno
import re

import pytest
from django.test import Client
from django.urls import reverse

from communities import roster
from communities.library import adding, fields, quota
from communities.models import Activity, LibraryItem, LibraryVersion, Record, Space
from communities.permissions import Refused
from communities.roles import Role
from communities.submissions import new_key
from files.models import StoredFile, private_storage
from tests.communities.library.shelf import clean_file, file_in, folder_in, note_in
from tests.files.pictures import photograph, upload


def address(space, name, folder=None):
    return reverse(f"library:{name}", args=[space.slug]) + (f"?in={folder.public_id}" if folder else "")


def sent(person, *uploads, **more):
    return {
        "uploads": list(uploads),
        "language": "fr",
        "key": new_key(person, "library-files"),
        "end": "1",
        **more,
    }


def names(space, folder=None):
    return [item.name for item in LibraryItem.objects.of(space, folder)]


def bytes_kept():
    return StoredFile.objects.filter(kind="library").count()


def test_several_files_are_kept_cleaned_and_told_in_one_line_of_the_feed(client_of, closed_space, member):
    folder = folder_in(closed_space, member)
    news = Activity.objects.count()
    data = sent(member, upload(name="one.jpg"), upload("PNG", name="two.png"))
    answer = client_of(member).post(address(closed_space, "files_new", folder), data, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(folder.get_absolute_url(), 302)]
    assert names(closed_space, folder) == ["one", "two"]
    assert "2 files are in the library" in page and "Taken out of" in page
    assert Activity.objects.count() == news + 1
    for item in LibraryItem.objects.of(closed_space, folder):
        with item.stored.content.open() as content:
            assert b"TelephoneMaker" not in content.read()
        assert (item.language, item.current.by) == ("fr", member)
    feed = client_of(member).get(reverse("communities:space", args=[closed_space.slug])).content.decode()
    assert "and 1 more" in feed


def test_one_that_is_refused_stops_no_other_and_says_why(client_of, closed_space, member):
    client, url = client_of(member), address(closed_space, "files_new")
    data = sent(member, upload(name="good.jpg"), upload(name="bad.jpg", content=b"not a picture"))
    answer = client.post(url, data)
    page = answer.content.decode()
    assert (answer.status_code, names(closed_space)) == (422, ["good"])
    assert "bad.jpg" in page and "Not kept." in page and "Kept." in page
    assert re.search(r'value="fr"\s+selected', page)
    # The same page sent once more with the right one: what was kept stays once.
    data["uploads"] = [upload(name="good.jpg"), upload(name="better.jpg")]
    assert client.post(url, data).status_code == 302
    assert names(closed_space) == ["better", "good"]


@pytest.mark.parametrize("what", ["files", "link", "note", "folder"])
def test_sent_twice_it_is_there_once(client_of, closed_space, member, what):
    client, url = client_of(member), address(closed_space, f"{what}_new")
    data = {
        "files": lambda: sent(member, upload(name="a.jpg")),
        "link": lambda: {"url": "https://example.org", "name": "N", "language": "en"},
        "note": lambda: {"text": "Words", "name": "N", "language": "en"},
        "folder": lambda: {"name": "N", "language": "en"},
    }[what]()
    data["key"] = new_key(member, f"library-{what}")
    answers = []
    for _time in range(2):
        if what == "files":
            data["uploads"] = [upload(name="a.jpg")]
        answers.append(client.post(url, data))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert len(names(closed_space)) == 1


@pytest.mark.parametrize(
    "name, kept",
    [
        ("../../etc/passwd.jpg", "passwd"),
        ("gnp.\u202egpj.jpg", "gnp_gpj"),
        ("x" * 300 + ".jpg", "x" * 120),
        ("con.jpg", "_con"),
    ],
)
def test_names_of_files_lose_their_tricks(closed_space, member, name, kept):
    assert file_in(closed_space, member, name=name).name == kept


def test_names_that_are_typed_lose_what_nobody_sees(closed_space, client_of, member):
    data = {
        "name": "A\u202e b/c\u0007\u2066 \n d",
        "language": "en",
        "key": new_key(member, "library-folder"),
    }
    client_of(member).post(address(closed_space, "folder_new"), data)
    assert names(closed_space) == ["A b/c d"]
    data = {"name": "\u202e\u200b", "language": "en", "key": new_key(member, "library-folder")}
    assert client_of(member).post(address(closed_space, "folder_new"), data).status_code == 422
    data["name"] = "n" * 161
    answer = client_of(member).post(address(closed_space, "folder_new"), data)
    assert answer.status_code == 422 and "n" * 161 in answer.content.decode()


@pytest.mark.parametrize(
    "url, ok",
    [
        ("https://example.org/a", True),
        ("example.org/a", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("ftp://example.org", False),
        ("https://", False),
        (f"https://example.org/{'a' * 1000}", False),
        ("https://exa mple.org", False),
    ],
)
def test_links_lead_to_the_web_and_nowhere_else(client_of, closed_space, member, url, ok):
    data = {"url": url, "name": "N", "language": "en", "key": new_key(member, "library-link")}
    answer = client_of(member).post(address(closed_space, "link_new"), data)
    assert (answer.status_code == 302) is ok
    assert all(item.url.startswith("http") for item in LibraryItem.objects.all())
    assert LibraryItem.objects.count() == ok


def test_line_that_is_cut_keeps_nothing_and_says_so(client_of, closed_space, member):
    """A text file cut in the middle would pass for a whole one."""
    data = sent(member, upload(name="a.txt", content=b"First line\nsecond"))
    del data["end"]
    answer = client_of(member).post(address(closed_space, "files_new"), data)
    assert (answer.status_code, names(closed_space), bytes_kept()) == (422, [], 0)
    assert "The line was cut" in answer.content.decode()
    raw = b'--b\r\nContent-Disposition: form-data; name="uploads"; filename="a.txt"\r\n\r\nFirst li'
    client = Client(raise_request_exception=False)
    client.force_login(member, backend="profiles.backends.AccountBackend")
    answer = client.generic(
        "POST", address(closed_space, "files_new"), raw, "multipart/form-data; boundary=b"
    )
    assert answer.status_code in {400, 422} and names(closed_space) == []


@pytest.mark.parametrize("count, status", [(10, 302), (11, 422), (0, 422)])
def test_number_of_files_is_bounded(client_of, closed_space, member, count, status):
    uploads = [upload(name=f"{n}.txt", content=f"Text {n}".encode()) for n in range(count)]
    answer = client_of(member).post(address(closed_space, "files_new"), sent(member, *uploads))
    assert (answer.status_code, len(names(closed_space))) == (status, count if status == 302 else 0)


def test_what_takes_too_long_is_said_and_the_others_are_kept(client_of, closed_space, member, monkeypatch):
    monkeypatch.setattr(fields, "PATIENCE", -1)
    data = sent(member, upload(name="a.jpg"), upload(name="b.jpg", content=b"anything"))
    answer = client_of(member).post(address(closed_space, "files_new"), data)
    assert (answer.status_code, names(closed_space)) == (422, ["a"])
    assert "no time left" in answer.content.decode()


# Room ---------------------------------------------------------------------------------------------------------
def test_full_library_keeps_what_fits_and_says_the_numbers(client_of, closed_space, member, settings):
    first, second = upload(name="a.txt", content=b"x" * 3000), upload(name="b.txt", content=b"y" * 3000)
    settings.LIBRARY_QUOTA_BYTES = 5000
    answer = client_of(member).post(address(closed_space, "files_new"), sent(member, first, second))
    page = answer.content.decode()
    assert (answer.status_code, names(closed_space), bytes_kept()) == (422, ["a"], 1)
    assert "The library is full" in page and "3 KB of 5 KB are used, and this needs 3 KB" in page
    # The bin counts, and so do older versions.
    LibraryItem.objects.update(removed_at="2026-01-01T00:00Z")
    assert quota.of(closed_space).used == 3000
    with pytest.raises(quota.Full):
        note_in(closed_space, member, text="z" * 3000)
    assert LibraryVersion.objects.count() == 1


def test_small_picture_takes_no_room(client_of, closed_space, member):
    photo = upload(content=photograph())
    assert client_of(member).post(address(closed_space, "files_new"), sent(member, photo)).status_code == 302
    stored = StoredFile.objects.get()
    assert stored.small_size and quota.of(closed_space).used == stored.size


def test_full_disk_keeps_nothing_half_and_says_so(client_of, closed_space, member, monkeypatch):
    storage = private_storage()
    open_before = storage._save

    def fails_in_the_middle(name, content):
        open_before(name, content)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(
        type(storage), "_save", lambda self, name, content: fails_in_the_middle(name, content)
    )
    before = sum(len(files) for _d, files in [storage.listdir("")])
    answer = client_of(member).post(address(closed_space, "files_new"), sent(member, upload(name="a.jpg")))
    assert (answer.status_code, names(closed_space), bytes_kept()) == (422, [], 0)
    assert "no room left on our disk" in answer.content.decode()
    assert sum(len(files) for _d, files in [storage.listdir("")]) == before
    monkeypatch.undo()
    assert (
        client_of(member)
        .post(address(closed_space, "files_new"), sent(member, upload(name="a.jpg")))
        .status_code
        == 302
    )


# Rights -------------------------------------------------------------------------------------------------------
def test_right_is_asked_again_in_the_transaction(closed_space, member, facilitator):
    clean = clean_file()
    roster.change_role(closed_space, member.public_id, Role.OBSERVER, by=facilitator)
    with pytest.raises(Refused):
        adding.add_files(closed_space, [(clean, "")], folder=None, language="en", by=member)
    assert (names(closed_space), bytes_kept()) == ([], 0)


@pytest.mark.parametrize("state", ["archived_at", "frozen_at"])
def test_space_at_rest_can_be_read_and_nothing_added(client_of, closed_space, member, state):
    file = file_in(closed_space, member)
    Space.objects.filter(pk=closed_space.pk).update(**{state: "2026-01-01T00:00Z"})
    client = client_of(member)
    assert [client.get(url).status_code for url in (file.get_absolute_url(), file.stored.url)] == [200, 200]
    for name in ("files_new", "link_new", "note_new", "folder_new", "bin"):
        assert client.get(address(closed_space, name)).status_code == 403, name
    for name in ("version_new", "details", "place", "removal", "restoration"):
        url = reverse(f"library:{name}", args=[closed_space.slug, file.public_id])
        assert client.post(url, {"text": "a", "name": "b"}).status_code == 403, name
    assert names(closed_space) == ["plan"]


def test_folder_that_went_meanwhile_costs_no_words(client_of, closed_space, member):
    folder = folder_in(closed_space, member)
    url = address(closed_space, "note_new", folder)
    LibraryItem.objects.update(removed_at="2026-01-01T00:00Z")
    data = {
        "name": "N",
        "text": "Long thought words",
        "language": "en",
        "key": new_key(member, "library-note"),
    }
    answer = client_of(member).post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Long thought words" in page and "no longer there" in page
    assert 'action="/en/spaces/closed-space/library/new/note/"' in page
    assert client_of(member).post(address(closed_space, "note_new"), data).status_code == 302


def test_folders_lie_in_each_other_six_deep_and_no_deeper(client_of, closed_space, member):
    folder = None
    for _rank in range(6):
        folder = folder_in(closed_space, member, folder)
    with pytest.raises(adding.TooDeep):
        folder_in(closed_space, member, folder)
    data = {"name": "N", "language": "en", "key": new_key(member, "library-folder")}
    answer = client_of(member).post(address(closed_space, "folder_new", folder), data)
    assert answer.status_code == 422 and "At most 6 folders" in answer.content.decode()
    assert note_in(closed_space, member, folder).parent == folder


def test_adding_leaves_no_line_in_the_record(closed_space, member):
    before = Record.objects.count()
    file_in(closed_space, member)
    assert Record.objects.count() == before
