"""Brings the demo world in, or completes it."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import connection

from communities.notifications import muted
from demo import cms, frame, glossary, history, landing, large, library, people, profiles, spaces
from demo.large import library as many_files
from demo.large.plan import Plan
from demo.progress import Progress
from demo.world import World
from pages.site_record import keep_site_record

STEPS: list[tuple[str, Callable[[World], None]]] = [
    ("Themes", people.load_themes),
    ("People", people.load),
    ("Spaces", spaces.load),
    ("Topics, posts, events", history.load),
    ("Libraries", library.load),
    ("Pages, news, resources", cms.load),
    ("Site and menus", frame.load),
    ("Landing pages", landing.load),
    ("Pages of people", profiles.load),
    ("Comments", history.load_comments),
    ("Glossary", glossary.load),
    ("A request to join", spaces.ask),
    ("Leaving", spaces.part),
    ("A suspension", people.suspend),
]

NORMAL: Final = 1  # of SQLite's synchronous: waits for the disk now and then


class Command(BaseCommand):
    help = (
        "Load the demo world: people, spaces, topics, pages and events, each through the rooms' own verbs. "
        "Running it again adds only what is missing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there are people already"
        )
        larger = parser.add_argument_group("a larger world for measuring; the same numbers, the same world")
        for name in ("--members", "--spaces", "--posts"):
            larger.add_argument(name, type=_count, default=0)
        larger.add_argument("--library", type=_count, default=0, help="files in one folder of one space")
        larger.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and get_user_model().objects.exists():
            self.stdout.write("There are people already: nothing was loaded.")
            return
        keep_site_record()
        world = World(Progress(self.stdout))
        _wait_for_disk_less()
        with muted(), _lean():
            for name, step in STEPS:
                with world.progress.step(name):
                    step(world)
            plan = Plan(options["members"], options["spaces"], options["posts"], options["seed"])
            if plan != Plan(0, 0, 0, plan.seed):
                large.load(world, plan)
            if options["library"]:
                with world.progress.step("Larger world: library"):
                    many_files.load(world, options["library"], options["seed"])


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


@contextmanager
def _lean() -> Iterator[None]:
    """Wagtail logs ten lines for each page, and Django keeps every statement while DEBUG is on."""
    before, debug = logging.root.manager.disable, settings.DEBUG
    logging.disable(logging.INFO)
    settings.DEBUG = False
    try:
        yield
    finally:
        settings.DEBUG = debug
        logging.disable(before)


def _wait_for_disk_less() -> None:
    """SQLite: an interrupted run is completed by the next, so not every deed has to reach the disk at once."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            if cursor.fetchone()[0] > NORMAL:
                cursor.execute(f"PRAGMA synchronous = {NORMAL}")
