"""A visitor's way: the form was sent, the mail came, the button was pressed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from news.comments import guests
from news.comments.pages import open_page


@require_safe
def sent(request: HttpRequest, key: UUID) -> HttpResponse:
    return render(request, "news_comments/sent.html", {"page": open_page(key)})


@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """A button, because mail programs open links before people do."""
    guest = guests.guest_of(token)
    if guest is None:
        return render(request, "news_comments/confirmation_over.html", status=404)
    page = open_page(guest.comment.about)
    done = request.method == "POST"
    if done:
        guests.confirm(guest)
    return render(request, "news_comments/confirmation.html", {"page": page, "guest": guest, "done": done})
