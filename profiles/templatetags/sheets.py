"""What the pages of people draw besides people themselves."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from communities.markup import render

register = template.Library()


@register.filter
def markup(text: str) -> SafeString:
    """A section's text, as posts are written. `render` lets nothing through that could run."""
    return SafeString(render(text))


@register.filter
def at(mapping: dict[str, object], key: str) -> object:
    return mapping.get(key)
