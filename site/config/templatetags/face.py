"""The components as tags, in every template without `{% load %}`. `site/templates/components/` draws them."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django import template
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.template import Context
from django.template.defaultfilters import date as format_date
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext_lazy

from pages.frame.reading import Frame, frame

register = template.Library()

SPRITE: Final = Path(__file__).resolve().parents[2] / "static" / "icons" / "icons.svg"
ARABIC: Final = re.compile("[\u0600-\u06ff\u0750-\u077f]")


# The site ---------------------------------------------------------------------------------------------------
@register.simple_tag
def site_frame() -> Frame:
    """`{% site_frame as around %}`, for mails: they have no request. In the language that is active."""
    return frame()


# Icons ------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=1)
def icons() -> dict[str, bool]:
    """Each symbol of the sprite, and whether it points somewhere and so mirrors in Arabic."""
    symbols = re.findall(r'<symbol id="([\w-]+)"([^>]*)>', SPRITE.read_text(encoding="utf-8"))
    return {name: "data-mirror" in rest for name, rest in symbols}


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """`{% icon "lock" %}`: always beside a word, so it is hidden from screen readers. Size in pixels."""
    return _drawn(name, size, settings.STATIC_URL)


@lru_cache(maxsize=500)
def _drawn(name: str, size: int, _static_url: str) -> SafeString:
    """A page draws a dozen of them, always the same ones."""
    return format_html(
        '<svg class="i{}" width="{}" height="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        " flip" if icons().get(name) else "",
        size,
        size,
        static("icons/icons.svg"),
        name,
    )


@register.simple_tag
def plate() -> SafeString:
    """The woven picture for a page that has none."""
    return format_html(
        '<svg class="plate" width="328" height="96" aria-hidden="true"><use href="{}#plate"/></svg>',
        static("icons/icons.svg"),
    )


# Monograms --------------------------------------------------------------------------------------------------
_SMALL_EN_NL: Final = "a an and at for in of on the to het een en op van voor"
_SMALL_FR: Final = "au aux d de des du en et l la le les par pour sur un une"
SMALL_WORDS: Final = frozenset(f"{_SMALL_EN_NL} {_SMALL_FR}".split())


def initials(name: str, most: int) -> str:
    """The first letters of at most `most` words; one letter in Arabic, without the article."""
    words = [word for word in re.split(r"[\s'’-]+", name.strip()) if word[:1].isalnum()]
    if not words:
        return "·"
    if ARABIC.match(words[0]):
        return words[0].removeprefix("ال")[:1] or words[0][:1]
    telling = [word for word in words if word.lower() not in SMALL_WORDS] or words
    return "".join(word[0] for word in telling[:most]).upper()


def _letters(kind: str, name: str, most: int, extra: str) -> SafeString:
    return _piece(kind, initials(str(name), most), extra)


@lru_cache(maxsize=1000)
def _piece(kind: str, letters: str, extra: str) -> SafeString:
    lang = format_html(' lang="{}"', "ar") if ARABIC.match(letters) else ""
    css = " ".join(filter(None, (kind, extra)))
    return format_html('<span class="{}" aria-hidden="true"{}>{}</span>', css, lang, letters)


@register.simple_tag
def mono(name: str, hue: int | str = "", size: str = "") -> SafeString:
    """A space: square, in its hue (1 to 8). Size: "" or "big"."""
    return _letters("mono", name, 2, " ".join(filter(None, (f"hue-{hue}" if hue else "", size))))


@register.simple_tag
def monogram(name: str, size: str = "") -> SafeString:
    """A person without a photo: round, grey. Size: "", "big" or "tiny"."""
    return _letters("face", name, 1, size)


# Words for states -------------------------------------------------------------------------------------------
VISIBILITIES: Final = {
    "public": ("globe", gettext_lazy("Public"), gettext_lazy("Public: everyone on the internet can read it")),
    "network": (
        "users-round",
        gettext_lazy("Network"),
        gettext_lazy("Network: every approved member of the network can read it"),
    ),
    "closed": (
        "lock",
        gettext_lazy("Closed"),
        gettext_lazy("Closed: only members read what is written here"),
    ),
    "hidden": (
        "eye-off",
        gettext_lazy("Hidden"),
        gettext_lazy("Hidden: only members know that it exists and read what is written here"),
    ),
}


# On the public site a space is called a community: where nouns have a gender, the words follow it.
OF_A_COMMUNITY: Final = {
    "public": pgettext_lazy("visibility of a community", "Public"),
    "network": pgettext_lazy("visibility of a community", "Open to the network"),
    "closed": pgettext_lazy("visibility of a community", "Closed"),
    "hidden": pgettext_lazy("visibility of a community", "Hidden"),
}


@register.simple_tag
def visibility(value: str, form: str = "badge") -> SafeString:
    """Who reads a space, in words: "badge" (one word), "fact" (icon and word), "community" (the same on the
    public site) or "sentence".
    """
    return _visibility(get_language() or "", settings.STATIC_URL, str(value), form)


@lru_cache(maxsize=100)
def _visibility(_language: str, _static_url: str, value: str, form: str) -> SafeString:
    name, word, sentence = VISIBILITIES[value]
    if form == "sentence":
        return format_html('<span class="state">{}<span>{}</span></span>', icon(name), sentence)
    if form == "community":
        return format_html('<span class="fact">{}{}</span>', icon(name), OF_A_COMMUNITY[value])
    return format_html('<span class="{}">{}{}</span>', form, icon(name), word)


def name_of_language(code: str) -> str:
    """In the language itself: Français, العربية; the code where nobody knows it."""
    ours = dict(settings.LANGUAGES)
    known = ours.get(code) or LANG_INFO.get(code, {}).get("name_local") or code
    return known[:1].upper() + known[1:]


@register.simple_tag
def lang_name(code: str) -> SafeString:
    """The name of a language in that language, marked as such."""
    return format_html('<bdi lang="{}">{}</bdi>', code, name_of_language(code))


@register.simple_tag
def lang_chip(code: str, url: str = "", current: bool = False) -> SafeString:
    """A language to choose, or, without an address, a badge that says which one."""
    if not url:
        return format_html('<span class="badge" lang="{}">{}</span>', code, name_of_language(code))
    here = format_html(' aria-current="{}"', "true") if current else ""
    return format_html(
        '<a class="chip" href="{}" lang="{}" hreflang="{}"{}>{}</a>',
        url,
        code,
        code,
        here,
        name_of_language(code),
    )


# Time -------------------------------------------------------------------------------------------------------
@register.simple_tag
def when(moment: datetime | date | None, form: str = "near") -> SafeString:
    """A moment in the reader's zone. "near": 12 minutes ago; today, 10:20; 16 November, 10:20; then the date.

    "date": the day alone; "full": day, year and hour; "time": the hour alone.
    """
    if moment is None:
        return SafeString("")
    if not isinstance(moment, datetime):
        return _time(moment.isoformat(), date_format(moment))
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    stamp = local.isoformat(timespec="minutes")
    return _time(stamp, format_date(local, FORMATS[form])) if form in FORMATS else _near(local, stamp)


FORMATS: Final = {"date": "DATE_FORMAT", "full": "DATETIME_FORMAT", "time": "TIME_FORMAT"}


def _time(stamp: str, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', stamp, words)


def _near(local: datetime, stamp: str) -> SafeString:
    now = timezone.localtime() if timezone.is_aware(local) else timezone.localtime().replace(tzinfo=None)
    minutes = int((now - local).total_seconds() // 60)
    if 0 <= minutes < 60:
        return _time(stamp, minutes_ago(minutes))
    days = (now.date() - local.date()).days
    return _further(get_language() or "", stamp, days, now.year)


@lru_cache(maxsize=4096)
def _further(_language: str, stamp: str, days: int, this_year: int) -> SafeString:
    """A page says twenty of them, and the next page mostly the same ones."""
    local = datetime.fromisoformat(stamp).replace(tzinfo=None)
    hour = date_format(local, "TIME_FORMAT")
    if days in _DAYS:
        return _time(stamp, str(_DAYS[days]) % {"time": hour})
    if local.year == this_year:
        day = date_format(local, "MONTH_DAY_FORMAT")
        return _time(stamp, gettext("%(day)s, %(time)s") % {"day": day, "time": hour})
    return _time(stamp, date_format(local, "DATE_FORMAT"))


_DAYS: Final = {
    0: gettext_lazy("today, %(time)s"),
    1: gettext_lazy("yesterday, %(time)s"),
    -1: gettext_lazy("tomorrow, %(time)s"),
}


def minutes_ago(minutes: int) -> str:
    if minutes == 0:
        return gettext("just now")
    return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}


# Files ------------------------------------------------------------------------------------------------------
FILE_KINDS: Final = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "audio/mpeg": "MP3",
    "audio/ogg": "OGG",
    "audio/wav": "WAV",
    "audio/x-wav": "WAV",
    "video/mp4": "MP4",
    "text/plain": "TXT",
    "text/markdown": "TXT",
}


@register.filter
def size_in_words(size: int | None) -> str:
    """Bytes as one says them: 310 KB, 1.4 MB, 2.1 GB. Thousands, as download counters use them."""
    size = int(size or 0)
    if size < 1000:
        return ngettext("%(count)d byte", "%(count)d bytes", size) % {"count": size}
    if size < 999_500:
        return gettext("%(number)s KB") % {"number": number_format(round(size / 1000))}
    if size >= 999_500_000:
        return gettext("%(number)s GB") % {"number": number_format(round(size / 1_000_000_000, 1), 1)}
    decimals = 1 if size < 9_950_000 else 0
    return gettext("%(number)s MB") % {"number": number_format(round(size / 1_000_000, decimals), decimals)}


@register.filter
def file_kind(file: Any) -> str:
    """The name people use for a file's type; its ending in capitals where there is none."""
    kind = FILE_KINDS.get(getattr(file, "content_type", "") or "")
    return kind or str(getattr(file, "name", "")).rpartition(".")[2].upper()[:5]


