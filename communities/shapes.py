"""What a space can be: its kind, the rooms it opens, and the templates that staff create one from. Data only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.roles import JoinPolicy, Visibility

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class SpaceKind(models.TextChoices):
    COMMUNITY = "community", _("Community of practice")
    THEME = "theme", _("Theme")
    CONTEXT = "context", pgettext_lazy("kind of space", "Context: a country, a place")
    PROJECT = "project", _("Project")


# URL namespace of the room -> (column of Space, name). A new room below a space joins this list.
MODULES: Final[dict[str, tuple[str, _StrPromise]]] = {
    "forum": ("has_forum", _("Forum")),
    "library": ("has_library", _("Library")),
    "events": ("has_events", _("Events")),
}
# access.md, first table: how one gets in depends on who may know the space.
WAYS_FIT: Final[dict[str, tuple[str, ...]]] = {
    Visibility.PUBLIC: tuple(JoinPolicy),
    Visibility.NETWORK: tuple(JoinPolicy),
    Visibility.CLOSED: (JoinPolicy.REQUEST, JoinPolicy.INVITE),
    Visibility.HIDDEN: (JoinPolicy.INVITE,),
}
# One post per person in so many minutes; closed after so many days without a post. 0: never.
SLOW: Final = ((0, _("No")), (5, _("5 minutes")), (15, _("15 minutes")), (60, _("1 hour")))
CLOSING: Final = ((0, _("No")), (30, _("30 days")), (90, _("90 days")), (180, _("180 days")))
# From the fewest readers to the most.
WIDENING: Final = (Visibility.HIDDEN, Visibility.CLOSED, Visibility.NETWORK, Visibility.PUBLIC)


def is_wider(after: str, before: str) -> bool:
    """Would more people read what has been written already?"""
    return WIDENING.index(Visibility(after)) > WIDENING.index(Visibility(before))


@dataclass(frozen=True, slots=True)
class Template:
    """`fields` are columns of the new space; `texts` its first words, written in every language of the site."""

    title: _StrPromise
    about: _StrPromise
    fields: dict[str, Any]
    texts: dict[str, _StrPromise] = field(default_factory=dict)


TEMPLATES: Final[dict[str, Template]] = {
    "community": Template(
        _("Community of practice"),
        _("People who work on one theme, over years. The network knows it; facilitators admit who asks."),
        {
            "kind": SpaceKind.COMMUNITY,
            "visibility": Visibility.CLOSED,
            "join_policy": JoinPolicy.REQUEST,
        },
        {
            "welcome": _("Welcome! Tell the others in the forum who you are and what you work on."),
            "rules": _(
                "What is said here stays here. We name no clients and no places that could give somebody "
                "away. We disagree with arguments, never with people."
            ),
            "question": _("What do you work on, and what would you like to share or learn here?"),
        },
    ),
    "project": Template(
        _("Project"),
        _("A team with a goal and an end. Only those who are invited get in."),
        {"kind": SpaceKind.PROJECT, "visibility": Visibility.CLOSED, "join_policy": JoinPolicy.INVITE},
        {
            "welcome": _("Welcome to the project. The library holds its papers, the calendar its dates."),
            "rules": _(
                "Papers of the project stay inside the project until the team decides otherwise. "
                "Whoever leaves hands over what is open."
            ),
        },
    ),
    "group": Template(
        _("Working group"),
        _("A few people who prepare something for the others. The whole network can read along."),
        {
            "kind": SpaceKind.THEME,
            "visibility": Visibility.NETWORK,
            "join_policy": JoinPolicy.REQUEST,
            "has_events": False,
        },
        {
            "welcome": _(
                "Welcome to the working group. The first topic says what it is to prepare, and by when."
            ),
            "rules": _(
                "We note who does what, and until when. Drafts are drafts: nobody quotes them outside."
            ),
            "question": _("Which part of the work would you take on?"),
        },
    ),
    "cohort": Template(
        _("Training cohort"),
        _("People who go through one training together. Invited, and archived when it is over."),
        {
            "kind": SpaceKind.PROJECT,
            "visibility": Visibility.CLOSED,
            "join_policy": JoinPolicy.INVITE,
        },
        {
            "welcome": _(
                "Welcome to the training. Its sessions are under Events, its papers in the library."
            ),
            "rules": _(
                "We learn from mistakes, our own first. What somebody tells as an example is not told again "
                "outside."
            ),
        },
    ),
}
