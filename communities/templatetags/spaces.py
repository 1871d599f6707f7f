from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from communities.activity import Line, kinds
from communities.drawing import draw
from communities.models import Activity, Record, Space
from communities.readers import audience
from communities.verbs import VERBS

register = template.Library()


# Name of a tab -> where it leads, its word.
TABS: Final = {
    "space": ("communities:space", gettext_lazy("New")),
    "forum": ("forum:topics", gettext_lazy("Forum")),
    "library": ("library:library", gettext_lazy("Library")),
    "events": ("events:space_events", gettext_lazy("Events")),
    "members": ("communities:members", gettext_lazy("Members")),
    "requests": ("communities:requests", gettext_lazy("Requests")),
    "desk": ("communities:desk", gettext_lazy("Facilitate")),
    "landing": ("space_landing", gettext_lazy("Public page")),
    "about": ("communities:about", gettext_lazy("About")),
}
# Stands for the slug of a space where the tabs of all spaces are the same.
A_SLUG: Final = "0-0-0-slug-0-0-0"


@register.simple_tag
def space_tabs(space: Space, current: str) -> SafeString:
    """The tabs of a space that its reader may open."""
    hidden = {
        "forum": not space.has_forum,
        "library": not space.has_library,
        "events": not space.has_events,
        "members": not space.rights.allows("see_members"),
        "requests": not space.rights.allows("admit"),
        "desk": not space.rights.allows("export"),
        "landing": not space.rights.allows("manage"),
    }
    shown = tuple(name for name in TABS if not hidden.get(name))
    return SafeString(_tabs(get_language() or "", shown, current).replace(A_SLUG, space.slug))


@lru_cache(maxsize=500)
def _tabs(_language: str, shown: tuple[str, ...], current: str) -> SafeString:
    """Drawn once per process for all spaces and readers that have the same ones."""
    tabs = [(name == current, reverse(TABS[name][0], args=[A_SLUG]), TABS[name][1]) for name in shown]
    return draw("communities/space_tabs.html", tabs=tabs)


@register.simple_tag
def space_cards(spaces: list[Space]) -> SafeString:
    """As `communities.cards` brings them."""
    spaces_url = reverse("communities:spaces")
    return draw(
        "communities/space_cards.html", spaces=spaces, spaces_url=spaces_url, members_words=_members_words
    )


def _members_words(number: int) -> str:
    return ngettext("%(number)s member", "%(number)s members", number) % {"number": number_format(number)}


@register.inclusion_tag("communities/who_can_see.html")
def who_can_see(space: Space, is_open: bool = False) -> dict[str, Any]:
    """*Who can see this?*, for a thing before it is published; `is_open`: everyone may, whatever its space shows."""
    return {"space": space, "audience": audience(space, is_open=is_open)}


@register.simple_tag
def said(space: Space, field: str) -> dict[str, str]:
    """Words of a space for this reader, and the language they are in; `other` where it is not the reader's."""
    words, language = space.said(field)
    return {"words": words, "language": language, "other": language if language != get_language() else ""}


@register.simple_tag
def sentence(activity: Activity) -> SafeString:
    """What happened, with the actor's name kept in its own direction."""
    kind = kinds.get(activity.kind)
    if kind is None:
        return SafeString("")
    actor = activity.actor.display_name if activity.actor else _("The team")
    return mark_safe(str(escape(kind.sentence)) % {"actor": format_html("<bdi>{}</bdi>", actor)})  # noqa: S308


@register.filter
def verb(record: Record) -> str:
    """What a row of the record says was done."""
    return str(VERBS.get(record.verb, record.verb))


@register.filter
def deed(record: Record) -> str:
    """The same, where no name follows."""
    return verb(record).rstrip(": \u00a0\u202f")


@register.filter
def line_of(lines: dict[int, Line], activity: Activity) -> Line | None:
    return lines.get(activity.pk)


@register.filter
def of(mapping: dict[Any, Any], key: Any) -> Any:
    return mapping.get(key, "")