@register.simple_tag(takes_context=True)
def saves_data(context: Context) -> bool:
    """Whether the reader's browser asks for little (`Save-Data`): pictures then wait for a tap (face.md)."""
    request = context.get("request")
    return request is not None and request.headers.get("Save-Data", "").lower() == "on"


@register.inclusion_tag("components/file.html")
def file_row(file: Any, title: str = "", lang: str = "", url: str = "") -> dict[str, Any]:
    """One file: name, type, and size before anything is fetched. Takes whatever has a StoredFile's fields."""
    return {"file": file, "title": title or file.name, "lang": lang, "url": url or file.url}


# Blocks -----------------------------------------------------------------------------------------------------
MESSAGE_ICONS: Final = {"": "info", "ochre": "info", "brick": "triangle-alert"}


@register.simple_block_tag
def message(content: str, tone: str = "", icon_name: str = "") -> SafeString:
    """What happened and what to do next: tone "", "ochre" (mind this) or "brick" (went wrong)."""
    return format_html(
        '<div class="{}"{}>{}{}</div>',
        " ".join(filter(None, ("message", tone))),
        SafeString(' role="alert"') if tone == "brick" else "",
        icon(icon_name or MESSAGE_ICONS.get(tone, "info")),
        content,
    )


@register.simple_block_tag
def menu(content: str, label: str, icon_name: str = "ellipsis") -> SafeString:
    """A `<details>` menu of `<li>`: links, or forms with one button. The label is for screen readers."""
    return format_html(
        '<details class="menu"><summary>{}<span class="hush">{}</span></summary>'
        '<ul class="menu-box">{}</ul></details>',
        icon(icon_name),
        label,
        content,
    )


@register.filter
def joined(words: list[str]) -> SafeString:
    """A list in words, each kept in its own direction."""
    separator = gettext(", ")
    return format_html_join(separator, "<bdi>{}</bdi>", ((word,) for word in words))
