"""Compares what the forum keeps (counts, first and last posts, readers' marks) with what is there."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from forum.recounting import differences


class Command(BaseCommand):
    help = "Puts right the counters of the forum; with --check only says what differs (exit code 1)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        for difference in differences(put_right=not options["check"]):
            number += 1
            self.stdout.write(str(difference))
        self.stdout.write(f"differences: {number}")
        if number and options["check"]:
            sys.exit(1)
