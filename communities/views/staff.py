"""The staff desk: accounts that wait, people, spaces by id. Never content."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities import staffdesk
from communities.feed import page_or_404
from communities.forms import FacilitatorForm, HeirForm, OptionalReasonForm, ReasonForm, SpaceForm
from communities.models import Record, Space
from communities.proposing import found_from
from communities.public_ids import new_public_id
from communities.roles import Role
from communities.shapes import TEMPLATES
from communities.submissions import claim
from communities.views.door import SignedInRequest, staff_only

User = get_user_model()


@require_safe
@staff_only
def desk(request: SignedInRequest) -> HttpResponse:
    """Accounts waiting, oldest first, and what was done lately."""
    waiting = User.objects.waiting().order_by("date_joined")
    context = {
        "tab": "desk",
        "page_obj": page_or_404(Paginator(waiting, 30), request),
        "records": Record.objects.of_office().with_line()[:20],
    }
    return render(request, "communities/staff_desk.html", context)


@require_safe
@staff_only
def people(request: SignedInRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:120]
    rows = User.objects.filter(email__isnull=False).order_by("display_name", "pk")
    if asked:
        rows = rows.filter(Q(email__icontains=asked) | Q(display_name__icontains=asked))
    context = {"page_obj": page_or_404(Paginator(rows, 30), request), "q": asked, "tab": "people"}
    return render(request, "communities/staff_people.html", context)


@require_safe
@staff_only
def person(request: SignedInRequest, public_id: str) -> HttpResponse:
    found_person = get_object_or_404(User, public_id=public_id)
    context = {
        "tab": "people",
        "person": found_person,
        "records": Record.objects.filter(person=found_person, space__isnull=True).select_related("actor")[
            :50
        ],
        "form": ReasonForm(),
        "is_self": found_person.pk == request.user.pk,
    }
    return render(request, "communities/staff_person.html", context)


@require_POST
@staff_only
def approval(request: SignedInRequest, public_id: str) -> HttpResponse:
    staffdesk.approve(get_object_or_404(User, public_id=public_id), by=request.user)
    messages.success(request, _("Approved. They hear of it by mail."))
    return redirect("communities:staff")


@require_POST
@staff_only
def refusal(request: SignedInRequest, public_id: str) -> HttpResponse:
    form = OptionalReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    staffdesk.refuse(get_object_or_404(User, public_id=public_id), by=request.user, reason=reason)
    messages.success(request, _("Declined. They hear of it by mail."))
    return redirect("communities:staff")


@require_POST
@staff_only
def suspension(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _with_reason(request, public_id, staffdesk.suspend, _("Suspended, with effect at once."))


@require_POST
@staff_only
def reinstatement(request: SignedInRequest, public_id: str) -> HttpResponse:
    return _with_reason(request, public_id, staffdesk.reinstate, _("The account works again."))


def _with_reason(
    request: SignedInRequest, public_id: str, deed: Callable[..., None], done: str
) -> HttpResponse:
    """Nobody suspends or reinstates themselves, and no deed goes without a reason."""
    chosen = get_object_or_404(User.objects.exclude(pk=request.user.pk), public_id=public_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "communities/staff_person.html",
            {"person": chosen, "form": form, "tab": "people"},
            status=422,
        )
    deed(chosen, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, done)
    return redirect("communities:staff_person", public_id)


@require_safe
@staff_only
def spaces(request: SignedInRequest) -> HttpResponse:
    """Every space by name, counts and facilitators; what is written inside stays inside."""
    in_force = Q(memberships__suspended_at__isnull=True)
    rows = Space.objects.with_texts().annotate(
        members_count=Count("memberships", filter=in_force, distinct=True),
    )
    page = page_or_404(Paginator(rows.order_by("-pk"), 50), request)
    context = {"tab": "spaces", "page_obj": page, "facilitators": _facilitators(page)}
    return render(request, "communities/staff_spaces.html", context)


def _facilitators(page: object) -> dict[int, list[str]]:
    from communities.models import Membership

    names: dict[int, list[str]] = {}
    rows = Membership.objects.filter(space__in=list(page), role=Role.FACILITATOR)  # type: ignore[call-overload]
    for row in rows.select_related("user").order_by("joined_at"):
        names.setdefault(row.space_id, []).append(row.user.display_name)
    return names


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def space_new(request: SignedInRequest) -> HttpResponse:
    form = SpaceForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        return _founded(request, form)
    return render(request, "communities/staff_space_form.html", {"form": form, "tab": "spaces"})


def _founded(request: SignedInRequest, form: SpaceForm) -> HttpResponse:
    data = form.cleaned_data
    sending = new_public_id()
    with transaction.atomic():
        if claim(data["key"], by=request.user, answer=sending) == sending:
            found_from(
                data["template"] or next(iter(TEMPLATES)),
                {data["language"]: {"name": data["name"], "purpose": data["purpose"]}},
                by=request.user,
                facilitator=form.person,
                visibility=data["visibility"],
                join_policy=data["join_policy"],
            )
    messages.success(request, _("The space is there, and its facilitator is in it."))
    return redirect("communities:staff_spaces")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def facilitator(request: SignedInRequest, pk: int) -> HttpResponse:
    """Naming a facilitator for a space that has none: the one thing staff do to a space's people."""
    here = get_object_or_404(Space.objects.with_texts().filter(frozen_at__isnull=False), pk=pk)
    form: FacilitatorForm = HeirForm(request.POST or None, space=here)
    if request.method == "POST" and form.is_valid():
        staffdesk.name_facilitator(here, form.person, by=request.user)
        messages.success(request, _("Named. They hear of it by mail."))
        return redirect("communities:staff_spaces")
    context = {"tab": "spaces", "space": here, "form": form}
    return render(request, "communities/staff_facilitator_form.html", context)
