import logging

import pytest
from django.db import IntegrityError
from django.http import HttpResponse

from communities import afterwards as module
from communities.afterwards import afterwards, await_written

# An answer that is closed looks after the connections of its thread.
pytestmark = pytest.mark.django_db


def test_deed_is_done_when_the_answer_is_sent_and_once(member):
    done = []
    response = HttpResponse("sent")
    afterwards(response, lambda: done.append("written"), by=member)
    assert done == []
    response.close()
    response.close()
    assert done == ["written"]


def test_what_could_not_be_written_is_said_in_the_log_and_nothing_else_happens(caplog, member):
    def fails():
        raise IntegrityError("gone meanwhile")

    done, response = [], HttpResponse("sent")
    afterwards(response, fails, by=member)
    afterwards(response, lambda: done.append("the next"), by=member)
    with caplog.at_level(logging.ERROR, "request"):
        response.close()
    assert done == ["the next"] and "not written after the answer" in caplog.text


def test_next_page_of_that_person_waits_for_it_and_nobody_else(member, observer, monkeypatch):
    response, waits = HttpResponse("sent"), []
    monkeypatch.setattr(module.time, "sleep", lambda _seconds: waits.append(response.close()))
    afterwards(response, lambda: None, by=member)
    await_written(observer)
    assert waits == []
    await_written(member)
    await_written(member)
    assert len(waits) == 1


def test_what_was_lost_is_not_waited_for_for_ever(member, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.03)
    afterwards(HttpResponse("sent"), lambda: None, by=member)
    await_written(member)
