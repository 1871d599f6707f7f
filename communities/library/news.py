"""What the feed says of a library: one line for one upload, however many files it brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.activity import Line, register_kind, register_resolver
from communities.library.models import LibraryItem

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from communities.permissions import AnyUser


def register() -> None:
    register_kind(
        "library_added",
        sentence=_("%(actor)s put something into the library"),
        mail=_("There is something new in the library of one of your spaces."),
        is_news=True,
    )
    register_resolver("library_", _lines)


def _lines(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    rows = LibraryItem.objects.visible_to(user).filter(pk__in=ids).with_space()
    rows = rows.annotate(together=Coalesce(Subquery(_put_in_together()), 1))
    return {
        item.pk: Line(_named(item.name, item.together - 1), item.get_absolute_url(), item.language)
        for item in rows
    }


def _put_in_together() -> QuerySet[Any, Any]:
    """How many of one upload are still there: they share their moment."""
    same = LibraryItem.objects.live().filter(
        space=OuterRef("space"), created_by=OuterRef("created_by"), created_at=OuterRef("created_at")
    )
    return same.order_by().values("space").annotate(count=Count("pk")).values("count")


def _named(name: str, others: int) -> str:
    if not others:
        return name
    words = ngettext("%(name)s and %(count)d more", "%(name)s and %(count)d more", others)
    return words % {"name": f"\u2068{name}\u2069", "count": others}
