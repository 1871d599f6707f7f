"""Jinja for the pieces that stand on a page twenty times. Whole pages, forms and mails are Django's templates.

What the components are called there they are called here: `{{ icon("lock") }}`, `{{ when(post.created) }}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from jinja2 import Environment, StrictUndefined

from config.templatetags.face import icon, lang_name, mono, monogram, when
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


def environment(**options: Any) -> Environment:
    """Escapes as Django's templates do; a name that nobody gave is an error, and no empty place."""
    made = Environment(**{**options, "autoescape": True, "undefined": StrictUndefined})  # noqa: S701 -- it does
    made.globals |= {
        "_": gettext,
        "icon": icon,
        "lang_name": lang_name,
        "mono": mono,
        "monogram": monogram,
        "names_for": Names,
        "when": when,
    }
    return made
