"""Jinja for the pieces that stand on every page, or on one twenty times. Pages and mails are Django's templates.

What the components are called there they are called here: `{{ icon("lock") }}`, `{{ when(post.created) }}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from config.templatetags import fields
from config.templatetags.face import icon, lang_name, mono, monogram, visibility, when
from jinja2 import Environment, StrictUndefined
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


def _url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def environment(**options: Any) -> Environment:
    """Escapes as Django's templates do; a name that nobody gave is an error, and no empty place."""
    given = {name: value for name, value in options.items() if name not in {"autoescape", "undefined"}}
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.do"],
        # Words that are translated late may be markup (a label with a link), and do not say so before.
        finalize=lambda value: str(value) if isinstance(value, Promise) else value,
        **given,
    )
    made.globals |= {
        "_": gettext,
        "field_words": fields.field_words,
        "form_errors": fields.form_errors,
        "icon": icon,
        "kind": fields.kind,
        "lang_name": lang_name,
        "mono": mono,
        "monogram": monogram,
        "names_for": Names,
        "static": static,
        "toolbar": fields.toolbar,
        "uploads": fields.uploads,
        "url": _url,
        "visibility": visibility,
        "when": when,
        "widget": fields.widget,
    }
    return made
