"""Who is in a space, and what its facilitators do about it. Each deed is a noun below the person it is done to."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities import joining, roster
from communities.feed import page_or_404
from communities.models import Membership, Space
from communities.permissions import Refused
from communities.roles import Role
from communities.roster_forms import HandoverForm, RoleForm, TheyReadForm
from communities.succession import facilitators, heir_of
from communities.views.door import SignedInRequest, known_space_or_404, space_or_404

PER_PAGE = 50


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Facilitators see who is suspended here as well."""
    here = space_or_404(request, slug, "see_members")
    rows = here.memberships.present() if here.rights.may_manage else here.memberships.in_force()
    asked = request.GET.get("q", "").strip()[:60]
    found = rows.named(asked) if asked else rows
    found = found.with_line().order_by("-role", "user__display_name", "pk")
    page = page_or_404(Paginator(found, PER_PAGE), request)
    context = {"space": here, "tab": "members", "page_obj": page, "q": asked}
    return render(request, "communities/member_list.html", context)


@require_safe
def member(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "manage")
    return _page(request, here, public_id)


def _page(request: SignedInRequest, here: Space, public_id: str, **forms: forms.Form) -> HttpResponse:
    row = here.memberships.with_line().filter(user__public_id=public_id).first()
    if row is None:
        raise Http404
    context = {
        "space": here,
        "tab": "members",
        "row": row,
        "is_self": row.user_id == request.user.pk,
        "records": here.records.filter(person=row.user).select_related("actor")[:20],
        "role_form": RoleForm(initial={"role": row.role}),
        "suspension_form": TheyReadForm(auto_id="suspension_%s"),
        "removal_form": TheyReadForm(auto_id="removal_%s"),
        **forms,
    }
    return render(request, "communities/member_detail.html", context, status=422 if forms else 200)


@require_POST
def role(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "manage")
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, here, public_id, role_form=form)
    chosen = form.cleaned_data["role"]
    return _deed(
        request, here, public_id, _("The role is changed, with effect at once."),
        lambda: roster.change_role(here, public_id, chosen, by=request.user),
    )  # fmt: skip


@require_POST
def suspension(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "manage")
    form = TheyReadForm(request.POST, auto_id="suspension_%s")
    if not form.is_valid():
        return _page(request, here, public_id, suspension_form=form)
    reason = form.cleaned_data["reason"]
    return _deed(
        request, here, public_id, _("Suspended in this space, with effect at once."),
        lambda: roster.suspend(here, public_id, by=request.user, reason=reason),
    )  # fmt: skip


@require_POST
def reinstatement(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "manage")
    return _deed(
        request, here, public_id, _("The suspension is over."),
        lambda: roster.lift(here, public_id, by=request.user),
    )  # fmt: skip


@require_POST
def removal(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    here = space_or_404(request, slug, "manage")
    form = TheyReadForm(request.POST, auto_id="removal_%s")
    if not form.is_valid():
        return _page(request, here, public_id, removal_form=form)
    reason = form.cleaned_data["reason"]
    return _deed(
        request, here, "", _("Removed, with effect at once."),
        lambda: roster.remove(here, public_id, by=request.user, reason=reason),
    )  # fmt: skip


def _deed(
    request: SignedInRequest, here: Space, back_to: str, done: str, deed: Callable[[], Membership]
) -> HttpResponse:
    """Leads back to the person (`back_to`), else to the list."""
    try:
        deed()
    except roster.NotPossible as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, done)
    if back_to:
        return redirect("communities:member", here.slug, back_to)
    return redirect("communities:members", here.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: SignedInRequest, slug: str) -> HttpResponse:
    """Somebody else is made facilitator, and who hands over steps back, in one act."""
    here = space_or_404(request, slug, "manage")
    chosen = request.GET.get("person", "")[:20]
    form = HandoverForm(request.POST or None, space=here, by=request.user, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        return _handed_over(request, here, form)
    context = {"space": here, "tab": "members", "form": form}
    return render(request, "communities/handover_form.html", context, status=422 if form.errors else 200)


def _handed_over(request: SignedInRequest, here: Space, form: HandoverForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        heir = roster.hand_over(here, data["person"], by=request.user, then=data["then"])
    except roster.NotPossible as reason:
        messages.error(request, str(reason))
        return redirect("communities:handover", here.slug)
    messages.success(request, _("%(name)s facilitates this space now.") % {"name": heir.user.display_name})
    return redirect(here)


@require_http_methods(["GET", "HEAD", "POST"])
def departure(request: SignedInRequest, slug: str) -> HttpResponse:
    """Says what goes and what stays, and what becomes of the space that loses its last facilitator."""
    here = known_space_or_404(request, slug)
    own = here.memberships.filter(user=request.user.pk).first()
    if own is None or not here.rights.allows("leave"):
        raise Refused("leave", here)
    if request.method == "POST":
        joining.leave(own)
        messages.success(request, _("You have left. Your notifications and subscriptions there are deleted."))
        return redirect("communities:spaces")
    others = [person for person in facilitators(here) if person.pk != request.user.pk]
    is_last = own.role == Role.FACILITATOR and not others
    context = {"space": here, "tab": "about", "is_last": is_last, "heir": heir_of(here) if is_last else None}
    return render(request, "communities/departure_form.html", context)
