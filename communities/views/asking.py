"""Coming in by oneself: joining an open space, asking to join another, taking a request back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities import joining
from communities.forms import JoinRequestForm
from communities.models import JoinRequest, Space
from communities.permissions import Refused
from communities.views.door import SignedInRequest, known_space_or_404

State = JoinRequest.State


@require_POST
def membership(request: SignedInRequest, slug: str) -> HttpResponse:
    """Joining an open space, in one click."""
    here = known_space_or_404(request, slug)
    if here.rights.is_inside:
        return redirect(here)
    if not here.rights.allows("join"):
        raise Refused("join", here)
    joining.come_in(here, request.user)
    messages.success(request, _("You are in. Welcome!"))
    return redirect(here)


@require_http_methods(["GET", "HEAD", "POST"])
def join_request(request: SignedInRequest, slug: str) -> HttpResponse:
    """Asking to come in. While a request waits it is shown; after a refusal, its reason and when to ask again."""
    here = known_space_or_404(request, slug)
    if here.rights.is_inside:
        return redirect(here)
    if not here.rights.allows("ask"):
        raise Refused("ask", here)
    latest = here.join_requests.filter(user=request.user.pk).order_by("-pk").first()
    later = joining.may_ask_from(here, request.user) if latest else None
    language, questions = here.questions
    form = JoinRequestForm(request.POST or None, questions=questions, language=language)
    is_free = later is None and not (latest and latest.state == State.PENDING)
    if request.method == "POST" and is_free and form.is_valid():
        return _asked(request, here, form)
    context = {"space": here, "form": form, "latest": latest, "later": later}
    status = 422 if is_free and form.errors else 200
    return render(request, "communities/join_request_form.html", context, status=status)


def _asked(request: SignedInRequest, here: Space, form: JoinRequestForm) -> HttpResponse:
    joining.ask(
        here,
        request.user,
        form.cleaned_data.get("text", ""),
        answers=form.answers(),
        language=get_language() or "",
    )
    messages.success(request, _("Your request is with the facilitators. You will hear from them by mail."))
    return redirect("communities:join_request", here.slug)


@require_POST
def withdrawal(request: SignedInRequest, slug: str) -> HttpResponse:
    """Of one's own request that waits."""
    here = known_space_or_404(request, slug)
    waiting = here.join_requests.filter(user=request.user.pk, state=State.PENDING).first()
    if waiting is not None and joining.withdraw(waiting):
        messages.success(request, _("Your request is withdrawn."))
    else:
        messages.info(request, _("No request of yours is waiting here."))
    return redirect(
        "communities:about" if here.rights.allows("read") else "communities:join_request", here.slug
    )
