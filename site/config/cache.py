"""Redis that may be away: then nothing is kept and everything is asked for anew. Pages get slower, none fails."""

from __future__ import annotations

import logging
from typing import Any, Final

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
# What could not be said while it was away, by its whole name: said before anything else once it is back.
OWED: Final[set[str]] = set()


class PatientRedisCache(RedisCache):
    """What is set for ever (`timeout=None`) must not be lost in silence: `communities.freshness` says with it that
    kept pages are out of date. Until that could be said, nothing is read here either.
    """

    def add(self, key: str, value: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask("add", False, key, value, *args, **kwargs))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._ask("get", default, key, default, version=version)

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        done = self._ask("set", False, key, value, *args, **kwargs)
        if done is False and (args[0] if args else kwargs.get("timeout", 0)) is None:
            OWED.add(self.make_and_validate_key(key, version=kwargs.get("version")))

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(self._ask("delete", False, key, version=version))

    def touch(self, key: str, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask("touch", False, key, *args, **kwargs))

    def get_many(self, keys: Any, version: int | None = None) -> dict[str, Any]:
        found: dict[str, Any] = self._ask("get_many", {}, list(keys), version=version)
        return found

    def set_many(self, data: dict[str, Any], *args: Any, **kwargs: Any) -> list[str]:
        failed: list[str] = self._ask("set_many", list(data), data, *args, **kwargs)
        return failed

    def has_key(self, key: str, version: int | None = None) -> bool:
        return bool(self._ask("has_key", False, key, version=version))

    def _ask(self, what: str, otherwise: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            for owed in tuple(OWED):
                self._cache.delete(owed)
                OWED.discard(owed)
            return getattr(super(), what)(*args, **kwargs)
        except RedisError as error:
            log.warning("cache away: %s", type(error).__name__)
            return otherwise
