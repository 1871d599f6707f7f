"""Somebody who translates touches their languages, and in those what was translated: never a source.

Wagtail's rights end at a tree of pages. But whoever may change an Arabic page could close it (and with it every
language), delete an Arabic source (and with it the stand-ins of all others), or meet the next such thing that comes
with a new version. So here the few addresses that a translator may send to are named, and everything else is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, Page

from pages import translations

SAFE: Final = ("GET", "HEAD", "OPTIONS")


def is_translator(user: Any) -> bool:
    """In the CMS without the right to add a page anywhere."""
    if user.is_superuser:
        return False
    adds = GroupPagePermission.objects.filter(group__user=user, permission__codename="add_page")
    return not adds.exists()


def _is_no_source(page_id: int) -> bool:
    page = Page.objects.filter(pk=page_id).first()
    return page is None or not translations.is_source(page)


def _is_translated(page_id: int) -> bool:
    page = Page.objects.filter(pk=page_id).first()
    return page is None or (not page.alias_of_id and translations.translation_for(page) is not None)


def _always(**kwargs: Any) -> bool:
    return True


# By name; those of our own begin with OURS. Each asks for its own rights besides.
MAY_SEND: Final[dict[str, Callable[..., bool]]] = {
    "wagtailadmin_pages:edit": _is_no_source,
    "wagtailadmin_pages:unpublish": _is_translated,
    "wagtailadmin_pages:preview_on_edit": _is_no_source,
    "wagtail_localize:edit_string_translation": _always,
    "wagtail_localize:edit_override": _always,
    "wagtail_localize:machine_translate": _always,
    "wagtail_localize:upload_pofile": _always,
    "wagtail_localize:stop_translation": _always,
    "cms/account/": _always,
    "wagtailadmin_account": _always,
    "wagtailadmin_logout": _always,
    "wagtailadmin_dismissibles": _always,
    "wagtailadmin_editing_sessions:ping": _always,
    "wagtailadmin_editing_sessions:release": _always,
    "wagtailadmin_choose_page_external_link": _always,
    "wagtailadmin_choose_page_email_link": _always,
    "wagtailadmin_choose_page_phone_link": _always,
    "wagtailadmin_choose_page_anchor_link": _always,
    "wagtailimages_chooser:select_format": _always,
}
OURS: Final = "pages_"


class TranslatorsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if (
            request.method in SAFE
            or not request.path.startswith("/cms/")
            or not request.user.is_authenticated
        ):
            return
        match: Any = request.resolver_match
        name = match.view_name
        if is_translator(request.user) and not _may_send(name, kwargs):
            raise PermissionDenied(_("That is for editors. Your translations are under “Translations”."))
        if name == "wagtailadmin_pages:set_privacy":
            _require_all_languages(request.user, kwargs["page_id"])


def _may_send(name: str, kwargs: dict[str, Any]) -> bool:
    asks = MAY_SEND.get(name)
    if asks is None:
        return name.startswith(OURS)
    return asks() if asks is _always else asks(kwargs["page_id"])


def _require_all_languages(user: Any, page_id: int) -> None:
    """Closed in one language is closed in all."""
    page = Page.objects.filter(pk=page_id).first()
    for each in page.get_translations(inclusive=True) if page else ():
        if not each.permissions_for_user(user).can_publish():
            raise PermissionDenied(_("A page is closed in all its languages at once: an editor does that."))
