"""Name, contact and menus of the demo site. What an editor has set is left as it is."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Site

from demo import cms
from demo.content import Table, tables
from demo.world import World
from pages.frame.models import Menus, SiteSettings


@transaction.atomic
def load(world: World) -> None:
    site = Site.objects.get(is_default_site=True)
    if not SiteSettings.objects.filter(site=site).exists():
        (row,) = tables("site", "settings")
        SiteSettings.objects.create(site=site, **row)
        world.progress.made += 1
    if not Menus.objects.filter(site=site).exists():
        Menus.objects.create(site=site, main=_menu("main"), footer=_menu("footer"))
        world.progress.made += 1


def _menu(name: str) -> Any:
    raw = [{"type": "entry", "value": _entry(row)} for row in tables("site", name)]
    return Menus._meta.get_field(name).stream_block.to_python(raw)


def _entry(row: Table) -> Table:
    kind, _, key = row["to"].partition(":")
    is_page = kind == "page"
    return {
        "page": cms.page_of(key).pk if is_page else None,
        "url": "" if is_page else row["to"],
        "labels": row.get("words", {}),
    }
