"""A reader asks for a page in their language. Translators see how many did, and nobody who."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.generic import TemplateView
from wagtail.models import Page

from news.public_page import PublicPage, PublicPageQuerySet
from pages.models import SpacePage, Wish

# So long asking twice is asking once; then nothing says any more who it was.
REMEMBERED: Final = timedelta(days=30)


@method_decorator(login_not_required, name="dispatch")
class WishView(TemplateView):
    """On a page of its own: the stand-in itself is kept for everybody, without a cookie and without a form."""

    template_name = "pages/wish_detail.html"
    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, page_id: int) -> HttpResponseBase:
        self.page = self.in_readers_language(page_id)
        if not self.page.is_stand_in:
            return redirect(self.page.get_url() or "/")
        return super().dispatch(request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = Wish.objects.filter(**self.row(self.page)).exists()
        return super().get_context_data(**kwargs) | {"page": self.page, "asked": asked}

    def post(self, request: HttpRequest) -> HttpResponse:
        Wish.objects.bulk_create([Wish(**self.row(self.page))], ignore_conflicts=True)
        return redirect(request.path)

    def in_readers_language(self, page_id: int) -> PublicPage:
        """What a visitor may read, else the ordinary 404. The language switch comes with a page of another tree."""
        rows = PublicPageQuerySet(Page).open_to_all()
        asked = get_object_or_404(rows.filter(depth__gt=1), pk=page_id)
        here = rows.filter(translation_key=asked.translation_key, locale__language_code=get_language())
        page: Any = get_object_or_404(here).specific
        if isinstance(page, SpacePage) and page.rights_of(self.request.user) is None:
            raise Http404
        return page

    def row(self, page: PublicPage) -> dict[str, Any]:
        language = get_language() or ""
        return {
            "translation_key": page.translation_key,
            "language": language,
            "who": who(self.request, f"{page.translation_key}:{language}"),
        }


def who(request: HttpRequest, what: str) -> str:
    """A hash of the person or, of a visitor, of the form's own cookie: no session is opened, no address kept.

    It differs for each page and language, so that two wishes never show that one person made both.
    """
    user: Any = request.user
    if user.is_authenticated:
        person = f"person:{user.pk}"
    else:
        get_token(request)
        person = f"visitor:{request.META['CSRF_COOKIE']}"
    return salted_hmac("pages.wishes", f"{what}:{person}", algorithm="sha256").hexdigest()


def forget_who(now: datetime | None = None) -> int:
    """For `tick`: old wishes count on, and say no more whose they were."""
    old = Wish.objects.filter(asked_at__lt=(now or timezone.now()) - REMEMBERED).exclude(who="")
    return old.update(who="")


def tick() -> str:
    return f"wishes that say no more whose they were: {forget_who()}"
