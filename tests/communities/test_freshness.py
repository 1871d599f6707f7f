"""A change makes what was kept before unfindable, and only once it is certain."""

import pytest
from django.core.cache import caches
from django.db import transaction

from communities import freshness

pytestmark = pytest.mark.django_db


def test_word_stays_while_nothing_changes():
    assert freshness.current() == freshness.current()


def test_change_gives_another_word_after_the_commit_only(django_capture_on_commit_callbacks):
    before = freshness.current()
    with django_capture_on_commit_callbacks(execute=True):
        freshness.changed()
        assert freshness.current() == before
    assert freshness.current() != before


def test_change_that_is_rolled_back_keeps_the_word(django_capture_on_commit_callbacks):
    before = freshness.current()
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        freshness.changed()
        raise ZeroDivisionError
    assert freshness.current() == before


def test_word_that_the_cache_forgot_is_never_used_again():
    before = freshness.current()
    caches[freshness.CACHE].clear()
    assert freshness.current() != before
