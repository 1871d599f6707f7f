"""What is chosen in a form beside its words, as a draft keeps it: raw, since what is begun need not be right yet.

Only what differs from an empty form is kept, so that a draft from before this was kept says the same.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from forum import kinds, polling
from forum.forum_conversation.models import Post
from forum.kinds import Chosen, TopicKind
from themes.models import Theme, named_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import QueryDict

    from forum.waiting import WaitingPost
    from forum.written import Draft

LONGEST: Final = 40  # characters of a number or an hour
MOST_THEMES: Final = 20


class Incomplete(Exception):
    """A post without words, a topic without a title, a decision without its options has no hour."""


def of_topic(given: QueryDict) -> dict[str, Any]:
    kind = kinds.named(given.get("kind", ""))
    chosen = {
        "kind": kind if kind != TopicKind.DISCUSSION else None,
        "themes": [
            int(pk) for pk in given.getlist("themes")[:MOST_THEMES] if pk.isdecimal() and len(pk) < 10
        ],
        "most": given.get("most", "")[:LONGEST] if given.get("most") != "1" else "",
        "closes_at": _moment(given.get("closes_at", "")),
        "results_at_end": "results_at_end" in given,
        "mentioned": given.get("mentioned", "")[:1000],
    }
    return {name: value for name, value in chosen.items() if value}


def of_reply(given: QueryDict) -> dict[str, Any]:
    chosen = {
        "answers_to": given.get("answers_to", "")[:20],
        "aside": "aside" in given,
        "mentioned": given.get("mentioned", "")[:1000],
    }
    return {name: value for name, value in chosen.items() if value}


def of_waiting(waiting: WaitingPost) -> dict[str, Any]:
    """As the form would have said it: what was handed in is a draft again."""
    given, poll = waiting.more, waiting.poll
    answered = (
        Post.objects.filter(pk=given.get("answers_to") or 0).values_list("public_id", flat=True).first()
    )
    chosen = {
        "kind": waiting.kind if waiting.kind != TopicKind.DISCUSSION else None,
        "themes": given.get("themes"),
        "most": str(poll.most) if poll and poll.most != 1 else "",
        "closes_at": poll.closes_at.isoformat() if poll and poll.closes_at else "",
        "results_at_end": bool(poll and poll.results_at_end),
        "mentioned": " ".join(given.get("mentioned") or []),
        "answers_to": answered,
        "aside": given.get("aside"),
    }
    return {name: value for name, value in chosen.items() if value}


def _moment(given: str) -> str:
    """By the clock of whoever typed it, and the same moment by the clock of another device; else as it was typed."""
    try:
        moment = forms.DateTimeField(required=False).clean(given)
    except ValidationError:
        return given[:LONGEST]
    return moment.isoformat() if moment else ""


def initial(draft: Draft) -> dict[str, Any]:
    """For the form on another device."""
    shown = {"options": draft.options} if draft.options else {}
    moment = draft.more.get("closes_at")
    return {**shown, **draft.more, **({"closes_at": parsed(moment)} if moment else {})}


def name_themes(rows: Iterable[Chosen]) -> None:
    """`theme_names` of each, in the reader's language. One query for all of them, none where nobody chose any."""
    rows = list(rows)
    chosen = {pk for row in rows for pk in row.more.get("themes", [])}
    themes: Any = Theme.objects.filter(pk__in=chosen).order_by("slug")
    names = named_by(themes.values_list("pk", "slug", "names__language", "names__name"))
    for row in rows:
        own = row.more.get("themes", [])
        row.theme_names = [name for pk, called in names.items() if pk in own for name in called]


def in_words(draft: Draft) -> list[str]:
    """What was chosen beside the words, for whoever compares two drafts."""
    kind = kinds.named(draft.more.get("kind", ""))
    name_themes([draft])
    moment = parsed(draft.more.get("closes_at", ""))
    if isinstance(moment, datetime):
        moment = date_format(localtime(moment), "DATETIME_FORMAT")
    ends = [f"{_('The vote ends')} {moment}"] if moment else []
    return [*([str(kind.label)] if kind else []), *draft.theme_names, *ends]


def parsed(moment: str) -> datetime | str:
    try:
        return parse_datetime(moment) or moment
    except ValueError:
        return moment


def for_topic(draft: Draft, at: datetime | None = None) -> dict[str, Any]:
    """What `open_topic` takes beside the words, when it is published at that hour. Raises Incomplete."""
    kind = kinds.named(draft.more.get("kind", "")) or TopicKind.DISCUSSION
    words: dict[str, Any] = {"kind": kind, "mentioned": _mentioned(draft.more)}
    themes = Theme.objects.filter(pk__in=draft.more.get("themes", []))
    words["themes"] = list(themes.values_list("pk", flat=True))
    if kind == TopicKind.DECISION:
        words["poll"] = _poll(draft, at)
    return words


def _poll(draft: Draft, at: datetime | None) -> polling.Draft:
    from forum.forms.polls import PollFields

    form = PollFields({"options": draft.options, **draft.more})
    if not form.is_valid():
        raise Incomplete
    poll = form.draft()
    if at is not None and poll.closes_at is not None and poll.closes_at <= at:
        raise Incomplete
    return poll


def for_reply(draft: Draft) -> dict[str, Any]:
    """What `reply` takes beside the words. A post that is not there any more is answered by answering the topic."""
    public_id = draft.more.get("answers_to", "")
    answered = Post.objects.filter(topic=draft.topic_id, approved=True, public_id=public_id).first()
    return {
        "answers_to": answered,
        "aside": bool(draft.more.get("aside")) and answered is not None,
        "mentioned": _mentioned(draft.more),
    }


def _mentioned(more: Mapping[str, Any]) -> list[str]:
    from forum.forms.words import MentionedField

    return MentionedField(required=False).clean(more.get("mentioned", ""))
