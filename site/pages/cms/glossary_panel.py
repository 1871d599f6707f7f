"""The glossary at the side of wagtail-localize's editor: it stays in sight while the passages scroll.

The editor itself is a React page that offers no place beside a field; a panel of Wagtail's own is the least that
can break.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail_localize.models import Translation

from pages.glossary.lookup import Doubt, Glossary
from pages.passages import passages

SAID: Final = 5


def doubts_of(translation: Translation) -> list[Doubt]:
    """Terms that the translation renders otherwise than the glossary prefers, each once."""
    glossary = Glossary(translation.source.locale.language_code, translation.target_locale.language_code)
    rows = [row for row in passages(translation) if not row.is_address]
    return list(dict.fromkeys(doubt for row in rows for doubt in glossary.doubts(row.source, row.words)))


def warn_of_doubts(request: HttpRequest, translation: Translation) -> None:
    """For the moment of publishing: a word to think about, no obstacle."""
    doubts = doubts_of(translation)
    for doubt in islice(doubts, SAID):
        words = _("Glossary: “%(term)s” is usually “%(preferred)s” here.")
        messages.warning(request, words % {"term": doubt.hint.term, "preferred": doubt.hint.preferred})
    if len(doubts) > SAID:
        left = len(doubts) - SAID
        more = ngettext("… and %(count)d more term.", "… and %(count)d more terms.", left)
        messages.warning(request, more % {"count": left})


class GlossarySidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Show or hide the glossary")
        icon_name = "openquote"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["count"] = len(self.panel.help["hints"])
            return context

    name = "glossary"
    title = gettext_lazy("Glossary")
    template_name = "pages/cms/glossary_panel.html"
    order = 50

    def __init__(self, instance: Any, request: Any, help_: dict[str, Any]) -> None:
        super().__init__(instance, request)
        self.help = help_

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        return {**context, "help": self.help}
