"""The frame around every page. What is the same for everybody who reads a language is drawn once per process.

A drawn piece is kept under all that it was drawn from, and that is values: never a request, a person, a space. What
is of one reader or of one address is put into it each time, at PLACES.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, NamedTuple

from django import template
from django.conf import settings
from django.template import Context
from django.template.defaultfilters import linebreaksbr
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from communities.drawing import draw
from pages.frame.reading import Frame

register = template.Library()

# No text of ours, of an editor's or in an address has a null byte.
PLACES: Final = {name: SafeString(f"\0{name}\0") for name in ("languages", "me", "sign_in", "token")}
# Steps below the language that something in the menus leads to.
SECTIONS: Final = frozenset({"account", "communities", "events", "feed", "news", "resources", "spaces"})
MOST: Final = 256  # kept of each piece; those not asked for longest go


class Look(NamedTuple):
    """All that a masthead is drawn from."""

    language: str
    static_url: str
    home_url: str
    frame: Frame
    section: str
    path: str  # of a page in the main menu, else empty
    is_signed_in: bool = False
    is_approved: bool = False
    is_staff: bool = False
    may_edit: bool = False

    @classmethod
    def of(cls, context: Context) -> Look:
        user, frame = context["user"], context["frame"]
        # A view may call something of its own so.
        section = context["section"] if isinstance(context["section"], str) else ""
        given = (get_language() or "", settings.STATIC_URL, context["home_url"], frame.itself)
        if user.is_authenticated:
            rights = (bool(user.is_approved), bool(user.is_staff), bool(context["may_edit"]))
            return cls(*given, section if section in SECTIONS else "", "", True, *rights)
        leads_to = {entry.url for entry in frame.main}
        path = context["request"].path if "request" in context else ""
        is_known = section in SECTIONS or f"{context['home_url']}{section}/" in leads_to
        return cls(*given, section if is_known else "", path if path in leads_to else "")


@register.simple_tag(takes_context=True)
def masthead(context: Context) -> SafeString:
    """What stands above a page, from the link that leads past it to its menus."""
    look = Look.of(context)
    put: dict[str, str] = {"languages": _language_links(context["language_links"])}
    if look.is_signed_in:
        put |= {"me": reverse("profiles:person", args=[context["user"].public_id]), "token": _token(context)}
    else:
        put |= {"sign_in": conditional_escape(context["signin_url"])}
    drawn: str = _masthead(look)
    for name, value in put.items():
        drawn = drawn.replace(PLACES[name], value)
    return SafeString(drawn)


@lru_cache(maxsize=MOST)
def _masthead(look: Look) -> SafeString:
    name = dict(settings.LANGUAGES).get(look.language, look.language)
    return draw(
        "components/masthead.html",
        look=look,
        places=PLACES,
        me_word=pgettext("navigation", "Me"),
        language_words=gettext("Language: %(language_name)s") % {"language_name": name},
    )


def _language_links(links: Any) -> SafeString:
    return draw("components/language_links.html", language_links=links)


def _token(context: Context) -> SafeString:
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', context["csrf_token"])


@register.simple_tag(takes_context=True)
def footer(context: Context) -> SafeString:
    return _footer(get_language() or "", context["home_url"], context["frame"].itself)


@lru_cache(maxsize=MOST)
def _footer(_language: str, home_url: str, frame: Frame) -> SafeString:
    name = SafeString('<bdi lang="en">Justice ExPEERience</bdi>')
    words = gettext("%(name)s, the network of people who defend human rights.") % {"name": name}
    return draw(
        "components/footer.html",
        frame=frame,
        home_url=home_url,
        network_words=SafeString(words),
        about_word=pgettext("footer", "About"),
        contact=linebreaksbr(frame.contact, True),
    )


@register.simple_tag(takes_context=True)
def head_links(context: Context) -> SafeString:
    """The mark, the style sheet, and the script that every page has."""
    return _head_links(settings.STATIC_URL, context["face_css"])


@lru_cache(maxsize=MOST)
def _head_links(_static_url: str, face_css: str) -> SafeString:
    return format_html(
        '<link rel="icon" href="{}" type="image/svg+xml">\n<link rel="stylesheet" href="{}">\n'
        '<script type="module" src="{}"></script>',
        static("icons/mark.svg"),
        face_css,
        static("js/page.js"),
    )
