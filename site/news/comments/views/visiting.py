"""A visitor's way: the form was sent, the mail came, the button was pressed."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from news.comments import followers, guests
from news.comments.pages import open_page


@require_safe
def sent(request: HttpRequest, key: UUID, what: str) -> HttpResponse:
    """`what`: comment, report, address. The same for a person and for a machine, whatever came of it."""
    return render(request, "news_comments/sent.html", {"page": open_page(key), "what": what})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def following(request: HttpRequest, token: str) -> HttpResponse:
    """The mail's link: a button here, too. From then on the token only ends it."""
    follower = followers.follower_of(token)
    if follower is None:
        return render(request, "news_comments/confirmation_over.html", {"what": "address"}, status=404)
    page = open_page(follower.about)
    if request.method == "POST":
        followers.confirm(follower)
    done = request.method == "POST" or follower.confirmed_at is not None
    return render(request, "news_comments/following.html", {"page": page, "follower": follower, "done": done})


@login_not_required
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
