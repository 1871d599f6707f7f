"""Draft by machine: a button, and what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pages.cms.translating import back, translation_for_person
from pages.machine.drafting import ask_for_drafts
from pages.models import MachineRun


@require_POST
def draft(request: HttpRequest, translation_id: int) -> HttpResponse:
    """In place of wagtail-localize's own address for this. Publishes nothing."""
    translation, page = translation_for_person(request, translation_id)
    run = ask_for_drafts(translation, by=request.user)
    tell(request, run)
    if run.filled:
        return redirect(reverse("pages_reading", args=[translation.pk]))
    return back(request, page)


def tell(request: HttpRequest, run: MachineRun) -> None:
    if run.words:
        messages.error(request, run.words)
    elif run.ended_at is None:
        words = _("%(host)s is drafting the passages that are still empty. Come back in a moment.")
        messages.info(request, words % {"host": run.host})
    else:
        messages.success(request, drafted(run))
        if run.damaged:
            messages.warning(request, damaged(run))


def drafted(run: MachineRun) -> str:
    words = ngettext(
        "%(host)s drafted %(count)d passage. Go over it before you publish.",
        "%(host)s drafted %(count)d passages. Go over each before you publish.",
        run.filled,
    )
    return words % {"host": run.host, "count": run.filled}


def damaged(run: MachineRun) -> str:
    words = ngettext(
        "%(count)d passage came back damaged and is still empty.",
        "%(count)d passages came back damaged and are still empty.",
        run.damaged,
    )
    return words % {"count": run.damaged}
