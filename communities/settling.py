"""What facilitators set of their space, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from communities import covers, freshness, hooks, joining
from communities.activity import record
from communities.models import Record
from communities.roles import Visibility
from communities.shapes import MODULES, is_wider
from communities.succession import hold_for

if TYPE_CHECKING:
    from communities.models import Space
    from files.cleaning import CleanFile
    from profiles.models import User
    from themes.models import Theme

MODULE_COLUMNS: Final = tuple(column for column, _name in MODULES.values())
COLUMNS: Final = (
    *("kind", "language", "languages", "countries", "hue", "visibility", "join_policy"),
    *("shows_members", "indexed", "exportable", "keeps_originals", "figures", *MODULE_COLUMNS),
    *("approves_first", "slow_minutes", "closes_after"),
)


class ChangedMeanwhile(Exception):
    """Somebody else saved first. `now`: the space as it is."""

    def __init__(self, now: Space) -> None:
        self.now = now
        super().__init__()


@transaction.atomic
def settle(
    space: Space,
    *,
    by: User,
    seen: int,
    themes: Iterable[Theme],
    cover: CleanFile | None = None,
    without_cover: bool = False,
    **columns: Any,
) -> Space:
    """`seen`: the `changes` that the form was filled from. Hiding is a deed of its own (`founding.hide`).

    A cover is cleaned before, which takes its time: the right is asked once more.

    Raises Refused, Http404, ChangedMeanwhile, ValueError for a visibility of HIDDEN that the space does not have yet.
    """
    now = hold_for(space, by)
    if now.changes != seen:
        raise ChangedMeanwhile(now)
    before = {name: getattr(now, name) for name in COLUMNS}
    if columns.get("visibility") == Visibility.HIDDEN != before["visibility"]:
        raise ValueError("hiding forgets what was public: founding.hide")
    for name in COLUMNS:
        if name in columns:
            setattr(now, name, columns[name])
    if now.is_hidden:
        now.figures = []
    now.changes += 1
    now.save(update_fields=[*COLUMNS, "changes"])
    now.themes.set(themes)
    if cover or without_cover:
        covers.put_up(now, cover, by=by)
    _follow(now, before, by)
    return now


def _follow(now: Space, before: Mapping[str, Any], by: User) -> None:
    changed = {name for name in COLUMNS if getattr(now, name) != before[name]}
    verb = f"visibility_{now.visibility}" if "visibility" in changed else "settings_changed"
    Record.objects.create(verb=verb, actor=by, space=now)
    if "visibility" in changed and is_wider(now.visibility, before["visibility"]):
        record("space_widened", actor=by, space=now, recipients=joining.members(now))
    if changed & {"visibility", *MODULE_COLUMNS}:
        for heard in hooks.change:
            heard(now)
    if changed & {"visibility", "language"}:
        for present in hooks.present:
            present(now, now.slug)
    freshness.changed()
