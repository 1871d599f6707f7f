"""The record: added to, never changed; whoever changes it all the same is found."""

import io
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction
from django.urls import reverse

from communities import joining, staffdesk
from communities.models import Membership, Record, RecordHead
from communities.record import CHANGED, CUT, MISSING, REASON, seal, verify
from tests.communities.test_views import queries


@pytest.fixture
def kept(cast, closed_space):
    """Four sealed rows, two of them with a reason."""
    staffdesk.suspend(cast["stranger"], by=cast["staff"], reason="phone was taken")
    staffdesk.reinstate(cast["stranger"], by=cast["staff"], reason="")
    joining.leave(
        Membership.objects.get(space=closed_space, user=cast["observer"]),
        by=cast["facilitator"],
        reason="wished so",
    )
    staffdesk.approve(cast["newcomer"], by=cast["staff"])
    seal()
    return list(Record.objects.order_by("-number")[:4])[::-1]


@contextmanager
def unguarded():
    """As somebody who can do anything to the database."""
    on_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if on_postgresql:
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'communities_record'"
            )
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
        yield models.QuerySet(Record)
        if on_postgresql:
            cursor.execute("SET session_replication_role = DEFAULT")
        else:
            for _name, sql in triggers:
                cursor.execute(sql)


def found():
    return [(finding.number, finding.what) for finding in verify()]


