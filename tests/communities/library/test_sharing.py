"""A thing of one library, read in another space: by whom, for how long, and what is said of where it comes from."""

import pytest
from django.core import mail
from django.urls import reverse

from communities import joining
from communities.library import binning, changing, sharing
from communities.models import LibraryShare, Membership, Notification, Record, Space
from communities.permissions import Refused
from communities.roles import Role
from tests.communities.library.shelf import clean_file, file_in, folder_in, note_in


@pytest.fixture
def guest(stranger, network_space):
    """In the space that is shared with, not in the one that shares."""
    joining.join(network_space, stranger)
    return stranger


def share(item, space, by):
    return sharing.share(item, space, seen=space.visibility, by=by)


@pytest.fixture
def shared(closed_space, hidden_space, network_space, facilitator, member, guest):
    """A file of the closed space, read in the network space."""
    file = file_in(closed_space, member)
    return share(file, network_space, facilitator)


def seen_by(client, row):
    """(page, bytes, list) as that client gets them."""
    listed = client.get(reverse("library:shared", args=[row.space.slug]))
    return (
        client.get(row.get_absolute_url()).status_code,
        client.get(row.item.stored.url).status_code,
        row.item.name in listed.content.decode(),
    )


def test_readers_of_the_other_space_read_it_and_nobody_else(cast, client_of, shared):
    # The network space is read by every approved member.
    answers = {name: seen_by(client_of(cast[name]), shared) for name in cast}
    readers = {"member", "observer", "moderator", "facilitator", "stranger", "former", "editor"}
    readers |= {"translator_ar", "staff", "root"}
    assert {name for name, seen in answers.items() if seen == (200, 200, True)} == readers
    assert {answers[name] for name in set(cast) - readers} == {(403, 404, False)}


def test_origin_is_named_to_those_alone_who_may_know_it(
    client_of, cast, guest, member, facilitator, hidden_space, network_space
):
    note = note_in(hidden_space, member, name="A map", text="Words to share")
    row = share(note, network_space, facilitator)
    inside, outside = (
        client_of(member).get(row.get_absolute_url()),
        client_of(guest).get(row.get_absolute_url()),
    )
    for answer in (inside, outside):
        assert "Words to share" in answer.content.decode()
    assert hidden_space.slug in inside.content.decode()
    for name in ("The hidden space", hidden_space.slug):
        for url in (row.get_absolute_url(), "/en/feed/", f"/en/spaces/{network_space.slug}/"):
            assert name not in client_of(guest).get(url).content.decode()
    assert "A map" in client_of(guest).get("/en/feed/").content.decode()
    # And the other way round: those who run the origin, and may not know where it is read, get no name.
    note = note_in(network_space, member, name="A plan")
    share(note, hidden_space, facilitator)
    Membership.objects.filter(space=network_space, user=guest).update(role=Role.FACILITATOR)
    page = client_of(guest).get(reverse("library:sharing", args=[network_space.slug, note.public_id]))
    assert "a space that you do not know" in page.content.decode()
    assert hidden_space.slug not in page.content.decode() and "The hidden space" not in page.content.decode()


def test_present_version_alone_is_given(client_of, guest, member, shared):
    old = shared.item.stored
    changing.renew(shared.item, clean_file("plan.jpg"), change="", seen=1, key="", by=member)
    now = LibraryShare.objects.get().item.stored
    client = client_of(guest)
    assert (client.get(old.url).status_code, client.get(now.url).status_code) == (404, 200)
    assert client_of(member).get(old.url).status_code == 200


def bin_it(row, cast):
    binning.throw_away(row.item, by=row.item.created_by)


def switch_off(row, cast):
    Space.objects.filter(pk=row.item.space_id).update(has_library=False)


def switch_off_there(row, cast):
    Space.objects.filter(pk=row.space_id).update(has_library=False)


def open_wider(row, cast):
    Space.objects.filter(pk=row.space_id).update(visibility="public")


def end_it(row, cast):
    sharing.end(row, by=cast["facilitator"])


def take_it_out(row, cast):
    sharing.take_out(row, by=cast["moderator"])


