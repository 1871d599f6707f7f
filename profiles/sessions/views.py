from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.views.door import account_only
from profiles.sessions import ending, keeping, life, listing
from profiles.sessions.forms_back import give_back

PER_PAGE = 30


@account_only
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """The list; sent, it ends all others."""
    if request.method == "POST":
        ending.end_all(request.user, keep=request)  # type: ignore[arg-type]
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("usersessions_list")
    try:
        page = Paginator(listing.living(request.user), PER_PAGE).page(request.GET.get("page", 1))  # type: ignore[arg-type]
    except InvalidPage as beyond:
        raise Http404 from beyond
    current = listing.current_row(request)
    lines = [listing.Line(row, row.pk == current) for row in page]
    return render(request, "usersessions/usersession_list.html", {"page_obj": page, "lines": lines})


@account_only
@require_POST
def session_end(request: HttpRequest, token: str) -> HttpResponse:
    row = next((row for row in own(request) if listing.token_of(row) == token), None)
    if row is None:
        raise Http404
    if row.pk == listing.current_row(request):
        logout(request)
        return redirect("/")
    ending.end(row)
    messages.success(request, _("That device is signed out."))
    return redirect("usersessions_list")


def own(request: HttpRequest) -> list[UserSession]:
    return list(UserSession.objects.filter(user_id=request.user.pk).only("pk", "session_key"))


@account_only
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest) -> HttpResponse:
    """What one had written when the session ended, for who may still send it there. Sent, it is thrown away."""
    form = keeping.open_for(request, request.user)  # type: ignore[arg-type]
    given = give_back(request, form) if form else None
    if given is None:
        raise Http404
    if request.method == "POST" or not given.texts:
        response = redirect(given.page)
        keeping.throw_away(request, response)
        return response
    return render(request, "account_sessions/kept.html", {"given": given})


@require_safe
def quick_exit(request: HttpRequest) -> HttpResponse:
    """Away from here, at once. A link may not sign anybody out, hence only where the phone is not one's own."""
    response = HttpResponseRedirect(settings.QUICK_EXIT_URL)
    response["Referrer-Policy"] = "no-referrer"
    response["Clear-Site-Data"] = '"cache"'
    if life.is_shared(request.session):
        logout(request)
    return response
