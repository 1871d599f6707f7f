"""Make the search entries agree with what the rooms say is live."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.rebuilding import reanalyse_outdated, rebuild


class Command(BaseCommand):
    help = "Writes every search entry anew from its room and takes out what is no longer live."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--stale",
            action="store_true",
            help="only analyse anew what an older version of the analyser wrote; asks no room",
        )

    def handle(self, *args: Any, stale: bool, **options: Any) -> None:
        if stale:
            self.stdout.write(f"{reanalyse_outdated()} analysed anew")
            return
        for kind, count in rebuild():
            self.stdout.write(f"{kind}: {count.put} found, {count.dropped} taken out")
