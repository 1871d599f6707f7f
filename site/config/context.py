"""What every page may ask for: language links, section, menus, address of the style sheet. Costs no query here.

Everything that could touch the session or the database is lazy: a page that does not draw it, or an
anonymous reader, pays nothing and gets no cookie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from config.face import face_css
from pages.frame.reading import frame

if TYPE_CHECKING:
    from wagtail.models import Page

LANGUAGES: Final = dict(settings.LANGUAGES)
CMS_RIGHT: Final = "wagtailadmin.access_admin"
CMS_FLAG: Final = "may_edit"
# Where Wagtail keeps what it found for the address (`Page.route_for_request`).
ROUTED: Final = "_wagtail_route_for_request"


@dataclass(frozen=True)
class LanguageLink:
    """One choice of the language switch. `translated` is false where a page only stands in for its source."""

    code: str
    name: str
    url: str
    current: bool
    translated: bool = False
    absolute: str = ""


def page(request: HttpRequest) -> dict[str, Any]:
    language = get_language() or settings.LANGUAGE_CODE
    around = SimpleLazyObject(frame)
    return {
        "frame": around,
        "site_name": SimpleLazyObject(lambda: around.name),
        "face_css": face_css(),
        "language": language,
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "language_name": LANGUAGES.get(language, language),
        "home_url": f"/{language}/",
        "section": section(request.path),
        "signin_url": SimpleLazyObject(lambda: signin_url(request)),
        "language_links": LanguageLinks(request, language),
        "may_edit": SimpleLazyObject(lambda: may_edit(request)),
    }


def signin_url(request: HttpRequest) -> str:
    """The one sign-in page, leading back to where the visitor is."""
    if section(request.path) in ("", "account"):
        return reverse("account_login")
    return sign_in_and_back(request)


def sign_in_and_back(request: HttpRequest) -> str:
    return f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"


def section(path: str) -> str:
    """The first step below the language: "news", "spaces", "feed"; empty on the home page."""
    steps = path.strip("/").split("/")
    return steps[1] if len(steps) > 1 and steps[0] in LANGUAGES else ""


class LanguageLinks:
    """The links of the language switch, worked out when a template walks through them."""

    def __init__(self, request: HttpRequest, language: str, *, of_address: bool = False) -> None:
        self._request, self._language, self._of_address_only = request, language, of_address
        self._links: list[LanguageLink] | None = None

    def __iter__(self) -> Iterator[LanguageLink]:
        if self._links is None:
            routed = None if self._of_address_only else getattr(self._request, ROUTED, None)
            self._links = self._of_address() if routed is None else self._of_page(routed.page)
        return iter(self._links)

    @property
    def alternates(self) -> SafeString:
        """For the head of a page that has translations."""
        there = ((link.code, link.absolute) for link in self if link.translated and link.absolute)
        return format_html_join("", '<link rel="alternate" hreflang="{}" href="{}">', there)

    def _of_address(self) -> list[LanguageLink]:
        """Our own addresses are the same in every language but for the first step."""
        return self._each(lambda code: (same_address(self._request, code), False, ""))

    def _of_page(self, page: Page) -> list[LanguageLink]:
        """A CMS page's translations and stand-ins, in one query; the home page where there is neither."""
        there: dict[str, Any] = {other.locale.language_code: other for other in page.live_translations()}
        there[self._language] = page

        def link(code: str) -> tuple[str, bool, str]:
            other = there.get(code)
            if other is None:
                return f"/{code}/", False, ""
            address = other.get_url(self._request) or f"/{code}/"
            return address, other.alias_of_id is None, other.get_full_url(self._request) or ""

        return self._each(link)

    def _each(self, link: Callable[[str], tuple[str, bool, str]]) -> list[LanguageLink]:
        links = []
        for code, name in LANGUAGES.items():
            url, translated, absolute = link(code)
            links.append(LanguageLink(code, name, url, code == self._language, translated, absolute))
        return links


def same_address(request: HttpRequest, code: str) -> str:
    """The same address, query included, below another language; that language's home for the few others."""
    steps = request.get_full_path().split("/", 2)
    if len(steps) < 3 or steps[1] not in LANGUAGES:
        return f"/{code}/"
    return f"/{code}/{steps[2]}"


def may_edit(request: HttpRequest) -> bool:
    """Whether to show the link to the CMS. The CMS asks for itself: this is a word in a menu, not a door."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return False
    if CMS_FLAG not in request.session:
        request.session[CMS_FLAG] = user.has_perm(CMS_RIGHT)
    return bool(request.session[CMS_FLAG])


@receiver(user_logged_in, dispatch_uid="config.context.remember_cms_right")
def remember_cms_right(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Asked once, when someone signs in, so that no later page pays two queries for one link."""
    request.session[CMS_FLAG] = user.has_perm(CMS_RIGHT)
