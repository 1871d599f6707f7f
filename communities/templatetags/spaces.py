from __future__ import annotations

from typing import Any

from django import template
from django.template import engines
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from communities.activity import Line, kinds
from communities.models import Activity, Record, Space
from communities.readers import audience
from communities.verbs import VERBS

register = template.Library()


@register.simple_tag
def space_tabs(space: Space, current: str) -> list[dict[str, Any]]:
    """The tabs of a space that its reader may open."""
    tabs = [("space", _("New"), reverse("communities:space", args=[space.slug]))]
    if space.has_forum:
        tabs.append(("forum", _("Forum"), reverse("forum:topics", args=[space.slug])))
    if space.has_library:
        tabs.append(("library", _("Library"), reverse("library:library", args=[space.slug])))
    if space.has_events:
        tabs.append(("events", _("Events"), reverse("events:space_events", args=[space.slug])))
    if space.rights.allows("see_members"):
        tabs.append(("members", _("Members"), reverse("communities:members", args=[space.slug])))
    if space.rights.allows("admit"):
        tabs.append(("requests", _("Requests"), reverse("communities:requests", args=[space.slug])))
    if space.rights.allows("export"):
        tabs.append(("desk", _("Facilitate"), reverse("communities:desk", args=[space.slug])))
    if space.rights.allows("manage"):
        tabs.append(("landing", _("Public page"), reverse("space_landing", args=[space.slug])))
    tabs.append(("about", _("About"), reverse("communities:about", args=[space.slug])))
    return [{"name": name, "url": url, "current": key == current} for key, name, url in tabs]


@register.simple_tag
def space_cards(spaces: list[Space]) -> SafeString:
    """As `communities.cards` brings them."""
    template: Any = engines["jinja2"].get_template("communities/space_cards.html")
    around = {"spaces": spaces, "members_words": _members_words}
    return SafeString(template.template.render(around))


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