@pytest.mark.parametrize("deed", [bin_it, switch_off, switch_off_there, open_wider, end_it, take_it_out])
def test_what_ends_it_ends_it_at_once(client_of, cast, guest, shared, deed):
    client = client_of(guest)
    assert seen_by(client, shared) == (200, 200, True)
    deed(shared, cast)
    assert seen_by(client, shared) == (404, 404, False)
    assert "plan" not in client.get("/en/feed/").content.decode()


def test_narrowed_again_it_is_read_again_and_the_sharer_may_go(client_of, guest, facilitator, shared):
    open_wider(shared, {})
    Space.objects.filter(pk=shared.space_id).update(visibility="closed", join_policy="request")
    Membership.objects.filter(user=facilitator).delete()
    assert seen_by(client_of(guest), shared) == (200, 200, True)


def test_only_who_manages_here_and_writes_there_shares(cast, closed_space, network_space, member, guest):
    note = note_in(closed_space, member)
    for name in ("member", "moderator", "stranger", "staff"):
        with pytest.raises(Refused):
            share(note, network_space, cast[name])
    Membership.objects.filter(space=network_space, user=cast["facilitator"]).update(role=Role.OBSERVER)
    with pytest.raises(Refused):
        share(note, network_space, cast["facilitator"])
    assert not LibraryShare.objects.exists()
    Membership.objects.filter(space=network_space, user=cast["facilitator"]).update(role=Role.MEMBER)
    with pytest.raises(sharing.NotShareable):
        share(folder_in(closed_space, member), network_space, cast["facilitator"])


def test_page_shows_who_will_see_it_and_asks_again_when_that_changed(
    client_of, closed_space, network_space, facilitator, member, guest
):
    note = note_in(closed_space, member, name="A plan")
    url = reverse("library:sharing", args=[closed_space.slug, note.public_id])
    client = client_of(facilitator)
    first = client.get(url).content.decode()
    assert "The network space (fr)" not in first and network_space.slug in first
    asked = client.get(f"{url}?with={network_space.slug}").content.decode()
    assert "Every approved member of the network." in asked and not LibraryShare.objects.exists()
    Space.objects.filter(pk=network_space.pk).update(visibility="public")
    given = {"with": network_space.slug, "seen": "network"}
    refused = client.post(url, given)
    assert refused.status_code == 422 and "Everyone on the internet" in refused.content.decode()
    assert not LibraryShare.objects.exists()
    assert client.post(url, {**given, "seen": "public"}).status_code == 302
    assert client.post(url, {**given, "seen": "public"}).status_code == 404
    assert LibraryShare.objects.get().seen == "public"
    # A guessed space: like one that does not exist.
    assert client.get(f"{url}?with=s-0123456789abcdef").status_code == 404


def test_uploader_is_told_and_both_records_say_it(
    closed_space, network_space, facilitator, moderator, member, django_capture_on_commit_callbacks
):
    note = note_in(closed_space, member)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        row = share(note, network_space, facilitator)
        assert share(note, network_space, facilitator).pk == row.pk
    (letter,) = mail.outbox
    assert letter.to == [member.email]
    assert not any(name in letter.body for name in ("The closed", "The network", "A note"))
    assert Notification.objects.filter(recipient=member, activity__kind="own_thing_shared").count() == 1
    sharing.end(row, by=facilitator)
    sharing.end(row, by=facilitator)
    verbs = Record.objects.filter(verb__startswith="library_").order_by("pk").values_list("verb", "space")
    assert list(verbs) == [
        ("library_shared", closed_space.pk),
        ("library_received", network_space.pk),
        ("library_share_ended", closed_space.pk),
    ]


def test_list_costs_the_same_for_one_and_thirty(
    client_of, closed_space, network_space, facilitator, guest, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    url, client = reverse("library:shared", args=[network_space.slug]), client_of(guest)
    share(note_in(closed_space, facilitator), network_space, facilitator)
    client.get(url)
    few = cost()
    for number in range(29):
        share(note_in(closed_space, facilitator, name=f"N{number}"), network_space, facilitator)
    assert cost() == few <= 10
