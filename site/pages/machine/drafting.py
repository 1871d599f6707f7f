"""Asking the machine for drafts of one translation: what may be sent, what may be kept, nothing by halves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django_tasks import task
from wagtail_localize.models import Translation

from pages import translations
from pages.machine import marks
from pages.machine.problems import Problem
from pages.machine.server import Server, Trouble, named_server
from pages.models import MachineRun

if TYPE_CHECKING:
    from profiles.models import User


def ask_for_drafts(translation: Translation, by: User | Any) -> MachineRun:
    """Begin: in a worker when there is one, else now. What stands in the way already is said by the run as well.

    The caller has made sure that `by` may translate this page.
    """
    server = named_server()
    run = MachineRun(translation=translation, asked_by=by, host=server.host if server else "")
    problem = _in_the_way(translation, server)
    if problem:
        run.problem = problem
        return run
    MachineRun.objects.given_up().filter(translation=translation).delete()
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:
        run.problem = Problem.RUNNING
        return run
    transaction.on_commit(lambda: make_drafts.enqueue(run.pk))
    run.refresh_from_db()
    return run


def _in_the_way(translation: Translation, server: Server | None) -> Problem | None:
    if server is None:
        return Problem.OFF
    # Only what is, or is on its way to being, on the open web leaves this machine.
    if translation.source.get_source_instance().get_view_restrictions().exists():
        return Problem.CLOSED
    return None if _empty(translation) else Problem.NOTHING


def _empty(translation: Translation) -> dict[int, str]:
    """String id -> words, of what has no translation; the page's address is no text."""
    rows = translations.untranslated(translation).exclude(context__path="slug").order_by("order")
    return dict(rows.values_list("string_id", "string__data"))


@task()
def make_drafts(run_id: int) -> None:
    """Once per run, however often it is delivered. No transaction is open while the server thinks."""
    run = MachineRun.objects.select_related("translation__source__locale", "translation__target_locale")
    asked = run.filter(pk=run_id, ended_at=None).first()
    if asked is None:
        return
    try:
        _draft(asked)
    except Trouble as trouble:
        asked.end(problem=trouble.problem)
    except Exception:
        asked.end(problem=Problem.BROKEN)
        raise


def _draft(run: MachineRun) -> None:
    translation, server = run.translation, named_server()
    # Asked once more: between the click and the worker a page may be closed, a right may end.
    problem = _in_the_way(translation, server) or _not_yours(run)
    if server is None or problem:
        return run.end(problem=problem)
    source, target = translation.source.locale.language_code, translation.target_locale.language_code
    if not server.knows(source, target):
        raise Trouble(Problem.UNKNOWN_LANGUAGE)
    empty = _empty(translation)
    drafts = zip(empty, server.translate(list(empty.values()), source, target), strict=True)
    good = {string: marks.kept(empty[string], draft) for string, draft in drafts}
    with transaction.atomic():
        usable = {string: draft for string, draft in good.items() if draft}
        filled = translations.fill_by_machine(translation, usable, tool=f"LibreTranslate, {server.host}")
        return run.end(filled=filled, damaged=len(good) - len(usable))


def _not_yours(run: MachineRun) -> Problem | None:
    target, person = run.translation.get_target_instance(), run.asked_by
    allowed = person is not None and person.is_active and target.permissions_for_user(person).can_edit()
    return None if allowed else Problem.NOT_YOURS
