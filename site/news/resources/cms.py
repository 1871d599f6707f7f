"""What spaces offer, in the CMS: a list, and a button that takes a copy. Imported from `wagtail_hooks.py`."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from communities.models import LibraryOffer
from news.resources import offered


class OffersView(WagtailAdminTemplateMixin, TemplateView):
    """Names neither spaces nor people: the file and what was said of it is all that was handed over."""

    template_name = "news/cms/offers.html"
    page_title = gettext_lazy("Offered by spaces")
    header_icon = "doc-full"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not offered.is_editor(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "offers": LibraryOffer.objects.for_editors()[:200]}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        by: Any = request.user
        try:
            page = offered.take(request.POST.get("offer", "")[:20], by=by)
        except (offered.Gone, FileNotFoundError):
            messages.error(request, _("This offer is gone: withdrawn, replaced, or taken by another editor."))
            return redirect("news_offers")
        messages.success(request, _("A draft was made of it. Nobody reads it until you publish."))
        return redirect("wagtailadmin_pages:edit", page.pk)


class OffersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return offered.is_editor(request.user)


@hooks.register("register_admin_urls")
def addresses_of_offers() -> list[URLPattern]:
    return [path("offers/", OffersView.as_view(), name="news_offers")]


@hooks.register("register_admin_menu_item")
def offers_menu_item() -> OffersItem:
    label = gettext_lazy("Offered by spaces")
    return OffersItem(label, reverse("news_offers"), name="offers", icon_name="doc-full", order=265)
