"""What one says of oneself, in short forms."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.views.door import account_only
from profiles.forms.editing import AccountFieldsForm, ProfileForm
from profiles.models import User


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
