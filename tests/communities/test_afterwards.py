import logging

import pytest
from django.db import IntegrityError
from django.http import HttpResponse

from communities.afterwards import afterwards

# An answer that is closed looks after the connections of its thread.
pytestmark = pytest.mark.django_db


def test_deed_is_done_when_the_answer_is_sent_and_once():
    done = []
    response = HttpResponse("sent")
    afterwards(response, lambda: done.append("written"))
    assert done == []
    response.close()
    response.close()
    assert done == ["written"]


def test_what_could_not_be_written_is_said_in_the_log_and_nothing_else_happens(caplog):
    def fails():
        raise IntegrityError("gone meanwhile")

    done, response = [], HttpResponse("sent")
    afterwards(response, fails)
    afterwards(response, lambda: done.append("the next"))
    with caplog.at_level(logging.ERROR, "request"):
        response.close()
    assert done == ["the next"] and "not written after the answer" in caplog.text
