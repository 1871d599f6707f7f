from __future__ import annotations

from urllib.parse import urlsplit

from django import template

register = template.Library()
ICONS = {"folder": "folder", "file": "file-text", "link": "link", "note": "text-quote"}


@register.filter
def kind_icon(kind: str) -> str:
    return ICONS[kind]


@register.filter
def host(url: str) -> str:
    """Where a link leads, without what somebody may have put before the name."""
    return urlsplit(url).hostname or ""


@register.filter
def is_sound(content_type: str) -> bool:
    return content_type.startswith("audio/")
