"""Reports of visitors: one per network and comment, and nothing that says who it was."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from communities.models import Activity
from news.comments.models import Report
from tests.news.comments.conftest import address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("visitors_allowed")]

HERE, NEXT_DOOR = "198.51.100.7", "198.51.100.8"


@pytest.fixture
def report(django_capture_on_commit_callbacks):
    def make(comment, network=HERE, **more):
        client = Client(REMOTE_ADDR=network)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(
                address("report_new", comment.public_id), {"reason": "person", "words": "", **more}
            )

    return make


def test_visitor_reports_and_the_editors_hear_of_it_from_nobody(say, report, page, editor, client_of):
    comment = say()
    answer = report(comment, words="On le reconnaît")
    assert answer["Location"] == address("report_sent", page.translation_key) and not answer.cookies
    assert Client().get(answer["Location"]).status_code == 200
    row = Report.objects.get()
    assert (row.by, row.from_visitor, row.reason) == (None, True, "person")
    assert HERE not in str(list(Report.objects.values())) and HERE not in row.network
    assert Activity.objects.get(kind="comment_reported").actor is None
    (letter,) = mail.outbox
    assert letter.to == [editor.email] and "reconnaît" not in letter.body
    html = client_of(editor).get("/cms/comments/?pile=reported").content.decode()
    assert "On le reconnaît" in html and row.network not in html


def test_one_report_per_network_and_comment(say, report):
    first, second = say("a"), say("b")
    answers = [report(first), report(first, reason="spam"), report(first, NEXT_DOOR), report(second)]
    assert {answer.status_code for answer in answers} == {302}
    assert sorted(Report.objects.values_list("comment", "reason")) == [
        (first.pk, "person"), (first.pk, "person"), (second.pk, "person"),
    ]  # fmt: skip
    # Nothing tells that two of them came from one place.
    assert Report.objects.values("network").distinct().count() == 3
    assert Activity.objects.filter(kind="comment_reported", target_id=first.pk).count() == 1


def test_household_of_ipv6_is_one_network(say, report):
    comment = say()
    for host in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"):
        report(comment, host)
    assert Report.objects.count() == 2


@pytest.mark.usefixtures("windows_begun")
def test_seventh_report_in_an_hour_waits_and_keeps_the_words(say, report):
    for number in range(6):
        assert report(say(str(number))).status_code == 302
    answer = report(say("x"), words="Gardez-moi")
    assert answer.status_code == 429 and "Gardez-moi" in answer.content.decode()
    assert Report.objects.count() == 6


def test_machine_gets_the_same_answer_and_leaves_nothing(say, report):
    comment = say()
    human, machine = report(comment), report(comment, NEXT_DOOR, website="x")
    assert machine["Location"] == human["Location"] and Report.objects.count() == 1


def test_digest_is_emptied_after_thirty_days(say, report):
    report(say("a"))
    report(say("b"))
    old = Report.objects.order_by("pk").first()
    Report.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=31))
    call_command("tick")
    assert [bool(row.network) for row in Report.objects.order_by("pk")] == [False, True]
