"""A page and everything below it, into several languages, as drafts: in steps that can be interrupted at any moment.

Each page is a transaction of its own. Whoever works holds a lease; when they are killed, the next one (a worker's
task, `tick`, or the open page that shows the progress) goes on where they were. A page that fails is named, and the
others go on. No reader sees anything of it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task, task_backends
from django_tasks.backends.immediate import ImmediateBackend
from wagtail.models import Page

from pages.models.translating import TreeStep, TreeTranslation
from pages.translations.begin import translate
from pages.translations.states import source_of

if TYPE_CHECKING:
    from profiles.models import User

logger = logging.getLogger(__name__)

# Longer than any page takes; one that was killed is replaced after that.
LEASE: Final = timedelta(seconds=60)
# In the foreground a request works for this long and then shows how far it came.
A_MOMENT: Final = 1.5  # seconds
A_TICK: Final = 60.0


@transaction.atomic
def begin_tree(root: Page, languages: Iterable[str], by: User | None = None) -> TreeTranslation:
    """The same tree into the same languages, begun twice and not finished yet, is one."""
    root, codes = source_of(root), sorted(set(languages))
    # The row of the root, so that two clicks wait for each other.
    Page.objects.select_for_update().get(pk=root.pk)
    for open_ in TreeTranslation.objects.unfinished().filter(root=root.pk):
        if open_.languages == codes:
            return open_
    tree = TreeTranslation.objects.create(root_id=root.pk, languages=codes, by=by)
    below = Page.objects.descendant_of(root, inclusive=True).filter(alias_of=None).order_by("path")
    TreeStep.objects.bulk_create(TreeStep(tree=tree, page_id=pk) for pk in below.values_list("pk", flat=True))
    if not runs_in_foreground():
        transaction.on_commit(lambda: work_on.enqueue(tree.pk))
    return tree


def runs_in_foreground() -> bool:
    """Tasks are done at once when no worker is configured: then the open page does it, a moment at a time."""
    return isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], ImmediateBackend)


@task()
def work_on(tree_id: int) -> None:
    tree = TreeTranslation.objects.filter(pk=tree_id).first()
    if tree is not None:
        go_on(tree)


def go_on(tree: TreeTranslation, seconds: float | None = None) -> int:
    """Work for so long, or to the end. Returns how many pages were dealt with; 0 when somebody else is at it."""
    end, dealt = None if seconds is None else monotonic() + seconds, 0
    if not _lease(tree):
        return 0
    try:
        while (end is None or monotonic() < end) and _hold(tree):
            if not _next_step(tree):
                TreeTranslation.objects.filter(pk=tree.pk).update(finished_at=timezone.now())
                break
            dealt += 1
    finally:
        TreeTranslation.objects.filter(pk=tree.pk).update(leased_until=None)
    return dealt


def _lease(tree: TreeTranslation) -> bool:
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    return bool(
        TreeTranslation.objects.unfinished().filter(free, pk=tree.pk).update(leased_until=now + LEASE)
    )


def _hold(tree: TreeTranslation) -> bool:
    """Still ours, and not cancelled meanwhile."""
    return bool(
        TreeTranslation.objects.unfinished().filter(pk=tree.pk).update(leased_until=timezone.now() + LEASE)
    )


def _next_step(tree: TreeTranslation) -> bool:
    step = tree.steps.filter(state=TreeStep.State.WAITING).select_related("page").first()
    if step is None:
        return False
    state, error = TreeStep.State.DONE, ""
    try:
        with transaction.atomic():
            translate(step.page, tree.languages, tree.by)
    except Exception as failure:  # whatever it is: the other pages go on, and the board names this one
        logger.exception("tree %s, page %s", tree.pk, step.page_id)
        state, error = TreeStep.State.FAILED, type(failure).__name__
    TreeStep.objects.filter(pk=step.pk).update(state=state, error=error)
    return True


def cancel(tree: TreeTranslation) -> None:
    """What is begun stays begun: drafts that readers do not see."""
    TreeTranslation.objects.unfinished().filter(pk=tree.pk).update(cancelled_at=timezone.now())


def try_again(tree: TreeTranslation) -> None:
    """The pages that failed, and those that a cancelled one did not come to."""
    tree.steps.filter(state=TreeStep.State.FAILED).update(state=TreeStep.State.WAITING, error="")
    TreeTranslation.objects.filter(pk=tree.pk).update(finished_at=None, cancelled_at=None)
    if not runs_in_foreground():
        transaction.on_commit(lambda: work_on.enqueue(tree.pk))


def progress(tree: TreeTranslation) -> dict[str, int]:
    """{"waiting": …, "done": …, "failed": …, "all": …}"""
    rows = dict(tree.steps.values_list("state").annotate(Count("pk")).order_by())
    found = {state.value: rows.get(state.value, 0) for state in TreeStep.State}
    return found | {"all": sum(found.values())}


def go_on_with_all() -> str:
    """For `tick`: what was interrupted, or has no worker and no open page."""
    end, dealt = monotonic() + A_TICK, 0
    for tree in TreeTranslation.objects.unfinished():
        dealt += go_on(tree, max(0.0, end - monotonic()))
    return f"pages made ready for translators: {dealt}"
