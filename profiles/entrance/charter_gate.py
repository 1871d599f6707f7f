"""Who has not accepted the charter that holds is led to it, and from there to where they wanted to go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from profiles.entrance import charter

# Not pages of a person, and the ways out. All below account/ stays open beside them: one may change, export
# or close an account without accepting anything.
ON_THE_WAY: Final = frozenset({"face_css", "health", "favicon", "manifest", "robots", "quick_exit"})
ACCOUNT: Final = "account"


class CharterMiddleware:
    """Forms go through: nothing typed is lost, and the page they lead to is where the charter shows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if is_on_the_way(request) or not request.user.is_authenticated or charter.is_accepted(request):
            return None
        back = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('entrance:acceptance')}?{back}")


def is_on_the_way(request: HttpRequest) -> bool:
    match = request.resolver_match
    steps = request.path.split("/", 3)
    return bool(match and match.view_name in ON_THE_WAY) or (len(steps) > 3 and steps[2] == ACCOUNT)
