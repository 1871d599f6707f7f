"""Putting something in: files, a link, a note, a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from communities.library import adding, quota
from communities.library.fields import Prepared
from communities.library.forms import FilesForm, FolderForm, LinkForm, NoteForm
from communities.library.holding import ItemGone
from communities.library.models import LibraryItem
from communities.library.querysets import DEEPEST
from communities.library.views.finding import folder_or_404, given, page, text_kept
from communities.library.views.saying import gone_words, no_room_words, over_words
from communities.models import Space
from communities.submissions import KeyedForm
from communities.views.door import SignedInRequest, space_or_404
from files.cleaning import told

WAYS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line of the report. `said` is why it was refused; `item` is where it lies."""

    name: str
    said: str = ""
    item: LibraryItem | None = None
    was_there: bool = False


def _place(request: HttpRequest, slug: str) -> tuple[Space, LibraryItem | None]:
    here = space_or_404(request, slug, "upload")
    return here, _folder(here, request)


def _folder(here: Space, request: HttpRequest) -> LibraryItem | None:
    """A folder that went while somebody typed must not take their words along: the form then says so."""
    try:
        return folder_or_404(here, request)
    except Http404:
        if request.method != "POST":
            raise
        return LibraryItem(space=here, kind=LibraryItem.Kind.FOLDER)


@require_http_methods(WAYS)
def files(request: SignedInRequest, slug: str) -> HttpResponse:
    here, folder = _place(request, slug)
    form = FilesForm(*given(request), by=request.user, keeps_originals=here.keeps_originals)
    if request.method != "POST" or not form.is_valid():
        return _files_page(request, here, folder, form)
    try:
        report = _keep(here, folder, form, request)
    except ItemGone:
        form.add_error(None, gone_words())
        return _files_page(request, here, None, form)
    for sentence in told(each.clean for each in form.cleaned_data["uploads"] if each.clean):
        messages.info(request, sentence)
    if any(row.said for row in report):
        return _files_page(request, here, folder, form, report=report)
    messages.success(request, _kept_words(report))
    return redirect(folder or _top(here))


def _files_page(
    request: HttpRequest, here: Space, folder: LibraryItem | None, form: FilesForm, **more: Any
) -> HttpResponse:
    folder = folder if folder is not None and folder.pk else None
    status = 422 if form.errors or more else 200
    return page(request, here, "files_form", status, folder=folder, form=form, quota=quota.of(here), **more)


def _keep(
    here: Space, folder: LibraryItem | None, form: FilesForm, request: SignedInRequest
) -> list[Outcome]:
    sent: list[Prepared] = form.cleaned_data["uploads"]
    key = form.cleaned_data["key"]
    good = [(each.clean, f"{key}:{each.digest}") for each in sent if each.clean]
    wanted = form.cleaned_data.get("original", False)
    answers = iter(
        adding.add_files(
            here,
            good,
            folder=folder,
            language=form.cleaned_data["language"],
            by=request.user,
            originals=[each.upload for each in sent if each.clean] if wanted else [],
        )
    )
    return [
        _outcome(each, next(answers), here) if each.clean else Outcome(each.name, said=each.refused)
        for each in sent
    ]


def _outcome(sent: Prepared, kept: adding.Kept, here: Space) -> Outcome:
    if isinstance(kept.problem, quota.Full):
        return Outcome(sent.name, said=over_words(kept.problem))
    if kept.problem is not None:
        return Outcome(sent.name, said=no_room_words())
    if kept.item:
        kept.item.space = here
    return Outcome(sent.name, item=kept.item, was_there=kept.was_there)


def _kept_words(report: list[Outcome]) -> str:
    if all(row.was_there for row in report):
        return _("This was sent before: everything is there, once.")
    if len(report) == 1:
        return _("The file is in the library.")
    return ngettext(
        "%(count)d file is in the library.", "%(count)d files are in the library.", len(report)
    ) % {"count": len(report)}


def _top(here: Space) -> str:
    return reverse("library:library", args=[here.slug])


@require_http_methods(WAYS)
def link(request: SignedInRequest, slug: str) -> HttpResponse:
    return _one(request, slug, LinkForm, adding.add_link, "link_form")


@text_kept
@require_http_methods(WAYS)
def note(request: SignedInRequest, slug: str) -> HttpResponse:
    return _one(request, slug, NoteForm, adding.add_note, "note_form")


@require_http_methods(WAYS)
def folder(request: SignedInRequest, slug: str) -> HttpResponse:
    return _one(request, slug, FolderForm, adding.add_folder, "folder_form")


def _one(
    request: SignedInRequest,
    slug: str,
    form_of: type[KeyedForm],
    add: Callable[..., LibraryItem],
    template: str,
) -> HttpResponse:
    here, parent = _place(request, slug)
    form = form_of(*given(request)[:1], by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = add(here, folder=parent, by=request.user, **form.cleaned_data)
        except ItemGone:
            form.add_error(None, gone_words())
            parent = None
        except quota.Full as full:
            form.add_error(None, over_words(full))
        except adding.TooDeep:
            form.add_error(None, _("At most %(count)d folders can lie in each other.") % {"count": DEEPEST})
        except adding.TooManyFolders:
            form.add_error(
                None,
                _("This library has %(count)d folders: no more fit in.") % {"count": adding.MOST_FOLDERS},
            )
        else:
            made.space = here
            messages.success(request, _("It is in the library."))
            return redirect(made)
    parent = parent if parent is not None and parent.pk else None
    return page(request, here, template, 422 if form.errors else 200, folder=parent, form=form)
