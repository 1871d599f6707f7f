from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase


def stored_file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    raise Http404
