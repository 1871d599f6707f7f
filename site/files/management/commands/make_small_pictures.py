"""Makes the small pictures that pages show, for those that were kept before there were any."""

from typing import Any

from django.core.management.base import BaseCommand

from files.smaller import Tally, make_all, without


class Command(BaseCommand):
    help = "Makes the missing small pictures. May be stopped and begun again; what is there stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"pictures without a small one: {without().count()}")
        done = Tally()
        for done in make_all():
            self.stdout.write(f"made so far: {done.made}")
        self.stdout.write(f"made: {done.made}, light enough as they are: {done.light}")
        if done.failed:
            ids = ", ".join(map(str, done.failed))
            self.stdout.write(f"left for the next time: {len(done.failed)} (files {ids})")
