"""The editors' queue in the CMS."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from news.comments import cms, voices


class CommentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return voices.may_moderate(request.user)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("comments/", cms.QueueView.as_view(), name="news_comments_queue"),
        path("comments/<str:public_id>/decision/", cms.decision, name="news_comments_decision"),
    ]


@hooks.register("register_admin_menu_item")
def comments_menu_item() -> MenuItem:
    return CommentsMenuItem(
        _("Comments"), reverse("news_comments_queue"), name="page-comments", icon_name="comment", order=260
    )
