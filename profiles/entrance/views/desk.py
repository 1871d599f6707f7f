"""At the staff desk: who was invited, and the charter."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.feed import page_or_404
from communities.public_ids import new_public_id
from communities.submissions import claim
from communities.views.door import SignedInRequest, staff_only
from profiles.entrance import charter
from profiles.entrance import invitations as inviting
from profiles.entrance.forms import CharterForm, InvitationForm
from profiles.entrance.models import Charter, Invitation

PER_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def invitations(request: SignedInRequest) -> HttpResponse:
    form = InvitationForm(request.POST or None, by=request.user, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        return _invited(request, form)
    rows = Paginator(Invitation.objects.newest_first(), PER_PAGE)
    context = {"tab": "invitations", "form": form, "page_obj": page_or_404(rows, request)}
    return render(request, "entrance/invitation_list.html", context, status=422 if form.errors else 200)


def _invited(request: SignedInRequest, form: InvitationForm) -> HttpResponse:
    """The same words for every address."""
    data, sending = form.cleaned_data, new_public_id()
    with transaction.atomic():
        if claim(data["key"], by=request.user, answer=sending) == sending:
            inviting.invite(data["email"], language=data["language"], by=request.user)
    messages.success(request, _("The invitation is on its way."))
    return redirect("entrance:invitations")


@require_POST
@staff_only
def renewal(request: SignedInRequest, public_id: str) -> HttpResponse:
    """A new link; the one before no longer works."""
    if inviting.post(get_object_or_404(Invitation.objects.standing(), public_id=public_id)):
        messages.success(request, _("The invitation is on its way once more."))
    else:
        messages.info(request, _("It was sent a moment ago."))
    return redirect("entrance:invitations")


@require_POST
@staff_only
def withdrawal(request: SignedInRequest, public_id: str) -> HttpResponse:
    inviting.revoke(get_object_or_404(Invitation, public_id=public_id), by=request.user)
    messages.success(request, _("Withdrawn: the link no longer works."))
    return redirect("entrance:invitations")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def charters(request: SignedInRequest) -> HttpResponse:
    """The version that holds, ready to be changed into the next one."""
    newest = charter.newest()
    there = {text.language: text.text for text in newest.texts.all()} if newest else {}
    form = CharterForm(request.POST or None, by=request.user, initial=there)
    if request.method == "POST" and form.is_valid():
        return _published(request, form)
    context = {"tab": "charter", "form": form, "newest": newest, "versions": Charter.objects.counted()}
    return render(request, "entrance/charter_desk.html", context, status=422 if form.errors else 200)


def _published(request: SignedInRequest, form: CharterForm) -> HttpResponse:
    sending = new_public_id()
    with transaction.atomic():
        if claim(form.cleaned_data["key"], by=request.user, answer=sending) == sending:
            charter.publish(form.texts(), by=request.user)
    messages.success(request, _("Published. Everybody is asked to accept it at their next page."))
    return redirect("entrance:charters")
