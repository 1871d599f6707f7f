"""Editors are told, too, what was hidden in what they uploaded: on the next page of the CMS that shows messages.

Wagtail's forms know no request, and many files at once come by a request each: what was cleaned is noted here.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.contrib import messages

from files.cleaning import told

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from files.cleaning import CleanFile

_cleaned: ContextVar[list[CleanFile] | None] = ContextVar("cleaned_for_the_cms", default=None)


def noted(clean: CleanFile) -> CleanFile:
    files = _cleaned.get()
    if files is not None:
        files.append(clean)
    return clean


class ToldMiddleware:
    """Inside whatever chooses the language of the CMS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST" or not request.path.startswith("/cms/"):
            return self.get_response(request)
        files: list[CleanFile] = []
        token = _cleaned.set(files)
        try:
            response = self.get_response(request)
        finally:
            _cleaned.reset(token)
        for sentence in told(files) if response.status_code < 400 else ():
            messages.info(request, sentence)
        return response
