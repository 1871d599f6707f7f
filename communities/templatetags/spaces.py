from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.activity import Line, kinds
from communities.models import Activity, Record, Space

register = template.Library()


@register.simple_tag
def space_tabs(space: Space, current: str) -> list[dict[str, Any]]:
    """The tabs of a space that its reader may open."""
    tabs = [
        ("space", _("New"), reverse("communities:space", args=[space.slug])),
        ("forum", _("Forum"), reverse("forum:topics", args=[space.slug])),
        ("events", _("Events"), reverse("events:space_events", args=[space.slug])),
    ]
    if space.rights.allows("see_members"):
        tabs.append(("members", _("Members"), reverse("communities:members", args=[space.slug])))
    if space.rights.allows("admit"):
        tabs.append(("requests", _("Requests"), reverse("communities:requests", args=[space.slug])))
    if space.rights.allows("manage"):
        tabs.append(("landing", _("Public page"), reverse("space_landing", args=[space.slug])))
    tabs.append(("about", _("About"), reverse("communities:about", args=[space.slug])))
    return [{"name": name, "url": url, "current": key == current} for key, name, url in tabs]


@register.simple_tag
def sentence(activity: Activity) -> SafeString:
    """What happened, with the actor's name kept in its own direction."""
    kind = kinds.get(activity.kind)
    if kind is None:
        return SafeString("")
    actor = activity.actor.display_name if activity.actor else _("The team")
    return mark_safe(str(escape(kind.sentence)) % {"actor": format_html("<bdi>{}</bdi>", actor)})  # noqa: S308


VERBS = {
    "founded": gettext_lazy("Space founded"),
    "hidden": gettext_lazy("Space hidden"),
    "archived": gettext_lazy("Space archived"),
    "reopened": gettext_lazy("Space reopened"),
    "words_changed": gettext_lazy("Name or purpose changed"),
    "address_changed": gettext_lazy("Address changed"),
    "figures_agreed": gettext_lazy("Figures on the public page changed"),
    "frozen": gettext_lazy("Space without facilitator: frozen"),
    "inherited": gettext_lazy("Took over as facilitator:"),
    "admitted": gettext_lazy("Admitted:"),
    "declined": gettext_lazy("Declined:"),
    "removed": gettext_lazy("Removed from a space:"),
    "suspended_in_space": gettext_lazy("Suspended in a space:"),
    "role_observer": gettext_lazy("Made an observer:"),
    "role_member": gettext_lazy("Made a member:"),
    "role_moderator": gettext_lazy("Made a moderator:"),
    "role_facilitator": gettext_lazy("Made a facilitator:"),
    "account_approved": gettext_lazy("Account approved:"),
    "account_declined": gettext_lazy("Account declined:"),
    "account_suspended": gettext_lazy("Account suspended:"),
    "account_reinstated": gettext_lazy("Account reinstated:"),
    "organisation_approved": gettext_lazy("Organisation approved; proposed by"),
    "organisation_declined": gettext_lazy("Organisation declined; proposed by"),
    "organisation_changed": gettext_lazy("Organisation changed"),
    "organisation_merged": gettext_lazy("Two organisations made one"),
    "comment_hidden": gettext_lazy("Comment hidden:"),
    "comment_restored": gettext_lazy("Comment shown again:"),
    "comment_approved": gettext_lazy("Comment approved:"),
    "comment_refused": gettext_lazy("Comment not approved:"),
    "comment_reports_settled": gettext_lazy("Comment left as it is:"),
}


@register.filter
def verb(record: Record) -> str:
    """What a row of the record says was done."""
    return str(VERBS.get(record.verb, record.verb))


@register.filter
def line_of(lines: dict[int, Line], activity: Activity) -> Line | None:
    return lines.get(activity.pk)


@register.filter
def of(mapping: dict[Any, Any], key: Any) -> Any:
    return mapping.get(key, "")
