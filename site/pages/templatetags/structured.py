"""The part of a public page's head that machines read."""

from __future__ import annotations

import json
from typing import Any, Final

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models import Event
from news.public_page import PublicPage
from pages import structured

register = template.Library()
# Inside a script element only these can end it or begin a comment; JSON knows them by number too.
_ESCAPED: Final = {
    ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029",
}  # fmt: skip


def data_block(data: dict[str, Any]) -> SafeString:
    """Data, not a script: no browser runs it, and the strict policy has nothing against it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  escaped above


@register.inclusion_tag("pages/machine_head.html", takes_context=True)
def page_head(context: Any, page: PublicPage) -> dict[str, Any]:
    """Canonical, languages, card and data of a CMS page. No query of its own but for the breadcrumb."""
    request: HttpRequest | None = context.get("request")
    links = [link for link in context["language_links"] if link.absolute]
    own = next((link for link in links if link.current), None)
    if page.pk is None or own is None or request is None:
        return {}  # a preview
    source = next((link for link in links if link.code == page.source_language and link.translated), None)
    url = source.absolute if page.is_stand_in and source else own.absolute
    number = request.GET.get("page", "")
    is_plain = not any(request.GET.values())
    is_filtered = bool(context.get("noindex")) or any(
        value for name, value in request.GET.items() if name != "page"
    )
    translated = [link for link in links if link.translated]
    card = structured.card_of(
        page, url, [link.code for link in translated if link.absolute != url], str(context["site_name"])
    )
    return {
        "is_hidden_from_robots": page.is_stand_in or is_filtered,
        "canonical": "" if is_filtered else (f"{url}?page={number}" if number not in ("", "1") else url),
        "alternates": _with_default([(link.code, link.absolute) for link in translated], page.source_language)
        if is_plain and not page.is_stand_in
        else [],
        "card": card,
        "data": "" if page.is_stand_in or not is_plain else data_block(structured.graph_of(page, card)),
    }


def _with_default(links: list[tuple[str, str]], source: str) -> list[tuple[str, str]]:
    """`x-default`: the site's own language, else the one in which it was written, as in the sitemap."""
    by_code = dict(links)
    default = by_code.get(settings.LANGUAGE_CODE) or by_code.get(source)
    return [*links, ("x-default", default)] if default else links


@register.inclusion_tag("pages/machine_head.html", takes_context=True)
def event_head(context: Any, event: Event) -> dict[str, Any]:
    """Nothing at all of an event that is not open to everyone."""
    if not event.is_open:
        return {"is_hidden_from_robots": True}
    texts = sorted(text.language for text in event.texts.all())
    shown, here = event.text, get_language() or settings.LANGUAGE_CODE
    language = _language_of(event)
    links = [(code, _localised(event.get_absolute_url(), code)) for code in texts]
    url = _address_of(event)
    card = structured.Card(
        title=shown.title,
        description=shown.summary,
        url=url,
        site=str(context["site_name"]),
        language=shown.language,
        others=[code for code in texts if code != language],
    )
    return {
        "canonical": url,
        "alternates": _with_default(links, event.language) if here in texts else [],
        "card": card,
        "data": data_block(structured.event_graph(event, card, _("Events"))),
    }


def _language_of(event: Event) -> str:
    """The reader's where the event has words in it: there it is to be found."""
    here = get_language() or settings.LANGUAGE_CODE
    return here if here in {text.language for text in event.texts.all()} else str(event.text.language)


def _address_of(event: Event) -> str:
    return _localised(event.get_absolute_url(), _language_of(event))


@register.inclusion_tag("pages/machine_head.html", takes_context=True)
def events_head(context: Any) -> dict[str, Any]:
    """The list of events: the same in every language. The past is read, and its later pages are followed only.

    Machines hear of open events alone, whoever looks: a member's list has those of their spaces as well.
    """
    request: HttpRequest = context["request"]
    address = reverse("events:events")
    here = get_language() or settings.LANGUAGE_CODE
    if any(request.GET.values()):
        return {"is_hidden_from_robots": True}
    links = [(code, _localised(address, code)) for code, _name in settings.LANGUAGES]
    card = structured.Card(
        title=_("Events"),
        description=_("Talks and events of the network, with their hours where you are."),
        url=_localised(address, here),
        site=str(context["site_name"]),
        language=here,
        others=[code for code, _name in settings.LANGUAGES if code != here],
    )
    return {
        "canonical": card.url,
        "alternates": _with_default(links, here),
        "card": card,
        "data": data_block(
            structured.event_list_graph(
                [(event, _address_of(event)) for event in context["page_obj"] if event.is_open], card
            )
        ),
    }


def _localised(address: str, code: str) -> str:
    return structured.absolute(f"/{code}/{address.split('/', 2)[2]}")
