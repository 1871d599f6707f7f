"""A copy of the whole space: what every member reads and not a word more; told, forbidden, fetched by its asker."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from communities import founding, grants, joining, taking
from communities.models import Membership, Record, Space, SpaceExport
from communities.permissions import may
from files.models import StoredFile, private_storage
from forum import moderation
from forum.posting import open_topic, reply
from profiles.joining import enrol
from tests.canaries import plant
from tests.files.pictures import upload
from tests.profiles.leaving.test_again import PASSWORD, prove
from tests.profiles.leaving.test_exporting import opened, rows_of, text_of


def url_of(space):
    return reverse("communities:whole", args=[space.slug])


@pytest.fixture
def made(django_capture_on_commit_callbacks):
    def make(space, by) -> zipfile.ZipFile:
        with django_capture_on_commit_callbacks(execute=True):
            row = taking.ask(space, by=by)
        row.refresh_from_db()
        assert row.state == "ready", row.problem
        return opened(row)

    return make


@pytest.fixture
def runs(closed_space):
    """A facilitator with a password, as a browser has them."""
    person = enrol("runs@people.example", PASSWORD, "Runs", approved=True)
    joining.join(closed_space, person, role=40)
    return person


def test_copy_holds_what_an_observer_reads_and_nothing_else(cast, spaces, made):
    planted = plant(spaces, cast)
    here = spaces["closed"]
    hidden = reply(open_topic(here, cast["member"], "Kept", "text", "en"), cast["member"], "zqhiddenxv")
    moderation.hide(hidden, by=cast["moderator"], reason="zqreasonxv")
    gone = open_topic(here, cast["member"], "zqgonexv", "text", "en")
    moderation.hide(gone.first_post, by=cast["moderator"])
    copy = made(here, cast["facilitator"])
    text = text_of(copy)
    held = {word for word in [*planted, "zqhiddenxv", "zqreasonxv", "zqgonexv"] if word in text}
    of_here = {word for word, canary in planted.items() if canary.space == here and "profile" not in word}
    # What is one person's (a report, a notice) is not the space's.
    readable = {
        word
        for word, canary in ((word, planted[word]) for word in of_here)
        if (
            {cast["observer"], cast["facilitator"]} <= set(canary.readers)
            if canary.readers
            else may(cast["observer"], canary.action, here)
        )
    }
    # Of library and posts what they hold now; what is in a file is in that file.
    earlier = {"zqoldclosedxv", "zqearlierclosedxv", "zqearliersubjectclosedxv"}
    assert held == readable - earlier - {"zqbytesclosedxv", "zqofferedbytesclosedxv"}
    assert readable > {"zqsubjectclosedxv", "zqreplyclosedxv", "zqeventclosedxv", "zqrulesclosedxv"}


def test_copy_opens_offline_and_asks_nothing_of_anybody(cast, closed_space, made):
    topic = open_topic(
        closed_space, cast["member"], "Mon sujet", "Mes mots", "fr", files=[upload(name="Photo.jpg")]
    )
    copy = made(closed_space, cast["facilitator"])
    names = set(copy.namelist())
    assert {"index.html", "style.css", "pages/topics.html", "pages/posts.html", "data/posts.json"} <= names
    (post,) = rows_of(copy, "posts")
    assert (post["content"], post["author"], post["number"]) == (
        "Mes mots",
        "Member",
        topic.first_post.public_id,
    )
    (path,) = post["files"]
    assert copy.read(path)[:2] == b"\xff\xd8"
    assert 'lang="ar" dir="rtl"' in copy.read("index.html").decode()
    for name in (name for name in names if name.endswith(".html")):
        html = copy.read(name).decode()
        folder = name.rpartition("/")[0]
        assert "<script" not in html and "http://" not in html and "https://" not in html
        for link in re.findall(r'(?:href|src)="([^"#]+)"', html):
            target = link[3:] if link.startswith("../") else f"{folder}/{link}".lstrip("/")
            assert target in names, (name, link)
    people = json.loads(copy.read("data/members.json"))["rows"]
    assert {row["name"] for row in people} == {"Facilitator", "Moderator", "Member", "Observer"}


def test_space_that_does_not_show_its_members_keeps_them_out(cast, closed_space, made):
    Space.objects.filter(pk=closed_space.pk).update(shows_members=False, has_events=False)
    names = made(closed_space, cast["facilitator"]).namelist()
    assert "data/members.json" not in names and "data/events.json" not in names


def test_members_are_told_once_for_each_copy_and_it_is_on_record(
    cast, closed_space, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        first = taking.ask(closed_space, by=cast["facilitator"])
        assert taking.ask(closed_space, by=cast["facilitator"]).pk == first.pk
    told = [message for message in mail.outbox if message.to != [cast["facilitator"].email]]
    assert sorted(message.to[0] for message in told) == sorted(
        cast[name].email for name in ("member", "observer", "moderator")
    )
    own = [message for message in mail.outbox if message.to == [cast["facilitator"].email]]
    assert len(own) == 1 and "نسخة" in own[0].body
    assert not any(closed_space.name in message.body for message in mail.outbox)
    assert Record.objects.filter(verb="copy_taken", actor=cast["facilitator"]).count() == 1


def test_forbidden_by_the_space_nothing_is_made_and_what_there_was_is_shut(
    cast, closed_space, made, client_of
):
    made(closed_space, cast["facilitator"])
    stored = SpaceExport.objects.get().stored
    client = client_of(cast["facilitator"])
    assert client.get(stored.url).status_code == 200
    Space.objects.filter(pk=closed_space.pk).update(exportable=False)
    assert client.get(stored.url).status_code == 404
    with pytest.raises(taking.Forbidden):
        taking.ask(closed_space, by=cast["facilitator"])


def test_fetched_by_its_asker_alone_while_they_run_the_space(cast, closed_space, made, client_of):
    grants.give(cast["stranger"], "manage_space", closed_space, until=timezone.now() + timedelta(days=1))
    made(closed_space, cast["facilitator"])
    stored = SpaceExport.objects.get().stored
    others = ("visitor", "stranger", "member", "moderator", "staff", "root")
    assert {client_of(cast[name]).get(stored.url).status_code for name in others} == {404}
    client = client_of(cast["facilitator"])
    assert client.get(stored.url).status_code == 200
    Membership.objects.filter(space=closed_space, user=cast["facilitator"]).update(role=30)
    assert client.get(stored.url).status_code == 404


def test_gone_after_three_days_and_when_the_space_is_hidden(cast, closed_space, made, client_of):
    made(closed_space, cast["facilitator"])
    stored = SpaceExport.objects.get().stored
    with time_machine.travel(timezone.now() + timedelta(hours=73)):
        assert taking.tick() == "copies of spaces: 1 ended, 0 given up"
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    made(closed_space, cast["facilitator"])
    founding.hide(closed_space, by=cast["facilitator"])
    assert not SpaceExport.objects.exists()


def test_no_room_on_the_disk_is_said_and_can_be_tried_again(
    cast, closed_space, made, monkeypatch, runs, client_of
):
    import errno

    def fails(*args, **kwargs):
        raise OSError(errno.ENOSPC, "full")

    kept = private_storage().listdir("")
    with monkeypatch.context() as broken:
        broken.setattr("communities.archive.Archive._copy", fails)
        with pytest.raises(AssertionError, match="room"):
            made(closed_space, cast["facilitator"])
    assert private_storage().listdir("") == kept
    made(closed_space, cast["facilitator"])


def test_page_asks_to_sign_in_again_and_never_asks_a_stranger(cast, closed_space, runs, client_of):
    client = client_of(runs)
    first = client.get(url_of(closed_space))
    assert first.url.startswith(reverse("account_reauthenticate"))
    assert client.post(url_of(closed_space)).url.startswith(reverse("account_reauthenticate"))
    assert not SpaceExport.objects.exists()
    assert prove(client, first, password=PASSWORD).url == url_of(closed_space)
    assert "All members are told" in client.get(url_of(closed_space)).content.decode()
    assert client.post(url_of(closed_space)).status_code == 302
    assert SpaceExport.objects.get().by == runs
    for name in ("stranger", "member", "moderator"):
        assert client_of(cast[name]).get(url_of(closed_space)).status_code == 403


def test_copy_costs_the_same_for_one_topic_and_thirty(cast, closed_space):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils.translation import override

    from communities import hooks
    from communities.archive import Archive

    def cost():
        with CaptureQueriesContext(connection) as seen, override("en"):
            parts = [part for function in hooks.whole for part in function(closed_space)]
            Archive(io.BytesIO(), "communities/archive/index.html", title="T", space=closed_space).write(
                parts
            )
        return len(seen)

    open_topic(closed_space, cast["member"], "T", "text", "en", files=[upload()])
    assert closed_space.name  # the words of a space are fetched once
    few = cost()
    for number in range(30):
        open_topic(closed_space, cast["member"], f"T{number}", "text", "en")
    assert cost() == few
