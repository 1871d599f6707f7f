"""Comments under a public page."""

from __future__ import annotations

from typing import Any

from django import template

from news.comments import posting, threads

register = template.Library()


@register.inclusion_tag("news_comments/discussion.html", takes_context=True)
def comments(context: Any, page: Any) -> dict[str, Any]:
    """`{% comments page %}`: carries no form; at most two queries, however many there are."""
    found = threads.under(page) if page.pk else None
    names = ("request", "user", "language")
    return {**{name: context.get(name) for name in names}, "page": page, "discussion": found}


@register.filter
def may_edit_comment(user: Any, comment: Any) -> bool:
    return bool(user) and posting.may_be_edited(comment, user)


@register.filter
def written_in(page: Any) -> str:
    """The language of a page's words, wherever it is named."""
    return str(page.source_language if getattr(page, "is_stand_in", False) else page.locale.language_code)
