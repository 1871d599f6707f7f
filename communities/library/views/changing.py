"""A new version, other details, another place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.library import changing, quota
from communities.library.adding import TooDeep
from communities.library.differing import differences
from communities.library.forms import DetailsForm, PlaceForm, RewriteForm, VersionForm
from communities.library.holding import ItemGone
from communities.library.models import LibraryItem
from communities.library.places import TOP, choices_for
from communities.library.querysets import DEEPEST
from communities.library.views.finding import given, item_or_404, page, text_kept
from communities.library.views.saying import no_room_words, over_words
from communities.models import Space
from communities.permissions import Refused
from communities.views.door import SignedInRequest, space_or_404
from files.cleaning import told

WAYS = ["GET", "HEAD", "POST"]


@text_kept
@require_http_methods(WAYS)
def version_new(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """Of a file another file; a note is written on."""
    here = space_or_404(request, slug, "upload")
    found = _item_or_words(request, here, public_id)
    if isinstance(found, HttpResponse):
        return found
    if not found.may_be_rewritten_by(request.user, here.rights) or found.current is None:
        raise Http404
    return _rewriting(request, found) if found.is_note else _renewing(request, found)


def _item_or_words(request: HttpRequest, here: Space, public_id: str) -> LibraryItem | HttpResponse:
    """Binned while somebody wrote on it: not found, and what was typed is there to be copied."""
    try:
        return item_or_404(here, public_id)
    except Http404:
        typed = request.POST.get("text", "") if request.method == "POST" else ""
        if not typed:
            raise
        return page(request, here, "words_back", 404, typed=typed)


def _renewing(request: SignedInRequest, found: LibraryItem) -> HttpResponse:
    form = VersionForm(*given(request), by=request.user, initial=_seen(found))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            done = changing.renew(
                found,
                data["upload"].clean,
                change=data["change"],
                seen=data["seen"],
                key=data["key"],
                by=request.user,
            )
        except quota.Full as full:
            form.add_error("upload", over_words(full))
        except changing.NoRoom:
            form.add_error("upload", no_room_words())
        else:
            return _renewed(request, found, done, told([data["upload"].clean]))
    return page(request, found.space, "version_form", 422 if form.errors else 200, item=found, form=form)


def _renewed(
    request: HttpRequest, found: LibraryItem, done: changing.Renewed, taken_out: list[str]
) -> HttpResponse:
    messages.success(request, _("This is version %(number)d now.") % {"number": done.version.number})
    if done.meanwhile is not None:
        messages.warning(
            request,
            _(
                "Somebody else put up version %(number)d since you opened this page. Both are kept: please compare."
            )
            % {"number": done.meanwhile.number},
        )
    for sentence in taken_out:
        messages.info(request, sentence)
    return redirect(found)


def _seen(found: LibraryItem) -> dict[str, Any]:
    current = found.current
    return {"seen": current.number, "text": current.text} if current else {}


def _rewriting(request: SignedInRequest, found: LibraryItem) -> HttpResponse:
    form = RewriteForm(*given(request)[:1], initial=_seen(found))
    more: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            changing.rewrite(found, data["text"], change=data["change"], seen=data["seen"], by=request.user)
        except changing.ChangedMeanwhile as meanwhile:
            now = meanwhile.now.current
            if now is not None:
                form.now_there(now.number)
                more = {"now": now, "differences": differences(now.text, data["text"])}
        except quota.Full as full:
            form.add_error("text", over_words(full))
        except ItemGone:
            return page(request, found.space, "words_back", 404, typed=data["text"])
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    return page(
        request, found.space, "note_rewrite_form", 422 if form.errors else 200, item=found, form=form, **more
    )


@require_http_methods(WAYS)
def details(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    found = _for_arranging(request, slug, public_id)
    form = DetailsForm(*given(request)[:1], item=found)
    now = None
    if request.method == "POST" and form.is_valid():
        try:
            changing.arrange(found, by=request.user, **form.cleaned_data)
        except changing.ChangedMeanwhile as meanwhile:
            now = meanwhile.now
            form.now_there(now)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    status = 422 if form.errors else 200
    return page(request, found.space, "details_form", status, item=found, form=form, now=now)


@require_http_methods(WAYS)
def place(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    found = _for_arranging(request, slug, public_id)
    folders = choices_for(found)
    here_now = found.parent.public_id if found.parent else TOP
    form = PlaceForm(*given(request)[:1], choices=folders.choices, initial={"folder": here_now})
    if request.method == "POST" and form.is_valid():
        try:
            changing.move(found, folders.by_id.get(form.cleaned_data["folder"]), by=request.user)
        except (changing.IntoItself, ItemGone):
            form.add_error("folder", _("It cannot lie there. Please choose another folder."))
        except TooDeep:
            form.add_error(
                "folder", _("At most %(count)d folders can lie in each other.") % {"count": DEEPEST}
            )
        else:
            messages.success(request, _("It lies there now."))
            return redirect(found)
    return page(request, found.space, "place_form", 422 if form.errors else 200, item=found, form=form)


def _for_arranging(request: SignedInRequest, slug: str, public_id: str) -> LibraryItem:
    here = space_or_404(request, slug, "edit")
    found = item_or_404(here, public_id)
    if not found.may_be_arranged_by(request.user, here.rights):
        raise Refused("edit", here)
    return found
