from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.views.again import signed_in_again
from communities.views.door import SignedInRequest, account_only
from profiles.leaving import erasing, exporting
from profiles.leaving.forms import ErasureForm


@account_only
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_again
def export(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        try:
            exporting.ask(request.user)
        except exporting.TooSoon as soon:
            when = date_format(localtime(soon.again_at), "DATETIME_FORMAT")
            messages.info(
                request, _("One copy a day: you can ask for a new one from %(when)s.") % {"when": when}
            )
        return redirect("leaving:export")
    return render(request, "leaving/export_page.html", {"export": exporting.of(request.user)})


@account_only
@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: SignedInRequest) -> HttpResponseBase:
    """Calling it off must be easy, so a wish that stands is shown without another sign-in."""
    asked = erasing.of(request.user)
    if asked is not None:
        return render(request, "leaving/erasure_page.html", {"erasure": asked})
    return _new_erasure(request)


@signed_in_again
def _new_erasure(request: SignedInRequest) -> HttpResponse:
    form = ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        erasing.ask(request.user, words_too=form.words_too)
        return redirect("leaving:erasure")
    status = 422 if request.method == "POST" else 200
    return render(request, "leaving/erasure_form.html", {"form": form}, status=status)


@account_only
@require_POST
def withdrawal(request: SignedInRequest) -> HttpResponse:
    if erasing.call_off(request.user):
        messages.success(request, _("Your account stays. Welcome back!"))
    return redirect("profiles:edit")
