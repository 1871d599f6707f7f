"""Everything about a person, and nothing of others that they may not read."""

import errno
import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities import joining
from communities.models import Membership
from files.models import StoredFile, private_storage
from forum import moderation
from forum.posting import open_topic, reply
from profiles.leaving import exporting
from profiles.leaving.belongings import is_shown
from profiles.leaving.models import Export
from profiles.models import Profile, User
from tests.canaries import entitled, plant
from tests.files.pictures import upload

State = Export.State


@pytest.fixture
def made(django_capture_on_commit_callbacks):
    """`made(person)`: their copy, opened."""

    def make(person) -> zipfile.ZipFile:
        with django_capture_on_commit_callbacks(execute=True):
            row = exporting.ask(person)
        row.refresh_from_db()
        assert row.state == State.READY, row.problem
        return opened(row)

    return make


def opened(row) -> zipfile.ZipFile:
    with row.stored.content.open("rb") as content:
        return zipfile.ZipFile(io.BytesIO(content.read()))


def rows_of(copy, part):
    return json.loads(copy.read(f"data/{part}.json"))["rows"]


def text_of(copy) -> str:
    names = [name for name in copy.namelist() if not name.startswith("files/")]
    return "\n".join(copy.read(name).decode() for name in names)


@pytest.fixture
def busy(member, facilitator, closed_space, django_capture_on_commit_callbacks):
    """The member wrote in a closed space, with a picture; somebody answered."""
    with django_capture_on_commit_callbacks(execute=True):
        topic = open_topic(
            closed_space,
            member,
            "Mon sujet",
            "Mes mots\n\nen deux alinéas",
            "fr",
            files=[upload(name="Moi.jpg")],
        )
        reply(topic, facilitator, "Not mine")
    return topic


def test_copy_holds_every_part_twice_as_pages_and_as_data(made, member, busy):
    copy = made(member)
    parts = [part.name for part in exporting.parts_of(member)]
    assert sorted(name for name in copy.namelist() if name.startswith("data/")) == sorted(
        f"data/{name}.json" for name in parts
    )
    for name in parts:
        data = json.loads(copy.read(f"data/{name}.json"))
        assert set(data) == {"part", "title", "note", "keys", "rows"}
        assert all(set(row) == set(data["keys"]) for row in data["rows"])
        assert (f"pages/{name}.html" in copy.namelist()) == bool(data["rows"])
    (account,) = rows_of(copy, "account")
    assert (account["email"], account["language"]) == (member.email, "fr")
    assert "password" not in account and member.password not in text_of(copy)
    (post,) = rows_of(copy, "posts")
    assert (post["content"], post["topic"]) == ("Mes mots\n\nen deux alinéas", "Mon sujet")
    (path,) = post["files"]
    assert copy.read(path)[:2] == b"\xff\xd8"
    assert [row["file"] for row in rows_of(copy, "files")] == [path]


def test_new_column_of_a_person_is_shown_or_named_as_machinery():
    """A secret must not get into the copy unseen: look at a new column, then write it down here."""
    shown = {
        field.name for model in (User, Profile) for field in model._meta.concrete_fields if is_shown(field)
    }
    assert shown == {
        *(
            "public_id",
            "email",
            "display_name",
            "is_active",
            "is_approved",
            "is_staff",
            "language",
            "time_zone",
        ),
        *(
            "date_joined",
            "last_login",
            "pronouns",
            "pronunciation",
            "hue",
            "country",
            "available",
            "listed",
            "contactable",
        ),
    }


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_pages_are_in_the_persons_language_and_ask_nothing_of_any_host(made, member, busy, language):
    member.language = language
    member.save()
    copy = made(member)
    names = set(copy.namelist())
    for name in [each for each in names if each.endswith(".html")]:
        html = copy.read(name).decode()
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
        assert "<script" not in html and "style=" not in html
        for address in re.findall(r'(?:src|href)="([^"]*)"', html):
            parts = [*name.split("/")[:-1], *address.split("/")]
            while ".." in parts:
                at = parts.index("..")
                del parts[at - 1 : at + 1]
            assert "/".join(parts) in names


def test_what_a_page_says_is_shown_as_text(made, member, closed_space):
    open_topic(closed_space, member, "<img src=//x.example/1>", "<script src='//x.example'></script>", "fr")
    copy = made(member)
    pages = "".join(copy.read(name).decode() for name in copy.namelist() if name.endswith(".html"))
    assert "<img src=//" not in pages and "<script" not in pages
    assert "&lt;img src=//" in pages and "&lt;script src=" in pages


def made_again(member):
    return opened(Export.objects.get(user=member))


