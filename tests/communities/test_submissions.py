from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from communities.models import Submission
from communities.submissions import LIFE, claim, forget_old, new_key, read_key


def test_key_is_read_by_its_own_person_and_form_only(member, moderator):
    given = new_key(member, "topic")
    assert read_key(given, member, "topic")
    assert read_key(given, moderator, "topic") is None
    assert read_key(given, member, "reply") is None
    assert read_key(given, AnonymousUser(), "topic") is None


@pytest.mark.parametrize("given", ["", "x", "a:b:c", ":" * 50, "\0", "ü" * 1000])
def test_forged_key_is_none(given, member):
    assert read_key(given, member, "topic") is None


def test_key_ends_after_its_life(member):
    given = new_key(member, "topic")
    with time_machine.travel(timezone.now() + LIFE + timedelta(seconds=2)):
        assert read_key(given, member, "topic") is None


def test_first_claim_gets_its_own_answer_and_every_later_one_the_first(member):
    key = read_key(new_key(member, "topic"), member, "topic")
    assert [claim(key, by=member, answer=answer) for answer in ("a", "b", "c")] == ["a", "a", "a"]
    assert Submission.objects.get().answer == "a"


def test_claim_of_a_deed_that_failed_is_free_again(member):
    key = read_key(new_key(member, "topic"), member, "topic")
    with pytest.raises(LookupError), transaction.atomic():
        claim(key, by=member, answer="a")
        raise LookupError
    assert claim(key, by=member, answer="b") == "b"


def test_visitors_have_keys_too(db):
    visitor = AnonymousUser()
    key = read_key(new_key(visitor, "registration"), visitor, "registration")
    assert claim(key, by=visitor, answer="a") == "a"


def test_old_keys_are_forgotten(member):
    claim("old", by=member, answer="a")
    Submission.objects.update(created_at=timezone.now() - LIFE - timedelta(hours=1))
    claim("new", by=member, answer="b")
    assert forget_old() == 1
    assert Submission.objects.get().key == "new"
