"""Giving back what was kept: the form's own page decides whether this person may have it, and lends the labels."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from django.contrib.messages.storage import default_storage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, get_language_from_path, override
from lxml import etree, html

from communities.moving import Moved
from communities.submissions import FIELD, is_held
from profiles.sessions.keeping import UNTYPED, Kept

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from communities.permissions import AnyUser

# Looking at these would do something, or ask itself.
NOT_LOOKED_AT: Final = frozenset({"account_sessions:kept", "quick_exit"})
# What allauth takes for a program that wants JSON is among it.
OF_A_FORM: Final = frozenset({"CONTENT_LENGTH", "CONTENT_TYPE", "HTTP_X_REQUESTED_WITH", "HTTP_ACCEPT"})
TYPED: Final = frozenset({"", "text", "search", "email", "url", "tel", "number", "date", "time"})
CONTROL: Final = "//form[@method='post']//*[self::input or self::textarea or self::select][@name=$name]"
# Rows of a box, by what is in it.
LINE: Final = 70


@dataclass(frozen=True, slots=True)
class Text:
    name: str
    label: str
    value: str
    rows: int


@dataclass(slots=True)
class Given:
    """What the page shows: texts in boxes, the rest of the form as it was sent."""

    address: str
    page: str
    texts: list[Text] = field(default_factory=list)
    rest: list[tuple[str, str]] = field(default_factory=list)


def give_back(request: HttpRequest, kept: Kept) -> Given | None:
    """None where this person may open neither the address of the form nor the page it stood on."""
    for address in (kept.address, kept.page):
        answer = look_at(request, address)
        if answer is not None:
            return _given(kept, address, _document(answer), request.user)
    return None


def look_at(request: HttpRequest, address: str) -> HttpResponse | None:
    """The page as this person would get it now, or None. The view itself checks the right."""
    parts = urlsplit(address)
    language = get_language_from_path(parts.path) or get_language()
    with override(language):
        return _look_at(as_get(request, parts.path, parts.query))


def _look_at(asked: Any) -> HttpResponse | None:
    try:
        match = resolve(asked.path)
    except Resolver404:
        return None
    if match.view_name in NOT_LOOKED_AT:
        return None
    asked.resolver_match = match
    try:
        answer: HttpResponseBase = match.func(asked, *match.args, **match.kwargs)
        if hasattr(answer, "render"):
            answer = answer.render()
    except (Http404, PermissionDenied, Moved):
        return None
    is_page = isinstance(answer, HttpResponse) and answer.get("Content-Type", "").startswith("text/html")
    return answer if answer.status_code == 200 and is_page else None  # type: ignore[return-value]


def as_get(request: HttpRequest, path: str, query: str) -> Any:
    """The same person in the same session, asking for another page."""
    asked: Any = copy.copy(request)
    meta = {name: value for name, value in request.META.items() if name not in OF_A_FORM}
    asked.META = {**meta, "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    asked.__dict__.pop("headers", None)
    asked.content_type, asked.content_params = "", {}
    asked.method, asked.path, asked.path_info = "GET", path, path
    asked.GET, asked._post, asked._files = QueryDict(query), QueryDict(), MultiValueDict()
    asked._messages = default_storage(asked)
    return asked


def _document(answer: HttpResponse) -> HtmlElement | None:
    try:
        return html.document_fromstring(answer.content.decode())
    except (etree.ParserError, ValueError):
        return None


def _given(kept: Kept, page: str, document: HtmlElement | None, user: AnyUser) -> Given:
    given = Given(kept.address, page)
    for name, values in kept.fields:
        control = _control(document, name)
        for value in values:
            if _is_typed(name, value, control):
                given.texts.append(Text(name, _label(document, control), value, _rows(value)))
            else:
                # Its own key where that still holds: it may have arrived before the session ended.
                is_stale = name == FIELD and control is not None and not is_held(value, user)
                given.rest.append((name, control.get("value") or value if is_stale else value))  # type: ignore[union-attr]
    return given


def _control(document: HtmlElement | None, name: str) -> HtmlElement | None:
    if document is None:
        return None
    found = document.xpath(
        "//form[@method='post']//*[self::input or self::textarea or self::select][@name=$name]", name=name
    )
    return found[0] if found else None


def _is_typed(name: str, value: str, control: HtmlElement | None) -> bool:
    if name in UNTYPED or not value.strip():
        return False
    if control is None:
        return " " in value.strip()
    return control.tag == "textarea" or (control.tag == "input" and control.get("type", "") in TYPED)


def _label(document: HtmlElement | None, control: HtmlElement | None) -> str:
    if document is None or control is None:
        return ""
    found = document.xpath("//label[@for=$id]", id=control.get("id") or "-")
    return " ".join(found[0].text_content().split()) if found else control.get("aria-label", "")


def _rows(value: str) -> int:
    lines = sum(1 + len(line) // LINE for line in value.splitlines())
    return min(max(lines, 1), 14)