def test_copy_carries_no_word_its_person_may_not_read(made, cast, spaces, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        planted = plant(spaces, cast)
    leaked = {}
    for name in ("newcomer", "member", "observer", "stranger", "former", "facilitator", "staff", "root"):
        text = text_of(made(cast[name]))
        leaked[name] = {word for word in planted if word in text and not entitled(cast[name], planted[word])}
    assert leaked == dict.fromkeys(leaked, set())


# What the member has written in every space (tests/canaries.py).
OWN = (
    "subject",
    "opening",
    "questionsubject",
    "decisionsubject",
    "option",
    "shelf",
    "shelved",
    "old",
    "earlier",
    "earliersubject",
)


def test_space_one_has_left_is_not_in_it_but_ones_own_words_are(
    made, cast, spaces, django_capture_on_commit_callbacks
):
    member = cast["member"]
    with django_capture_on_commit_callbacks(execute=True):
        planted = plant(spaces, cast)
        for space in spaces.values():
            reply_of_others = f"zqreply{space.visibility}xv"
            assert reply_of_others in planted
            joining.leave(Membership.objects.get(space=space, user=member))
    text = text_of(made(member))
    found = {word for word in planted if word in text and not entitled(member, planted[word])}
    own = {f"zq{what}{space}xv" for what in OWN for space in ("closed", "hidden")}
    assert found == own
    assert spaces["hidden"].slug not in text and spaces["closed"].slug not in text


def test_topic_of_others_is_named_while_it_may_be_read(made, member, facilitator, closed_space, public_space):
    for space in (closed_space, public_space):
        reply(open_topic(space, facilitator, f"Theirs in {space.visibility}", "Words", "fr"), member, "Mine")
    hidden = reply(open_topic(public_space, facilitator, "Again", "Words", "fr"), member, "Hidden words")
    moderation.hide(hidden, by=facilitator, reason="a reason about zqothersxv")
    joining.leave(Membership.objects.get(space=closed_space, user=member))
    copy = made(member)
    found = [(row["content"], row["topic"]) for row in rows_of(copy, "posts")]
    assert found == [("Mine", ""), ("Mine", "Theirs in public"), ("Hidden words", "Again")]
    (deed,) = rows_of(copy, "record")
    assert deed["what"] == "post_hidden" and "zqothersxv" not in text_of(copy)


# Asking ---------------------------------------------------------------------------------------------------------


def test_asking_twice_makes_one_and_one_a_day(member, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as run:
        assert exporting.ask(member).pk == exporting.ask(member).pk
    assert len(run) >= 1 and Export.objects.get().state == State.READY
    assert [len(message.to) for message in mail.outbox] == [1]
    with pytest.raises(exporting.TooSoon):
        exporting.ask(member)
    first = Export.objects.get().stored
    with (
        time_machine.travel(timezone.now() + timedelta(hours=25)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        exporting.ask(member)
    assert not private_storage().exists(first.content.name)
    assert StoredFile.objects.filter(kind=exporting.KIND).count() == 1


def test_file_is_the_persons_own_and_goes_after_three_days(
    made, member, facilitator, root, visitor, client_of, django_capture_on_commit_callbacks
):
    made(member)
    stored = Export.objects.get().stored
    statuses = {
        who: client_of(who).get(stored.url).status_code for who in (member, facilitator, root, visitor)
    }
    assert statuses == {member: 200, facilitator: 404, root: 404, visitor: 404}
    with time_machine.travel(timezone.now() + timedelta(hours=72, minutes=1)):
        assert not exporting.may_read(member, stored) and exporting.of(member) is None
        with django_capture_on_commit_callbacks(execute=True):
            assert exporting.tick() == "exports: 1 ended, 0 given up, 0 mails sent"
    assert not Export.objects.exists() and not StoredFile.objects.filter(kind=exporting.KIND).exists()
    assert not private_storage().exists(stored.content.name)


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "no room"), ValueError("surprise")])
def test_failure_is_said_leaves_nothing_and_can_be_tried_again(
    member, client_of, monkeypatch, error, django_capture_on_commit_callbacks
):
    def fails(*args):
        raise error

    with monkeypatch.context() as broken, django_capture_on_commit_callbacks(execute=True):
        broken.setattr("communities.archive.Archive._copy", fails)
        exporting.ask(member)
    row = Export.objects.get()
    assert (row.state, row.problem) == ("failed", "room" if isinstance(error, OSError) else "other")
    assert not StoredFile.objects.exists() and len(mail.outbox) == 1
    with django_capture_on_commit_callbacks(execute=True):
        exporting.ask(member)
    assert Export.objects.get().state == State.READY


def test_row_that_went_meanwhile_leaves_no_file(member, monkeypatch, django_capture_on_commit_callbacks):
    """Erased while the copy was being made."""
    hand_over = exporting._hand_over

    def too_late(row, out, size):
        Export.objects.all().delete()
        hand_over(row, out, size)

    monkeypatch.setattr(exporting, "_hand_over", too_late)
    with django_capture_on_commit_callbacks(execute=True):
        exporting.ask(member)
    assert not StoredFile.objects.exists() and not Export.objects.exists() and mail.outbox == []


def test_copy_that_nobody_goes_on_with_is_given_up(member):
    exporting.ask(member)
    Export.objects.update(state=State.MAKING, changed_at=timezone.now() - timedelta(hours=2))
    assert "1 given up, 1 mails sent" in exporting.tick()
    assert Export.objects.get().state == State.FAILED


def test_mail_a_server_did_not_take_goes_later(made, member, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("profiles.leaving.mails.EmailMultiAlternatives.send", raising(OSError))
        made(member)
    assert Export.objects.get().told_at is None
    assert exporting.tick().endswith("1 mails sent") and len(mail.outbox) == 1


def raising(error):
    def send(*args, **kwargs):
        raise error

    return send


def test_copy_costs_the_same_queries_per_batch(made, member, facilitator, closed_space):
    topic = open_topic(closed_space, facilitator, "Theirs", "Words", "fr")

    def cost() -> int:
        Export.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            made(member)
        return len(queries)

    reply(topic, member, "One")
    one = cost()
    for number in range(30):
        reply(topic, member, f"More {number}")
    assert cost() == one
    assert len(rows_of(made_again(member), "posts")) == 31
