"""The first page of each language: what is new in every room."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from communities import freshness
from news.models import NewsPage, ResourcePage
from pages.models.space import SpacePage
from pages.models.standard import StandardPage
from pages.models.written import WrittenPage

# Slugs of standing pages; the same in every language, as all our addresses are.
WAYS_IN: Final = ("join", "contact")


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
        context["ways"] = freshness.kept(f"ways-{self.pk}", self.ways_in)
        return context

    def ways_in(self) -> dict[str, str]:
        """Addresses of the standing pages that lead in, of those that editors keep. One query."""
        found = StandardPage.objects.child_of(self).open_to_all().filter(slug__in=WAYS_IN)
        return {page.slug: page.get_url() or "" for page in found.only("slug", "url_path", "locale", "path")}
