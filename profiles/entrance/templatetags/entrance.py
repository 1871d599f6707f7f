from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

from communities.markup import render

register = template.Library()


@register.filter
def marked_up(text: str) -> SafeString:
    return mark_safe(render(text))  # noqa: S308 -- cleaned by communities.markup


@register.filter
def as_json(value: Any) -> str:
    """For a data attribute: what a module of ours reads. Escaped by the template as any other word."""
    return json.dumps(value, cls=DjangoJSONEncoder)
