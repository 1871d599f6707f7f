"""Redis that is away fails no page; what it missed is made up for before anything is read again."""

import pytest
from redis.exceptions import ConnectionError as Away

from config import cache


class Client:
    """The part of Django's Redis client that is asked, with a switch."""

    def __init__(self):
        self.kept, self.is_away = {}, False

    def _check(self):
        if self.is_away:
            raise Away

    def get(self, key, default):
        self._check()
        return self.kept.get(key, default)

    def set(self, key, value, timeout):
        self._check()
        self.kept[key] = value

    def delete(self, key):
        self._check()
        return self.kept.pop(key, None) is not None


@pytest.fixture
def redis(monkeypatch):
    client = Client()
    monkeypatch.setattr(cache.PatientRedisCache, "_cache", client)
    yield client
    cache.OWED.clear()


def test_page_is_answered_without_what_was_kept(redis):
    kept = cache.PatientRedisCache("redis://nowhere", {})
    kept.set("a", 1, timeout=60)
    redis.is_away = True
    assert kept.get("a", 7) == 7
    kept.set("a", 2, timeout=60)
    assert not kept.delete("a")
    redis.is_away = False
    assert kept.get("a") == 1


def test_word_that_could_not_be_changed_is_forgotten_before_anything_is_read(redis):
    kept = cache.PatientRedisCache("redis://nowhere", {})
    kept.set("generation", "old", timeout=None)
    redis.is_away = True
    kept.set("generation", "new", timeout=None)
    redis.is_away = False
    assert kept.get("generation") is None
