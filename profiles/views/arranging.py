"""The arrangement of one's own page: order of its parts, own texts and links, colour and cover, pins."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.views.door import account_only
from profiles import arranging, pinning
from profiles.forms.editing import CoverForm
from profiles.forms.parts import SectionForm
from profiles.models import MOST_PINS, MOST_SECTIONS, Profile, Section
from profiles.steps import steps
from profiles.views.editing import owner_of

LONGEST_QUESTION = 100


@account_only
@require_safe
def arrangement(request: HttpRequest) -> HttpResponse:
    owner = owner_of(request)
    parts = arranging.arranged(owner.profile)
    context = {
        "person": owner,
        "rows": steps(parts, lambda part: part.key),
        "is_full": arranging.number_of_own(owner.profile) >= MOST_SECTIONS,
        "pins": pinning.pinned(owner.profile, request.user),
        "tab": "page",
    }
    return render(request, "profiles/arrangement.html", context)


@account_only
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    owner = owner_of(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CoverForm(*sent, instance=owner.profile)
    if form.is_bound and form.is_valid():
        form.save()
        return _back("look")
    context = {"person": owner, "form": form, "tab": "page"}
    return render(request, "profiles/look_form.html", context, status=422 if form.errors else 200)


@account_only
@require_http_methods(["GET", "HEAD", "POST"])
def section_new(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in Section.OWN:
        raise Http404
    owner = owner_of(request)
    section = Section(profile=owner.profile, kind=kind, language=get_language() or "")
    return _section(request, section, is_new=True)


@account_only
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, key: str) -> HttpResponse:
    mine = Section.objects.filter(kind__in=Section.OWN, profile__user=request.user.pk)
    return _section(request, get_object_or_404(mine, public_id=key), is_new=False)


def _section(request: HttpRequest, section: Section, *, is_new: bool) -> HttpResponse:
    form = SectionForm(request.POST if request.method == "POST" else None, instance=section)
    if form.is_bound and form.is_valid():
        if not is_new:
            form.save()
        elif not arranging.add(section):
            messages.error(request, _("There is no room for more texts and links on this page."))
            return _back()
        return _back(f"part-{section.key}")
    context = {"form": form, "section": section, "is_new": is_new, "tab": "page"}
    return render(request, "profiles/section_form.html", context, status=422 if form.errors else 200)


@account_only
@require_POST
def section_removal(request: HttpRequest, key: str) -> HttpResponse:
    Section.objects.filter(profile__user=request.user.pk, kind__in=Section.OWN, public_id=key).delete()
    return _back()


@account_only
@require_POST
def section_place(request: HttpRequest, key: str) -> HttpResponse:
    arranging.place(_profile(request), key, request.POST.get("before", ""))
    return _back(f"part-{key}")


@account_only
@require_POST
def section_hiding(request: HttpRequest, key: str) -> HttpResponse:
    arranging.hide(_profile(request), key, request.POST.get("hidden") == "on")
    return _back(f"part-{key}")


@account_only
@require_http_methods(["GET", "HEAD", "POST"])
def pins(request: HttpRequest) -> HttpResponse:
    owner = owner_of(request)
    if request.method == "POST":
        kind, object_id = _pair_or_404(request.POST.get("pin", ""))
        if not pinning.pin(owner.profile, kind, object_id):
            messages.error(request, _("This cannot be pinned: perhaps six things are pinned already."))
        return _back("pins", "profiles:pins")
    question = request.GET.get("q", "")[:LONGEST_QUESTION]
    topics, found = pinning.offered(request.user, question)
    there = pinning.pinned(owner.profile, request.user)
    rows = steps(there, lambda line: line.key)
    context = {"person": owner, "rows": rows, "topics": topics, "found": found, "question": question}
    context |= {"tab": "page", "is_full": len(there) >= MOST_PINS, "keys": {line.key for line in there}}
    return render(request, "profiles/pin_picker.html", context)


@account_only
@require_POST
def pin_removal(request: HttpRequest, key: str) -> HttpResponse:
    pinning.unpin(_profile(request), *_pair_or_404(key))
    return _back("pins", "profiles:pins")


@account_only
@require_POST
def pin_place(request: HttpRequest, key: str) -> HttpResponse:
    pinning.place(_profile(request), key, request.POST.get("before", ""))
    return _back("pins", "profiles:pins")


def _profile(request: HttpRequest) -> Profile:
    return Profile.objects.select_related("user").get(user=request.user.pk)


def _pair_or_404(key: str) -> tuple[str, int]:
    kind, _dash, number = key.rpartition("-")
    if not (number.isascii() and number.isdecimal() and len(number) <= 18):
        raise Http404
    return kind, int(number)


def _back(anchor: str = "parts", to: str = "profiles:page") -> HttpResponse:
    """To the list, where the thing stands now."""
    response = redirect(to)
    response["Location"] += f"#{quote(anchor)}"
    return response
