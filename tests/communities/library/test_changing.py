"""Versions, names and places: nothing is lost, and nobody writes over another unseen."""

import pytest
from django.urls import reverse

from communities.library import changing
from communities.library.differing import differences
from communities.models import LibraryItem, LibraryVersion, Record
from communities.permissions import Refused
from communities.submissions import new_key
from tests.communities.library.shelf import clean_file, file_in, folder_in, link_in, note_in
from tests.files.pictures import upload


def address(item, name):
    return reverse(f"library:{name}", args=[item.space.slug, item.public_id])


def renewal(person, item, name="new.txt", content=b"New words", **more):
    key = new_key(person, "library-version")
    return {"upload": upload(name=name, content=content), "seen": "1", "key": key, "end": "1", **more}


def test_new_version_takes_the_place_and_the_older_one_stays(
    client_of, closed_space, member, moderator, observer
):
    item = file_in(closed_space, member)
    old = item.stored.url
    data = renewal(moderator, item, change="A second page")
    page = client_of(moderator).post(address(item, "version_new"), data, follow=True).content.decode()
    item = LibraryItem.objects.with_page().get(pk=item.pk)
    assert (item.current.number, item.changed_by, item.current.by) == (2, moderator, moderator)
    assert "A second page" in page and "Version 1" in page and old in page
    answers = [client_of(observer).get(url) for url in (old, item.stored.url)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert b"".join(answers[1].streaming_content) == b"New words"


def test_two_versions_at_once_are_both_kept_and_the_second_is_told(
    client_of, closed_space, member, moderator
):
    item = file_in(closed_space, member)
    forms = [(person, renewal(person, item, content=person.email.encode())) for person in (moderator, member)]
    pages = [
        client_of(person).post(address(item, "version_new"), data, follow=True) for person, data in forms
    ]
    told = ["Somebody else put up version 2" in page.content.decode() for page in pages]
    assert told == [False, True]
    versions = LibraryVersion.objects.of(item)
    assert [(row.number, row.by) for row in versions] == [(3, member), (2, moderator), (1, member)]


def test_version_sent_twice_is_one(client_of, closed_space, member):
    item = file_in(closed_space, member)
    data = renewal(member, item)
    for _time in range(2):
        data["upload"] = upload(name="new.txt", content=b"New words")
        assert client_of(member).post(address(item, "version_new"), data).status_code == 302
    assert LibraryVersion.objects.of(item).count() == 2


def test_note_changed_meanwhile_gives_the_words_back_beside_what_is_there(
    client_of, closed_space, member, moderator
):
    item = note_in(closed_space, member, text="One\nTwo\nThree")
    changing.rewrite(item, "One\nzqtheirsxv\nThree", change="", seen=1, by=moderator)
    client, url = client_of(member), address(item, "version_new")
    data = {"text": "One\nzqminexv\nThree", "seen": "1", "change": "mine"}
    answer = client.post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "zqminexv" in page and "zqtheirsxv" in page and 'name="seen" value="2"' in page
    assert client.post(url, {**data, "seen": "2"}).status_code == 302
    assert [row.text.split()[1] for row in LibraryVersion.objects.of(item)] == [
        "zqminexv",
        "zqtheirsxv",
        "Two",
    ]
    page = client.get(
        reverse("library:version", args=[closed_space.slug, item.public_id, 3])
    ).content.decode()
    assert page.count("<ins") == 1 and page.count("<del") == 1
    # The same words once more are no version.
    assert client.post(url, {**data, "seen": "1"}).status_code == 302
    assert LibraryVersion.objects.of(item).count() == 3


@pytest.mark.parametrize("number", [0, 2, 99999999999])
def test_version_that_is_not_there(client_of, closed_space, member, number):
    item = note_in(closed_space, member)
    url = reverse("library:version", args=[closed_space.slug, item.public_id, number])
    assert client_of(member).get(url).status_code == 404


def test_words_for_a_note_that_was_binned_are_given_back(client_of, closed_space, member):
    item = note_in(closed_space, member)
    LibraryItem.objects.update(removed_at="2026-01-01T00:00Z")
    answer = client_of(member).post(address(item, "version_new"), {"text": "zqmine<b>xv", "seen": "1"})
    assert answer.status_code == 404 and "zqmine&lt;b&gt;xv" in answer.content.decode()


@pytest.mark.parametrize("place", ["new", "rewritten"])
def test_words_for_a_note_come_back_with_the_reason_when_the_right_was_lost(
    client_of, closed_space, member, observer, place
):
    item = note_in(closed_space, member)
    new = reverse("library:note_new", args=[closed_space.slug])
    url = new if place == "new" else address(item, "version_new")
    given = {"text": "zqmine<b>xv", "name": "N", "seen": "1", "key": new_key(observer, "library-note")}
    answer = client_of(observer).post(url, given)
    assert answer.status_code == 403 and "zqmine&lt;b&gt;xv</textarea>" in answer.text
    assert "role in this space" in answer.text and LibraryVersion.objects.count() == 1


def test_markdown_of_notes_runs_nothing(closed_space, member):
    item = note_in(
        closed_space, member, text="<script>alert(1)</script> [a](javascript:b) ![p](https://x.example/p.png)"
    )
    assert "<script" not in item.current.rendered
    assert "javascript:" not in item.current.rendered.replace("(javascript:b)", "")
    assert "<img" not in item.current.rendered


# Names and places ------------------------------------------------------------------------------------------------
def test_file_that_is_renamed_loses_its_old_name_in_every_version(client_of, closed_space, member):
    item = file_in(closed_space, member, name="Interview zqnamexv.jpg")
    changing.renew(item, clean_file("zqnamexv again.jpg"), change="", seen=1, key="", by=member)
    url = address(item, "details")
    assert "zqnamexv" in client_of(member).get(url).content.decode()
    data = {"name": "Interview/../4", "language": "en", "seen": "0"}
    page = client_of(member).post(url, data, follow=True).content.decode()
    assert "zqnamexv" not in page
    assert {row.stored.name for row in LibraryVersion.objects.of(item)} == {"Interview-..-4.jpg"}


def test_details_changed_meanwhile_are_shown_and_what_was_typed_is_kept(
    client_of, closed_space, member, moderator
):
    item = link_in(closed_space, member)
    changing.arrange(item, name="Theirs", language="en", description="", url=item.url, seen=0, by=moderator)
    data = {"name": "Mine", "url": item.url, "language": "fr", "seen": "0"}
    answer = client_of(member).post(address(item, "details"), data)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Theirs" in page and 'value="Mine"' in page
    assert client_of(member).post(address(item, "details"), {**data, "seen": "1"}).status_code == 302
    assert LibraryItem.objects.get(pk=item.pk).name == "Mine"


def test_who_moderates_arranges_everything_and_it_stands_in_the_record(closed_space, member, moderator):
    item, own = note_in(closed_space, member), note_in(closed_space, moderator)
    folder = folder_in(closed_space, member)
    changing.arrange(item, name="Other", language="en", description="", seen=0, by=moderator)
    changing.move(item, folder, by=moderator)
    changing.move(own, folder, by=moderator)
    rows = Record.objects.filter(space=closed_space, verb__startswith="library_").order_by("pk")
    assert [(row.verb, row.actor, row.person) for row in rows] == [
        ("library_changed", moderator, member),
        ("library_moved", moderator, member),
    ]


def test_members_arrange_their_own_alone(client_of, closed_space, member, moderator, observer):
    item = note_in(closed_space, moderator)
    for person in (member, observer):
        with pytest.raises(Refused):
            changing.arrange(item, name="Other", language="en", description="", seen=0, by=person)
        with pytest.raises(Refused):
            changing.move(item, None, by=person)
        for name in ("details", "place", "removal"):
            assert client_of(person).get(address(item, name)).status_code == 403
        page = client_of(person).get(item.get_absolute_url()).content.decode()
        assert address(item, "details") not in page
        assert (address(item, "version_new") in page) == (person == member)


def test_folder_goes_neither_into_itself_nor_below_nor_too_deep(
    client_of, closed_space, hidden_space, member
):
    top = folder_in(closed_space, member, name="Top")
    child = folder_in(closed_space, member, top, name="Child")
    grandchild = folder_in(closed_space, member, child, name="Grandchild")
    for target in (top, child, grandchild):
        with pytest.raises(changing.IntoItself):
            changing.move(top, target, by=member)
    url, elsewhere = address(top, "place"), folder_in(hidden_space, member, name="zqelsewherexv")
    page = client_of(member).get(url).content.decode()
    assert "zqelsewherexv" not in page and child.public_id not in page
    for target in (child, grandchild, elsewhere):
        answer = client_of(member).post(url, {"folder": target.public_id})
        assert answer.status_code == 422
    other = None
    for _rank in range(4):
        other = folder_in(closed_space, member, other, name="Deep")
    from communities.library.adding import TooDeep

    with pytest.raises(TooDeep):
        changing.move(top, other, by=member)
    assert client_of(member).post(url, {"folder": other.public_id}).status_code == 422
    assert client_of(member).post(address(child, "place"), {"folder": "top"}).status_code == 302
    assert LibraryItem.objects.get(pk=child.pk).parent is None
    assert LibraryItem.objects.get(pk=top.pk).parent is None


def test_differences_show_what_went_and_came_with_a_little_around():
    before = "\n".join(f"line {n}" for n in range(20))
    rows = differences(before, before.replace("line 3\n", "line three\n").replace("line 15", "line fifteen"))
    assert [row.text for row in rows if row.how == "new"] == ["line three", "line fifteen"]
    assert [row.how for row in rows].count("jump") == 1
    assert differences("a", "a") == []
    assert differences("a\n" * 5000, "b") == []
