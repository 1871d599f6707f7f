"""Readers and an editor at the same time, each with a connection of their own and real commits.

No transaction of a test holds them together, so what is changed here is put back by hand: the world of the other
tests is built once per database (conftest.py), and flushing it would take it from them.
"""

import re
import threading
from itertools import count
from random import Random
from time import monotonic, sleep

import pytest
from django.db import connections, transaction
from django.test import Client

from pages.models import HomePage

CHANGES, ENOUGH = 40, 5  # states made, and states seen at least
LONGEST = 8  # seconds; on a machine that does little else it takes one
SHOWN = re.compile(r"Etat (\d+) fin")


@pytest.fixture
def home(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        row = HomePage.objects.filter(locale__language_code="fr", alias_of=None)
        before = row.values_list("title", flat=True).get()
        try:
            yield row
        finally:
            row.update(title=before)
            connections.close_all()


def test_page_rendered_before_a_change_is_never_kept_after_it(home):
    certain, stale, seen, over = [0], [], [], threading.Event()

    def change(number):
        with transaction.atomic():
            home.all().update(title=f"Etat {number} fin")
        certain[0] = number  # committed: whoever asks from now on must see at least this

    def write():
        pause, until = Random(7), monotonic() + LONGEST
        for number in count(1):
            change(number)
            sleep(pause.uniform(0, 0.04))
            if monotonic() > until or (number >= CHANGES and len(set(seen)) >= ENOUGH):
                return

    def read():
        client = Client()
        while not over.is_set():
            asked_at = certain[0]
            shown = int(SHOWN.search(client.get("/fr/").content.decode())[1])
            seen.append(shown)
            if shown < asked_at:
                stale.append((shown, asked_at))

    def closing(work):
        def run():
            try:
                work()
            except BaseException as error:  # noqa: BLE001  told in the test's own thread
                stale.append(repr(error))
            finally:
                over.set()
                connections.close_all()

        return threading.Thread(target=run)

    change(0)
    Client().get("/fr/")  # templates are read, connections opened: what is timed below are pages
    threads = [closing(work) for work in (write, read, read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stale == []
    assert len(set(seen)) >= ENOUGH, "they did not meet"
    for _cold_and_warm in range(2):
        assert f"Etat {certain[0]} fin" in Client().get("/fr/").content.decode()
