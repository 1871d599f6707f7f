"""Periodic work, for cron or a timer: publishes what is due, sends what waits in the outbox, ends what has expired."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from communities import hooks, record, submissions
from communities.notifications import send_waiting


class Command(BaseCommand):
    help = "Does the periodic work: run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        # Wagtail's own: pages whose hour has come go live, those whose time is over go; its signals do the rest.
        call_command("publish_scheduled")
        self.stdout.write(f"mails sent: {send_waiting()}")
        self.stdout.write(f"keys of forms forgotten: {submissions.forget_old()}")
        self.stdout.write(f"rows of the record sealed late: {record.seal()}")
        for function in hooks.tick:
            self.stdout.write(function())
