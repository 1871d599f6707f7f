"""The first page of each language: what is new in every room."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from news.models import NewsPage, ResourcePage
from pages.models.space import SpacePage
from pages.models.written import WrittenPage


class HomePage(WrittenPage):
    """One per language, made by a migration. What is new comes from the other rooms."""

    parent_page_types: list[str] = ["wagtailcore.Page"]
    is_creatable = False
    template = "pages/home.html"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["news"] = NewsPage.objects.below(self).order_by("-date", "-pk")[:3]
        context["resources"] = ResourcePage.objects.below(self).with_row().order_by("-first_published_at")[:3]
        context["landings"] = SpacePage.objects.below(self).known_to(request.user).with_card().in_use()[:4]
        return context
