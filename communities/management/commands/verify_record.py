"""Checks the whole record. What it prints at the end is worth keeping elsewhere: see `--expect`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from communities.models import Record, RecordHead
from communities.record import verify


class Command(BaseCommand):
    help = "Finds every edit, removal and reordering of the record; ends with an error when there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--expect",
            metavar="NUMBER:DIGEST",
            help="what an earlier run printed: whoever writes the whole record anew cannot make it fit that",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        findings = [str(finding) for finding in verify()]
        if options["expect"] and not _holds(options["expect"]):
            findings.append(f"{options['expect']}: this row is not there any more")
        for finding in findings:
            self.stderr.write(finding)
        if findings:
            raise CommandError(f"The record was tampered with: {len(findings)} findings.")
        head = RecordHead.objects.first() or RecordHead()
        self.stdout.write(f"The record holds. Keep this in another place: {head}")


def _holds(expected: str) -> bool:
    number, _colon, digest = expected.partition(":")
    if not number.isdecimal():
        raise CommandError("--expect takes NUMBER:DIGEST")
    return Record.objects.filter(number=int(number[:18]), digest=digest).exists() or expected == "0:"
