"""The old address of a space leads to the new one, for whoever may know the space and for nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from communities.models import Space

if TYPE_CHECKING:
    from communities.permissions import AnyUser


class Moved(Exception):
    """Raised by the door (`views/door.py`) once the right was asked; the middleware below answers."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new


def space_moved_from(slug: str, user: AnyUser) -> Space | None:
    """The space that had this address, when `user` may know it."""
    return Space.objects.known_to(user).filter(old_addresses__slug=slug).first()


class MovedMiddleware:
    """Not for good (301): a browser would remember that, and the right must be asked again each time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if not isinstance(exception, Moved):
            return None
        address = request.get_full_path().replace(f"/{exception.old}/", f"/{exception.new}/", 1)
        return HttpResponseRedirect(address, preserve_request=True)
