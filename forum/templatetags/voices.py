"""The posts of a topic, drawn by Jinja: twenty posts with their menus cost Django's templates ten times as much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.middleware.csrf import get_token
from django.template import engines
from django.template.context import Context
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext, pgettext

if TYPE_CHECKING:
    from django.http import HttpRequest

register = template.Library()


@register.simple_tag(takes_context=True)
def voices(context: Context) -> SafeString:
    """The posts as the context of `topic_detail.html` has them."""
    around: dict[str, Any] = {str(name): value for name, value in context.flatten().items()}
    request, space = around["request"], around["space"]
    around |= {
        "reader": request.user,
        "is_inside": space.rights.is_inside,
        "posts_url": f"{reverse('forum:topics', args=[space.slug])}posts/",
        "bin_url": reverse("forum:bin", args=[space.slug]),
        "csrf_input": SimpleLazyObject(lambda: _csrf_input(request)),
        "answer_word": pgettext("a comment", "Answer"),
        "report_word": pgettext("a comment", "Report"),
        "answers_words": _answers_words,
        "piece": lambda name, **more: _piece(context, name, more),
    }
    return drawn(around)


def _csrf_input(request: HttpRequest) -> SafeString:
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


def _answers_words(number: int) -> str:
    words = ngettext("%(counter)s answer to this", "%(counter)s answers to this", number)
    return words % {"counter": number_format(number)}


def _piece(context: Context, name: str, more: dict[str, Any]) -> SafeString:
    """What few posts have is drawn as everywhere else."""
    with context.push(**more):
        return context.template.engine.get_template(name).render(context)  # type: ignore[union-attr]


def drawn(around: dict[str, Any]) -> SafeString:
    made: Any = engines["jinja2"].get_template("forum/voices.html")
    return SafeString(made.template.render(around))
