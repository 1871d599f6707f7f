"""Where every page stands in every language, read once: the same number of queries, however many pages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Exists, Max, OuterRef, TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog

from pages.models import Wish
from pages.translations import EARLIER_WORDS, MACHINE, locales_on


class State(TextChoices):
    MISSING = "missing", _("missing")
    DRAFT = "draft", _("draft")
    MACHINE = "machine-draft", _("machine draft")
    OUT_OF_DATE = "out-of-date", _("out of date")
    PUBLISHED = "published", _("published")


@dataclass
class Cell:
    """One page in one language. `state` is empty at the source; `url` where the person may go on with it."""

    language: str
    state: State | None
    waiting: int = 0  # strings without a translation
    unread: int = 0  # drafts that nobody has gone over
    wishes: int = 0  # readers who asked for it
    since: datetime | None = None  # since when it waits
    url: str = ""
    translation: Translation | None = None
    doubts: int = 0  # terms said otherwise than the glossary has them, once `doubts.mark` has looked

    @property
    def is_open(self) -> bool:
        return self.state is not None and self.state != State.PUBLISHED


@dataclass
class Row:
    page_id: int
    title: str
    source_language: str
    url: str
    cells: list[Cell] = field(default_factory=list)

    @property
    def wishes(self) -> int:
        return sum(cell.wishes for cell in self.cells)

    @property
    def waits_since(self) -> datetime | None:
        return min((cell.since for cell in self.cells if cell.is_open and cell.since), default=None)


SHOWN = (
    "pk", "path", "depth", "translation_key", "locale_id", "alias_of_id", "live", "draft_title", "title",
    "content_type_id", "first_published_at", "latest_revision_created_at",
)  # fmt: skip


DIFFERENT: Final = Count("string", distinct=True)


class Facts:
    def __init__(self) -> None:
        self.locales = dict(locales_on().values_list("pk", "language_code"))
        self.pages: dict[Any, dict[str, Page]] = defaultdict(dict)
        for page in Page.objects.filter(depth__gt=1, locale__in=self.locales).only(*SHOWN).order_by("path"):
            self.pages[page.translation_key][self.locales[page.locale_id]] = page
        self.sources: dict[Any, str] = {}
        self.translations: dict[Any, dict[str, Translation]] = defaultdict(dict)
        for one in self.begun():
            self.translations[one.source.object_id][self.locales[one.target_locale_id]] = one
        self.waiting = {code: _waiting(pk) for pk, code in self.locales.items()}
        self.unread = {code: _unread(pk) for pk, code in self.locales.items()}
        last = TranslationLog.objects.values_list("source", "locale").annotate(Max("created_at"))
        self.published = {(source, locale): when for source, locale, when in last.order_by()}
        asked = Wish.objects.values_list("translation_key", "language").annotate(Count("pk"))
        self.wishes = {(key, code): count for key, code, count in asked.order_by()}

    def begun(self) -> Any:
        """Of languages that are on, from sources that are there."""
        rows = Translation.objects.filter(
            enabled=True, target_locale__in=self.locales, source__locale__in=self.locales
        )
        return rows.select_related("source", "baseline").defer(
            "source__content_json", "baseline__passages", "baseline__values"
        )

    def rows(self, mine: list[str]) -> list[Row]:
        return [self.row(key, mine) for key in self.pages]

    def row(self, key: Any, mine: list[str]) -> Row:
        source = self.source_language(key)
        page = self.pages[key][source]
        row = Row(page.pk, page.title, source, reverse("wagtailadmin_pages:edit", args=[page.pk]))
        row.cells = [self.cell(key, code, source, mine) for code in in_order(self.locales.values())]
        return row

    def source_language(self, key: Any) -> str:
        there = self.pages[key]
        for translation in self.translations[key].values():
            code = self.locales[translation.source.locale_id]
            if code in there:
                return code
        own = {code: page for code, page in there.items() if not page.alias_of_id}
        followed = {page.alias_of_id for page in there.values()}
        first = sorted(own, key=lambda code: (own[code].pk not in followed, own[code].pk))
        return first[0] if first else next(iter(there))

    def cell(self, key: Any, code: str, source: str, mine: list[str]) -> Cell:
        if code == source:
            return Cell(code, None)
        page, translation = self.pages[key].get(code), self.translations[key].get(code)
        cell = Cell(code, None, wishes=self.wishes.get((key, code), 0))
        drafted = 0
        cell.translation = translation
        if translation:
            cell.waiting = self.waiting[code].get(translation.source_id, 0)
            cell.unread, drafted = self.unread[code].get(translation.source_id, (0, 0))
        cell.state = self.state(page, translation, cell.waiting + cell.unread, drafted)
        cell.since = self.since(cell.state, self.pages[key][source], translation)
        cell.url = self.way_on(self.pages[key][source], cell, code in mine)
        return cell

    def state(self, page: Page | None, translation: Translation | None, left: int, drafted: int) -> State:
        if drafted:
            return State.MACHINE
        if page is None or page.alias_of_id:
            return State.DRAFT if translation else State.MISSING
        if not page.live:
            return State.DRAFT
        return State.OUT_OF_DATE if translation and (left or self.is_older(translation)) else State.PUBLISHED

    def is_older(self, translation: Translation) -> bool:
        """Published before the source changed, be it only in its picture or the order of its blocks."""
        when = self.published.get((translation.source_id, translation.target_locale_id))
        return when is None or when < translation.source.last_updated_at

    def since(self, state: State, source: Page, translation: Translation | None) -> datetime | None:
        if state == State.PUBLISHED:
            return None
        if translation is None:
            return source.first_published_at or source.latest_revision_created_at
        baseline = getattr(translation, "baseline", None)
        if baseline is not None:
            return baseline.waiting_since or translation.source.last_updated_at
        return translation.created_at

    def way_on(self, source: Page, cell: Cell, is_mine: bool) -> str:
        """Beginning is for those of the language; everybody in the CMS may look at what is begun."""
        if cell.state != State.MISSING and cell.language in self.translations[source.translation_key]:
            return reverse("pages_translation", args=[source.pk, cell.language])
        if not is_mine:
            return ""
        if cell.state == State.MISSING:
            begin = reverse("wagtail_localize:submit_page_translation", args=[source.pk])
            return f"{begin}?select_locale={cell.language}"
        page = self.pages[source.translation_key].get(cell.language)
        return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else ""


def in_order(codes: Any) -> list[str]:
    """As the site's settings have them."""
    from django.conf import settings

    on = set(codes)
    return [code for code, _name in settings.LANGUAGES if code in on]


def _waiting(locale: int) -> dict[int, int]:
    """Source -> how many different strings have no translation in `locale`: the same words twice are one passage."""
    done = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=locale, has_error=False
    )
    rows = StringSegment.objects.filter(~Exists(done)).values_list("source").annotate(DIFFERENT)
    return dict(rows.order_by())


def _unread(locale: int) -> dict[int, tuple[int, int]]:
    """Source -> strings that nobody has gone over: all, and those of a machine."""
    rows = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=locale,
        translation_type=MACHINE,
    )
    drafts = StringSegment.objects.filter(Exists(rows)).values_list("source").annotate(DIFFERENT)
    machine = StringSegment.objects.filter(Exists(rows.exclude(tool_name=EARLIER_WORDS)))
    by_machine = dict(machine.values_list("source").annotate(DIFFERENT).order_by())
    return {source: (count, by_machine.get(source, 0)) for source, count in drafts.order_by()}


def languages() -> list[str]:
    return in_order(locales_on().values_list("language_code", flat=True))


def locale_of(code: str) -> Locale | None:
    return locales_on().filter(language_code=code).first()
