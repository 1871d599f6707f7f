"""Old addresses lead on, to whoever may read what is there now: an address says something already."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.middleware import RedirectMiddleware as WagtailRedirectMiddleware
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from pages.models import SpacePage


class RedirectMiddleware(WagtailRedirectMiddleware):
    """As Wagtail's, which sends everybody on. For whoever may not know the aim, the ordinary 404 stays as it is."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        redirect = _found(request)
        if redirect is None or redirect.link is None or not may_follow(request, redirect.redirect_page):
            return response
        kind = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
        return kind(redirect.link)


def _found(request: HttpRequest) -> Redirect | None:
    """For the address with its query, else without."""
    whole = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    plain = whole.partition("?")[0]
    return get_redirect(request, whole) or (get_redirect(request, plain) if plain != whole else None)


def may_follow(request: HttpRequest, page: Any) -> bool:
    """True for an address outside the tree of pages. Asks as `Page.serve` would."""
    if page is None:
        return True
    page = page.specific
    if not page.live or not all(each.accept_request(request) for each in page.get_view_restrictions()):
        return False
    return not isinstance(page, SpacePage) or page.rights_of(request.user) is not None
