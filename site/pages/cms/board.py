"""What the board shows: filtered, sorted, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import inf
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, get_page_models

from news.public_page import PublicPage
from pages.cms.facts import Cell, Facts, Row, State, languages
from pages.models import HomePage
from pages.translations import locales_on

if TYPE_CHECKING:
    from communities.permissions import AnyUser

__all__ = ["Asked", "Cell", "Row", "State", "board", "codes", "languages_of", "rows", "state_of"]

codes = languages
MINE: Final = "mine"
AGES: Final = (
    ("7", _("for a week and longer")),
    ("30", _("for a month and longer")),
    ("90", _("for three months and longer")),
)


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see. An unknown value of any of these finds nothing."""

    language: str = ""  # a code, or "mine"
    state: str = ""
    theme: str = ""  # the slug
    age: str = ""  # days

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Asked:
        return cls(**{name: given.get(name, "")[:40] for name in ("language", "state", "theme", "age")})

    @property
    def anything(self) -> bool:
        return any((self.language, self.state, self.theme, self.age))


@dataclass
class Board:
    rows: list[Row]
    languages: list[str]
    counts: list[tuple[State, int]]
    mine: list[str]


def languages_of(user: AnyUser) -> list[str]:
    """The languages whose tree `user` may edit."""
    homes = HomePage.objects.filter(locale__in=locales_on()).select_related("locale").order_by("path")
    return [home.locale.language_code for home in homes if home.permissions_for_user(user).can_edit()]


def board(user: AnyUser, asked: Asked) -> Board:
    facts, mine = Facts(), languages_of(user)
    shown = _columns(asked.language, mine)
    found = facts.rows(mine)
    if asked.theme:
        about = pages_about(asked.theme)
        found = [row for row in found if row.page_id in about]
    for row in found:
        row.cells = [cell for cell in row.cells if cell.language in shown]
    counts = Counter(cell.state for row in found for cell in row.cells if cell.state)
    found = [row for row in found if any(_matches(cell, asked) for cell in row.cells)]
    found.sort(key=_urgency if asked.anything else lambda row: 0)
    return Board(found, shown, [(state, counts[state]) for state in State], mine)


def _columns(language: str, mine: list[str]) -> list[str]:
    known = languages()
    if language == MINE:
        return [code for code in known if code in mine]
    return [code for code in known if language in ("", code)]


def _matches(cell: Cell, asked: Asked) -> bool:
    if not asked.anything:
        return True
    if asked.language == MINE and not asked.state and not cell.is_open:
        return False
    return bool(cell.state) and asked.state in ("", cell.state) and _waits_long_enough(cell, asked.age)


def _waits_long_enough(cell: Cell, age: str) -> bool:
    if not age:
        return True
    if not (age.isascii() and age.isdigit()) or len(age) > 4:
        return False
    return cell.is_open and cell.since is not None and cell.since <= timezone.now() - timedelta(days=int(age))


def _urgency(row: Row) -> tuple[Any, ...]:
    """What readers ask for, then what has waited longest, then the order of the site."""
    since = row.waits_since
    return (-row.wishes, since.timestamp() if since else inf)


def pages_about(theme: str) -> set[int]:
    """Pages of any type that have themes."""
    found: set[int] = set()
    for model in get_page_models():
        if issubclass(model, PublicPage) and any(
            field.name == "themes" for field in model._meta.get_fields()
        ):
            found |= set(model._default_manager.filter(themes__slug=theme).values_list("pk", flat=True))
    return found


def rows(user: AnyUser, language: str = "", state: str = "") -> list[Row]:
    return board(user, Asked(language=language, state=state)).rows


def state_of(page: Page, language: str) -> State | None:
    return next(
        cell.state for cell in Facts().row(page.translation_key, []).cells if cell.language == language
    )
