"""What stands on a page twenty times, drawn by Jinja: with Django's templates it cost ten times as much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.middleware.csrf import get_token
from django.template.context import Context
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext, pgettext

from communities.drawing import draw

if TYPE_CHECKING:
    from django.http import HttpRequest

    from forum.forum_conversation.models import Topic

register = template.Library()


@register.simple_tag(takes_context=True)
def voices(context: Context) -> SafeString:
    """The posts as the context of `topic_detail.html` has them."""
    request, space = context["request"], context["space"]
    return _drawn(
        "forum/voices.html",
        context,
        reader=request.user,
        is_inside=space.rights.is_inside,
        posts_url=f"{_forum_url(context)}posts/",
        bin_url=reverse("forum:bin", args=[space.slug]),
        csrf_input=SimpleLazyObject(lambda: _csrf_input(request)),
        answer_word=pgettext("a comment", "Answer"),
        report_word=pgettext("a comment", "Report"),
        answers_words=_answers_to_this,
    )


@register.simple_tag(takes_context=True)
def topic_lines(context: Context, lines: list[Topic]) -> SafeString:
    """The lines of a list of topics, with what is new in each."""
    return _drawn(
        "forum/topic_lines.html",
        context,
        lines=lines,
        forum_url=_forum_url(context),
        new_words=_new,
        answers_words=_answers,
    )


def _drawn(name: str, context: Context, **more: Any) -> SafeString:
    around: dict[str, Any] = {str(key): value for key, value in context.flatten().items()}
    piece = {"piece": lambda name, **own: _piece(context, name, own)}
    return draw(name, **(around | more | piece))


def _piece(context: Context, name: str, more: dict[str, Any]) -> SafeString:
    """What few of them have is drawn as everywhere else."""
    with context.push(**more):
        return context.template.engine.get_template(name).render(context)  # type: ignore[union-attr]


def _forum_url(context: Context) -> str:
    return reverse("forum:topics", args=[context["space"].slug])


def _csrf_input(request: HttpRequest) -> SafeString:
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


def _answers_to_this(number: int) -> str:
    words = ngettext("%(counter)s answer to this", "%(counter)s answers to this", number)
    return words % {"counter": number_format(number)}


def _answers(number: int) -> str:
    return ngettext("%(counter)s answer", "%(counter)s answers", number) % {"counter": number_format(number)}


def _new(number: int) -> str:
    return ngettext("%(counter)s new", "%(counter)s new", number) % {"counter": number_format(number)}
