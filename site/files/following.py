"""For js/uploads.js: a script that sends a form cannot stop at a redirect, and would fetch the next page unseen."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase


class FollowingMiddleware:
    """Asked with `X-Follow: no`, a redirect says where to in `X-Location`; the browser then goes there itself.

    Otherwise what is shown once ("Saved.") would be spent on an answer that nobody sees.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.headers.get("X-Follow") == "no" and response.has_header("Location"):
            response["X-Location"] = response["Location"]
            del response["Location"]
            response.status_code = 200
        return response
