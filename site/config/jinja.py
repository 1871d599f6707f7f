"""Jinja for the pieces that stand on a page twenty times. Whole pages, forms and mails are Django's templates.

What the components are called there they are called here: `{{ icon("lock") }}`, `{{ when(post.created) }}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from jinja2 import Environment, StrictUndefined

from config.templatetags.face import VISIBILITIES, icon, lang_name, mono, monogram, when
from profiles.templatetags.people import named

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from profiles.models import User


class Names(dict["User | None", SafeString]):
    """`{% set names = names_for(reader) %}`, then `{{ names[post.poster] }}`: few people write most of a page."""

    def __init__(self, reader: AnyUser) -> None:
        super().__init__()
        self.reader = reader

    def __missing__(self, person: User | None) -> SafeString:
        self[person] = named(self.reader, person)
        return self[person]


class Visibilities:
    """`{{ visibilities[space.visibility] }}`: the icon and the word."""

    def __getitem__(self, value: str) -> SafeString:
        name, word, _sentence = VISIBILITIES[value]
        return format_html('<span class="fact">{}{}</span>', icon(name), word)


def environment(**options: Any) -> Environment:
    """Escapes as Django's templates do; a name that nobody gave is an error, and no empty place."""
    given = {name: value for name, value in options.items() if name not in {"autoescape", "undefined"}}
    made = Environment(autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.do"], **given)
    made.globals |= {
        "_": gettext,
        "icon": icon,
        "lang_name": lang_name,
        "mono": mono,
        "monogram": monogram,
        "names_for": Names,
        "visibilities": Visibilities(),
        "when": when,
    }
    return made