def test_untouched_record_holds_and_says_what_to_keep(kept):
    out = io.StringIO()
    call_command("verify_record", stdout=out)
    head = RecordHead.objects.get()
    assert f"{head.count}:{head.digest}" in out.getvalue()
    assert head.count == kept[-1].number == Record.objects.count()
    call_command("verify_record", "--expect", f"{kept[1].number}:{kept[1].digest}", stdout=out)


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "account_approved"},
        {"actor": None},
        {"person": None},
        {"space": None},
        {"created_at": "2001-01-01T00:00:00Z"},
        {"reason_digest": "0" * 64},
        {"digest": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_edit_is_found_where_it_was_made(kept, change):
    row = kept[2]
    with unguarded() as rows:
        rows.filter(pk=row.pk).update(**change)
    assert found()[0][0] == row.number
    assert CHANGED in {what for _number, what in found()}


@pytest.mark.parametrize("words", ["", "something else"])
def test_reason_that_was_changed_or_taken_out_is_found(kept, words):
    with unguarded() as rows:
        rows.filter(pk=kept[0].pk).update(reason=words, reason_salt="")
    assert found() == [(kept[0].number, REASON)]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_removal_is_found(kept, place):
    with unguarded() as rows:
        rows.filter(pk=kept[place].pk)._raw_delete("default")
    assert found() == [(kept[place].number, MISSING)]


def test_removal_at_the_end_is_found(kept):
    with unguarded() as rows:
        rows.filter(pk=kept[3].pk)._raw_delete("default")
    assert found() == [(kept[3].number, CUT)]


def test_reordering_is_found(kept):
    first, second = kept[1], kept[2]
    with unguarded() as rows:
        rows.filter(pk=first.pk).update(number=None)
        rows.filter(pk=second.pk).update(number=first.number)
        rows.filter(pk=first.pk).update(number=second.number)
    assert {number for number, _what in found()} >= {first.number, second.number}


def test_record_written_anew_by_somebody_who_knows_how_does_not_fit_what_was_kept_elsewhere(kept):
    noted = f"{kept[2].number}:{kept[2].digest}"
    with unguarded() as rows:
        rows.filter(pk=kept[2].pk).update(verb="admitted")
        rows.filter(pk__gte=kept[2].pk).update(number=None, digest="")
        RecordHead.objects.update(count=kept[1].number, digest=kept[1].digest)
    seal()
    call_command("verify_record", stdout=io.StringIO())
    with pytest.raises(CommandError):
        call_command("verify_record", "--expect", noted, stderr=io.StringIO())


def test_command_ends_with_an_error_and_names_the_place(kept):
    with unguarded() as rows:
        rows.filter(pk=kept[1].pk).update(verb="admitted")
    errors = io.StringIO()
    with pytest.raises(CommandError, match="tampered"):
        call_command("verify_record", stderr=errors)
    assert errors.getvalue().startswith(f"{kept[1].number}: ")


@pytest.mark.parametrize("number", ["x", "", "9" * 40])
def test_expecting_nonsense_is_a_plain_error(kept, number):
    with pytest.raises(CommandError):
        call_command("verify_record", "--expect", f"{number}:0", stderr=io.StringIO())


def test_code_and_database_refuse_to_change_a_row(kept):
    row = kept[0]
    for deed in (row.save, row.delete, Record.objects.all().delete, lambda: Record.objects.update(verb="x")):
        with pytest.raises(TypeError, match="append-only"):
            deed()
    for deed in (
        lambda: models.QuerySet(Record).filter(pk=row.pk).update(verb="x"),
        lambda: models.QuerySet(Record).filter(pk=row.pk).update(reason="other words"),
        lambda: models.QuerySet(Record).filter(pk=row.pk).update(number=None),
        lambda: models.QuerySet(Record).filter(pk=row.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            deed()
    assert found() == []


def test_erasure_takes_the_reason_and_leaves_the_chain_whole(cast, kept, django_capture_on_commit_callbacks):
    from datetime import timedelta

    import time_machine
    from django.utils import timezone

    from profiles.leaving import erasing

    row = kept[0]
    erasing.ask(cast["stranger"], words_too=False)
    later = timezone.now() + timedelta(days=8)
    with time_machine.travel(later), django_capture_on_commit_callbacks(execute=True):
        erasing.tick()
    after = Record.objects.get(pk=row.pk)
    assert (after.reason, after.reason_salt, after.digest) == ("", "", row.digest)
    assert found() == []


def test_deed_that_fails_leaves_no_row_and_no_gap(kept, cast):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Record.objects.create(verb="admitted", actor=cast["staff"])
        raise ZeroDivisionError
    Record.objects.create(verb="admitted", actor=cast["staff"])
    seal()
    assert found() == []
    assert Record.objects.first().number == kept[3].number + 1


# Who reads it -----------------------------------------------------------------------------------------------------


def test_moderators_see_deeds_of_moderators_facilitators_all(cast, kept, closed_space, client_of):
    Record.objects.create(verb="topic_locked", actor=cast["moderator"], space=closed_space)
    url = reverse("communities:record", args=[closed_space.slug])
    seen = {name: client_of(cast[name]).get(url).content.decode() for name in ("moderator", "facilitator")}
    assert "Topic closed" in seen["moderator"] and "Topic closed" in seen["facilitator"]
    assert "wished so" in seen["facilitator"] and "Removed from a space" in seen["facilitator"]
    assert "wished so" not in seen["moderator"] and "Removed from a space" not in seen["moderator"]


def test_one_reads_what_concerns_oneself_without_the_reasons_of_others(cast, kept, closed_space, client_of):
    url = reverse("communities:own_record")
    about = client_of(cast["observer"]).get(url).content.decode()
    assert "Removed from a space" in about and "wished so" not in about
    # They no longer read there: the space has no name for them.
    assert closed_space.name not in about and "Facilitator" not in about
    by = client_of(cast["facilitator"]).get(url).content.decode()
    assert "Removed from a space" in by and "wished so" in by
    assert "Removed from a space" not in client_of(cast["member"]).get(url).content.decode()


def test_staff_see_what_staff_did_and_nothing_from_inside_a_space(cast, kept, client_of):
    Membership.objects.create(space=kept[2].space, user=cast["staff"], role=40)
    Record.objects.create(verb="topic_locked", actor=cast["staff"], space=kept[2].space)
    page = client_of(cast["staff"]).get(reverse("communities:staff_record")).content.decode()
    assert "phone was taken" in page and "Space founded" in page
    assert "wished so" not in page and "Topic closed" not in page


@pytest.mark.parametrize("name", ["record", "own_record", "staff_record"])
def test_records_cost_the_same_for_one_and_thirty(cast, closed_space, client_of, name):
    person = cast["staff" if name == "staff_record" else "facilitator"]
    url = reverse(f"communities:{name}", args=[closed_space.slug] if name == "record" else [])
    client = client_of(person)
    Record.objects.create(verb="founded", actor=person, space=closed_space, person=cast["member"])
    few = queries(client, url)
    for _number in range(30):
        Record.objects.create(verb="founded", actor=person, space=closed_space, person=cast["member"])
    assert queries(client, url) == few
    assert few <= 10


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
def test_deeds_at_the_same_moment_are_one_chain(db):
    """Each in a thread and so in a connection of its own, outside the test's transaction; their rows stay."""
    from concurrent.futures import ThreadPoolExecutor

    def deeds(_thread):
        try:
            for _deed in range(4):
                Record.objects.create(verb="founded", actor=None)
        finally:
            connection.close()

    before = Record.objects.count()
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(deeds, range(10)))
    assert Record.objects.count() == before + 40
    assert not Record.objects.filter(digest="").exists()
    assert found() == []


def test_rows_from_before_are_chained_by_the_migration(kept):
    from django.apps import apps

    from communities.migrations import _chain

    with unguarded() as rows:
        rows.update(number=None, digest="", reason_salt="", reason_digest="")
        RecordHead.objects.all().delete()
        Record.save, kept_save = models.Model.save, Record.save
        try:
            _chain.chain(apps, None)
        finally:
            Record.save = kept_save
    assert found() == []
    assert RecordHead.objects.get().count == Record.objects.count()
    with unguarded() as rows:
        rows.filter(pk=kept[0].pk).update(reason="other words")
    assert found() == [(Record.objects.get(pk=kept[0].pk).number, REASON)]
