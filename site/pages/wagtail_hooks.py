"""How the CMS differs from Wagtail's own: translations as drafts, and pages that code looks after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import edit_translation

from news.models import NewsIndexPage, ResourceIndexPage
from pages import translations
from pages.cms import proposal_hooks, toolbox_hooks, translating_hooks, views
from pages.cms.glossary_panel import warn_of_doubts
from pages.models import HomePage, SpaceIndexPage, SpacePage

# Before wagtail-localize's, which are registered with order 0.
FIRST = -10
HOOKS = (translating_hooks, toolbox_hooks, proposal_hooks)
KEPT = (HomePage, NewsIndexPage, ResourceIndexPage, SpaceIndexPage, SpacePage)


@hooks.register("register_admin_urls", order=FIRST)
def addresses() -> list[URLPattern]:
    return [
        path("translations/", views.TranslationsView.as_view(), name="pages_translations"),
        path("localize/submit/page/<int:page_id>/", views.BeginTranslationView.as_view(), name="pages_begin"),
        path("localize/update/<int:translation_source_id>/", views.refresh),
        # Back to a stand-in is Wagtail's own "Unpublish".
        path("localize/page/<int:page_id>/convert_to_alias/", views.nothing_here),
    ]


@hooks.register("register_admin_menu_item")
def translations_menu_item() -> MenuItem:
    return MenuItem(
        gettext_lazy("Translations"),
        reverse("pages_translations"),
        icon_name="wagtail-localize-language",
        order=250,
    )


@hooks.register("construct_reports_menu")
def one_list_of_translations(request: HttpRequest, menu_items: list[Any]) -> None:
    theirs = reverse("wagtail_localize:translations_report")
    menu_items[:] = [item for item in menu_items if item.url != theirs]


@hooks.register("before_edit_page", order=FIRST)
def translation_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A stand-in with a translation begun opens in the editor of strings; publishing goes through our verb."""
    translation = translations.translation_for(page)
    if translation is None:
        return None
    if not translation.enabled:
        return (
            _restart(request, page, translation) if "localize-restart-translation" in request.POST else None
        )
    if request.method == "POST":
        return _publish(request, page, translation) if request.POST.get("action") == "publish" else None
    return edit_translation(request, translation, page) if page.alias_of_id else None


def _restart(request: HttpRequest, page: Page, translation: Translation) -> HttpResponse:
    """wagtail-localize's own would forget what was written on the page meanwhile."""
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    translations.restart(translation)
    messages.success(request, _("Translated passage by passage again. What was written on the page is kept."))
    return redirect(request.path)


def _publish(request: HttpRequest, page: Page, translation: Translation) -> HttpResponse:
    by: Any = request.user
    if not page.permissions_for_user(by).can_publish():
        raise PermissionDenied
    try:
        translations.publish(translation, by=by)
    except translations.Incomplete as incomplete:
        for words in _what_is_left(incomplete):
            messages.error(request, words)
    except translations.LanguageOff:
        messages.error(request, _("This language is switched off at the moment. Nothing was published."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Published."))
        warn_of_doubts(request, translation)
    return redirect(request.path)


def _what_is_left(incomplete: translations.Incomplete) -> Iterator[str]:
    if incomplete.missing:
        yield ngettext(
            "%(count)d passage is not translated yet. Readers go on seeing what they saw.",
            "%(count)d passages are not translated yet. Readers go on seeing what they saw.",
            incomplete.missing,
        ) % {"count": incomplete.missing}
    if incomplete.unread:
        yield ngettext(
            "%(count)d passage is only a draft: nobody has gone over it yet.",
            "%(count)d passages are only drafts: nobody has gone over them yet.",
            incomplete.unread,
        ) % {"count": incomplete.unread}


@hooks.register("before_convert_alias_page")
def translate_instead(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A stand-in turned into a page of its own would be live in the wrong language."""
    if page.alias_of is None or page.alias_of.locale_id == page.locale_id:
        return None
    return redirect("wagtail_localize:submit_page_translation", page.alias_of_id)


@hooks.register("before_delete_page")
@hooks.register("before_move_page")
@hooks.register("before_unpublish_page")
@hooks.register("before_copy_page")
def kept_by_code(request: HttpRequest, page: Page, *args: Any) -> HttpResponse | None:
    """Home, lists and landing pages have their place; a landing page goes when its space becomes hidden."""
    if not isinstance(page.specific, KEPT):
        return None
    messages.error(request, _("This page belongs where it is: the site itself looks after it."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def kept_by_code_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action_class: Any
) -> HttpResponse | None:
    kept = [one for one in objects if isinstance(one, Page) and isinstance(one.specific, KEPT)]
    if action_type == "publish" or not kept:
        return None
    return kept_by_code(request, kept[0])
