import threading
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from communities.models import Submission
from communities.submissions import LIFE, Key, SentBefore, claim, forget_old, is_held, new_key, read_key
from config.twice import is_held_up


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


def with_words(key, digest):
    made = Key(key)
    made.purpose, made.digest = "topic", digest
    return made


def test_same_key_with_other_words_is_told_apart(member):
    assert claim(with_words("k", "one"), by=member, answer="a") == "a"
    assert claim(with_words("k", "one"), by=member, answer="b") == "a"
    with pytest.raises(SentBefore) as told, transaction.atomic():
        claim(with_words("k", "two"), by=member, answer="c")
    assert told.value.answer == "a" and read_key(told.value.fresh, member, "topic")
    # Whoever compares nothing, and what was kept before anything was compared.
    assert claim("k", by=member, answer="d") == "a"


def test_key_of_any_form_is_held_by_its_person(member, moderator):
    assert is_held(new_key(member, "reply"), member)
    assert not is_held(new_key(member, "reply"), moderator)
    assert not is_held("stale", member)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
def test_second_sending_waits_for_the_first_and_not_for_ever(django_db_setup, django_db_blocker):
    """Each with a connection of its own and real commits; the one row is taken away again."""
    claimed, goes_on, results = threading.Event(), threading.Event(), {}
    visitor = AnonymousUser()

    def first():
        with transaction.atomic():
            results["first"] = claim("of-two", by=visitor, answer="first")
            claimed.set()
            goes_on.wait(20)
        connections.close_all()

    def second():
        claimed.wait(20)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '200ms'")
                claim("of-two", by=visitor, answer="second")
        except OperationalError as error:
            results["held up"] = is_held_up(error)
        goes_on.set()
        with transaction.atomic():
            results["second"] = claim("of-two", by=visitor, answer="second")
        connections.close_all()

    with django_db_blocker.unblock():
        try:
            threads = [threading.Thread(target=each) for each in (first, second)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert results == {"first": "first", "held up": True, "second": "first"}
        finally:
            Submission.objects.filter(key="of-two").delete()
            connections.close_all()
