from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.models import Space
from communities.views.door import account_only
from profiles.audiences import FIELDS, audience_of, shown_to
from profiles.forms import AccountFieldsForm, ProfileForm
from profiles.models import User


@require_safe
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    owner = User.objects.with_page().filter(public_id=public_id).first()
    shown = shown_to(request.user, owner) if owner is not None else {}
    if owner is None or not shown:
        raise Http404
    context = {
        "person": owner,
        "shown": shown,
        "audiences": {field: audience_of(owner, field).label for field in FIELDS},
        "is_owner": owner.pk == request.user.pk,
        "spaces": _spaces_in_common(request, owner),
    }
    return render(request, "profiles/person_page.html", context)


def _spaces_in_common(request: HttpRequest, owner: User) -> list[Space]:
    """Those both are in. A space that does not show its members does not show them here either."""
    viewer = request.user
    spaces = Space.objects.of_member(viewer).known_to(viewer).with_texts()
    if owner.pk != viewer.pk:
        theirs = Space.objects.of_member(owner).values("pk")
        spaces = spaces.allowing(viewer, "see_members").filter(pk__in=theirs)
    return list(spaces)


@account_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    owner = User.objects.with_page().get(pk=request.user.pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    account = AccountFieldsForm(*sent, instance=owner)
    profile = ProfileForm(*sent, instance=owner.profile)
    if request.method == "POST" and account.is_valid() and profile.is_valid():
        with transaction.atomic():
            account.save()
            profile.save()
        with translation.override(owner.language):
            messages.success(request, _("Your profile is saved."))
            return redirect("profiles:person", owner.public_id)
    context = {"person": owner, "account_form": account, "form": profile}
    status = 422 if account.errors or profile.errors else 200
    return render(request, "profiles/profile_form.html", context, status=status)
