"""How a room declares its addresses: `tests/<room>/routes.py` holds `ROUTES`, the closure test reads them all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Route:
    """One address with its policy.

    policy: who gets in.
      "open"            everyone
      "account"         whoever is signed in; for a visitor the ordinary 404 with its sign-in link
      "network"         approved people; for everybody else the ordinary 404
      "network in words"  approved people; for everybody else 403 with the reason: the page it is about is public
      "staff"           the platform's team; for everybody else the ordinary 404
      "space:<action>"  the tables of permissions.py: unknown space 404, known but unreadable 403, refused action 403
      "space:owner"     below a space one may read; whose thing it is decides then
      "known"           unknown space 404; whoever may know it gets an answer that is no 404
      "owner"           one person's own thing; for everybody else the ordinary 404
      "cms"             Wagtail's admin; decided by its permissions
      "thirdparty"      not ours: allauth's and Wagtail's own, tried elsewhere; say where in `note`
    make: (space or None) -> kwargs of the address; makes what it needs. For "space:" it gets each space in turn.
    method: the one the closure test sends. data: what it sends.
    """

    name: str
    policy: str
    make: Callable[[Any], dict[str, Any]] = field(default=lambda space: {"slug": space.slug} if space else {})
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
    note: str = ""

    @property
    def is_of_space(self) -> bool:
        return self.policy.startswith("space:") or self.policy == "known"
