"""The bin: nobody reads what lies in it, its owner brings it back, and after thirty days the bytes are gone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.library import binning, changing
from communities.models import LibraryItem, LibraryVersion, Record
from communities.permissions import Refused
from files.models import StoredFile, private_storage
from tests.communities.library.shelf import clean_file, file_in, folder_in, note_in


def address(space, *args, name="bin"):
    return reverse(f"library:{name}", args=[space.slug, *args])


def live(space):
    return sorted(item.name for item in LibraryItem.objects.all_of(space))


def test_folder_goes_with_all_that_lies_in_it_and_comes_back_with_it(client_of, closed_space, member):
    folder = folder_in(closed_space, member, name="Folder")
    inner = folder_in(closed_space, member, folder, name="Inner")
    note_in(closed_space, member, inner, name="Deep")
    earlier = note_in(closed_space, member, folder, name="Earlier")
    binning.throw_away(earlier, by=member)
    client = client_of(member)
    answer = client.post(address(closed_space, folder.public_id, name="removal"), {"reason": ""})
    assert (answer.status_code, answer.url, live(closed_space)) == (
        302,
        address(closed_space, name="library"),
        [],
    )
    page = client.get(address(closed_space))
    assert [item.name for item in page.context["page_obj"]] == ["Folder", "Earlier"]
    assert client.post(address(closed_space, inner.public_id, name="restoration")).status_code == 404
    client.post(address(closed_space, folder.public_id, name="restoration"))
    assert live(closed_space) == ["Deep", "Folder", "Inner"]
    assert LibraryItem.objects.get(name="Deep").parent == inner


def test_what_comes_back_without_its_folder_lies_at_the_top(client_of, closed_space, member):
    folder = folder_in(closed_space, member)
    note = note_in(closed_space, member, folder)
    binning.throw_away(note, by=member)
    binning.throw_away(folder, by=member)
    url = address(closed_space, note.public_id, name="restoration")
    page = client_of(member).post(url, follow=True).content.decode()
    assert "its folder is gone" in page
    assert LibraryItem.objects.get(pk=note.pk).parent is None
    assert client_of(member).post(url).status_code == 404


def test_bin_shows_members_their_own_and_moderators_everything(
    client_of, closed_space, member, moderator, facilitator
):
    own, other = (
        note_in(closed_space, member, name="zqownxv"),
        note_in(closed_space, facilitator, name="zqotherxv"),
    )
    for item in (own, other):
        binning.throw_away(item, by=facilitator)
    seen = {
        person.display_name: client_of(person).get(address(closed_space)).content.decode()
        for person in (member, moderator)
    }
    assert ["zqownxv" in seen["Member"], "zqotherxv" in seen["Member"]] == [True, False]
    assert ["zqownxv" in seen["Moderator"], "zqotherxv" in seen["Moderator"]] == [True, True]
    url = address(closed_space, other.public_id, name="restoration")
    assert [client_of(person).post(url).status_code for person in (member, moderator)] == [404, 302]


def test_members_bin_their_own_and_no_folder_with_another_thing_in_it(
    client_of, closed_space, member, moderator
):
    theirs = note_in(closed_space, moderator)
    with pytest.raises(Refused):
        binning.throw_away(theirs, by=member)
    folder = folder_in(closed_space, member, name="Folder")
    note_in(closed_space, moderator, folder_in(closed_space, member, folder), name="Theirs")
    with pytest.raises(binning.NotAllYours):
        binning.throw_away(folder, by=member)
    answer = client_of(member).post(address(closed_space, folder.public_id, name="removal"), {})
    assert answer.status_code == 422 and "somebody else" in answer.content.decode()
    binning.throw_away(folder, by=moderator, reason="Old")
    binning.restore(folder, by=moderator)
    rows = Record.objects.filter(space=closed_space, verb__startswith="library_").order_by("pk")
    assert [(row.verb, row.person, row.reason) for row in rows] == [
        ("library_removed", member, "Old"),
        ("library_restored", member, ""),
    ]


def test_after_thirty_days_row_and_bytes_are_gone(closed_space, member, django_capture_on_commit_callbacks):
    folder = folder_in(closed_space, member)
    old, new, kept = (
        file_in(closed_space, member, folder, name=name) for name in ("a.jpg", "b.jpg", "c.jpg")
    )
    changing.renew(old, clean_file("a2.jpg"), change="", seen=1, key="", by=member)
    names = [row.stored.content.name for row in LibraryVersion.objects.of(old)]
    binning.throw_away(old, by=member)
    binning.throw_away(new, by=member)
    month_ago = timezone.now() - timedelta(days=30, minutes=1)
    LibraryItem.objects.filter(pk=old.pk).update(removed_at=month_ago)
    assert [item.pk for item in binning.in_bin(closed_space, member, _rights(member, closed_space))] == [
        new.pk
    ]
    with django_capture_on_commit_callbacks(execute=True):
        assert binning.empty_old().startswith("1 ")
    assert set(LibraryItem.objects.exclude(pk=folder.pk)) == {new, kept}
    assert [private_storage().exists(name) for name in names] == [False, False]
    assert StoredFile.objects.filter(kind="library").count() == 2
    assert private_storage().exists(kept.stored.content.name)
    assert binning.empty_old().startswith("0 ")


def _rights(person, space):
    from communities.permissions import rights

    return rights(person, space)
