"""Where every page stands in every language. Ten queries, however many pages there are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog

from pages.models import HomePage

if TYPE_CHECKING:
    from communities.permissions import AnyUser


class State(TextChoices):
    MISSING = "missing", _("missing")
    DRAFT = "draft", _("draft")
    OUT_OF_DATE = "out-of-date", _("out of date")
    PUBLISHED = "published", _("published")


@dataclass
class Cell:
    """One page in one language. `state` is empty at the source; `url` where the person may go on with it."""

    language: str
    state: State | None
    waiting: int = 0  # strings without a translation
    url: str = ""


@dataclass
class Row:
    title: str
    source_language: str
    url: str
    cells: list[Cell] = field(default_factory=list)


def codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def languages_of(user: AnyUser) -> list[str]:
    """The languages whose tree `user` may edit."""
    homes = HomePage.objects.select_related("locale").order_by("path")
    return [home.locale.language_code for home in homes if home.permissions_for_user(user).can_edit()]


def rows(user: AnyUser, language: str = "", state: str = "") -> list[Row]:
    """Filtered by a language (one column) and a state; an unknown value of either finds nothing."""
    facts, mine = _Facts(), languages_of(user)
    found = [facts.row(key, mine) for key in facts.pages]
    for row in found:
        row.cells = [cell for cell in row.cells if not language or cell.language == language]
    if language or state:
        found = [row for row in found if any(cell.state and state in ("", cell.state) for cell in row.cells)]
    return found


def state_of(page: Page, language: str) -> State | None:
    return next(
        cell.state for cell in _Facts().row(page.translation_key, []).cells if cell.language == language
    )


class _Facts:
    """What the rows are made of, read once."""

    def __init__(self) -> None:
        self.locales = dict(Locale.objects.values_list("pk", "language_code"))
        self.pages: dict[Any, dict[str, Page]] = defaultdict(dict)
        shown = (
            "pk",
            "translation_key",
            "locale_id",
            "alias_of_id",
            "live",
            "draft_title",
            "title",
            "content_type_id",
        )
        for page in Page.objects.filter(depth__gt=1).only(*shown).order_by("path"):
            self.pages[page.translation_key][self.locales[page.locale_id]] = page
        self.translations: dict[Any, dict[str, Translation]] = defaultdict(dict)
        for one in (
            Translation.objects.filter(enabled=True).select_related("source").defer("source__content_json")
        ):
            self.translations[one.source.object_id][self.locales[one.target_locale_id]] = one
        self.waiting = {code: _waiting(pk) for pk, code in self.locales.items()}
        last = TranslationLog.objects.values_list("source", "locale").annotate(Max("created_at"))
        self.published: dict[tuple[int, int], datetime] = {
            (source, locale): when for source, locale, when in last
        }

    def row(self, key: Any, mine: list[str]) -> Row:
        source = self.source_language(key)
        page = self.pages[key][source]
        row = Row(page.title, source, reverse("wagtailadmin_pages:edit", args=[page.pk]))
        row.cells = [self.cell(key, code, source, mine) for code in codes()]
        return row

    def source_language(self, key: Any) -> str:
        for translation in self.translations[key].values():
            return self.locales[translation.source.locale_id]
        own = {code: page for code, page in self.pages[key].items() if not page.alias_of_id}
        followed = {page.alias_of_id for page in self.pages[key].values()}
        first = sorted(own, key=lambda code: (own[code].pk not in followed, own[code].pk))
        return first[0] if first else next(iter(self.pages[key]))

    def cell(self, key: Any, code: str, source: str, mine: list[str]) -> Cell:
        if code == source:
            return Cell(code, None)
        page, translation = self.pages[key].get(code), self.translations[key].get(code)
        waiting = self.waiting[code].get(translation.source_id, 0) if translation else 0
        cell = Cell(code, self.state(page, translation, waiting), waiting)
        if code in mine:
            cell.url = self.way_on(self.pages[key][source], page, cell)
        return cell

    def state(self, page: Page | None, translation: Translation | None, waiting: int) -> State:
        if page is None or page.alias_of_id:
            return State.DRAFT if translation else State.MISSING
        if not page.live:
            return State.DRAFT
        return (
            State.OUT_OF_DATE if translation and (waiting or self.is_older(translation)) else State.PUBLISHED
        )

    def is_older(self, translation: Translation) -> bool:
        """Published before the source changed, be it only in its picture or the order of its blocks."""
        when = self.published.get((translation.source_id, translation.target_locale_id))
        return when is None or when < translation.source.last_updated_at

    def way_on(self, source: Page, page: Page | None, cell: Cell) -> str:
        if page is None or cell.state == State.MISSING:
            begin = reverse("wagtail_localize:submit_page_translation", args=[source.pk])
            return f"{begin}?select_locale={cell.language}"
        return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _waiting(locale: int) -> dict[int, int]:
    """Source -> how many of its strings have no translation in `locale`."""
    done = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=locale, has_error=False
    )
    rows = StringSegment.objects.filter(~Exists(done)).values_list("source").annotate(Count("pk"))
    return dict(rows.order_by())
