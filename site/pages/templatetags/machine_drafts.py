"""What a translator is told about drafts by machine and about the glossary, wherever they work on a page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django import template
from django.utils import timezone
from wagtail_localize.models import Translation

from pages import translations
from pages.cms import editor, machine
from pages.cms.glossary_panel import GlossarySidePanel
from pages.glossary.lookup import Glossary
from pages.machine.server import named_server
from pages.models import MachineRun
from pages.passages import passages

register = template.Library()
NEWS: Final = timedelta(hours=1)


@register.simple_tag
def machine_state(translation: Translation) -> dict[str, Any]:
    """Whether there is something to ask a machine for, and what became of the last time."""
    server = named_server()
    if server is None:
        return {}
    runs = MachineRun.objects.filter(translation=translation).select_related(
        "translation__source__locale", "translation__target_locale"
    )
    last = runs.order_by("-pk").first()
    return {
        "host": server.host,
        "empty": translations.untranslated(translation).exclude(context__path="slug").count(),
        "trouble": _trouble_of(last) if last else "",
        "is_running": runs.under_way().exists(),
    }


def _trouble_of(run: MachineRun) -> str:
    """For whoever comes back: what went wrong behind their back, as long as it is news."""
    recent = run.ended_at and timezone.now() - run.ended_at < NEWS
    return (run.words or (machine.damaged(run) if run.damaged else "")) if recent else ""


@register.simple_tag
def translating_help(translation: Translation) -> dict[str, Any]:
    """The terms of a page, and how much of it nobody has gone over. Three queries, however long the page."""
    source, target = translation.source.locale.language_code, translation.target_locale.language_code
    glossary, rows = Glossary(source, target), passages(translation)
    hints = [hint for row in rows if not row.is_address for hint in glossary.hints(row.source)]
    return {
        "hints": list(dict.fromkeys(hints)),
        "unread": sum(row.is_unread for row in rows),
        "source": source,
        "target": target,
    }


@register.simple_tag(takes_context=True)
def editor_props(context: Any) -> str:
    """Puts right what the editor's script is handed; before its element is drawn."""
    context["props"] = editor.props(context["props"])
    return ""


@register.simple_tag
def earlier_passages(translation: Translation) -> list[dict[str, Any]]:
    return editor.earlier(translation)


@register.simple_tag(takes_context=True)
def glossary_panel(context: Any, help_: dict[str, Any]) -> str:
    """Adds the panel to those of the page; before the header and the panels are drawn."""
    context["side_panels"].insert(0, GlossarySidePanel(context["instance"], context["request"], help_))
    return ""
