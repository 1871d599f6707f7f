"""Votes of a decision. They are secret: only numbers are ever shown, and counting destroys the ballots.

While fewer than FEWEST have voted no numbers are shown before the end: who sees the first vote arrive would
often know whose it is. At the end they are, however few: a vote without a result would decide nothing; the
page says beforehand that in a small group numbers can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.models import Record
from communities.permissions import Refused, rights
from forum.forum_conversation.models import Topic
from forum.models import Ballot, Poll, PollOption

if TYPE_CHECKING:
    from communities.models import Space
    from profiles.models import User

FEWEST: Final = 3
FEWEST_OPTIONS: Final = 2
MOST_OPTIONS: Final = 10
LONGEST_OPTION: Final = 200  # characters


class VoteRefused(Exception):
    """With the reason, for whoever voted."""

    @property
    def reason(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Draft:
    """What is voted on: 2 to 10 different options, how many one may choose, until when (None: closed by hand)."""

    options: Sequence[str]
    most: int = 1
    closes_at: datetime | None = None
    results_at_end: bool = False

    def kept(self) -> dict[str, Any]:
        """As JSON holds it, while the topic waits for approval."""
        moment = self.closes_at.isoformat() if self.closes_at else ""
        return {**asdict(self), "options": list(self.options), "closes_at": moment}

    @classmethod
    def found(cls, kept: dict[str, Any]) -> Draft:
        """A vote whose end has passed while it waited has none: its author or a moderator closes it."""
        moment = parse_datetime(kept["closes_at"]) if kept["closes_at"] else None
        return cls(**{**kept, "closes_at": moment if moment and moment > timezone.now() else None})


def open_poll(topic: Topic, draft: Draft) -> Poll:
    """In the transaction that opens the topic."""
    poll = Poll.objects.create(topic=topic, **_columns(draft))
    _write_options(poll, draft)
    return poll


@transaction.atomic
def rewrite(topic: Topic, draft: Draft, *, by: User) -> None:
    """By its author, until somebody has voted. Raises Refused, VoteRefused.

    The options become new rows: a vote from an older page is refused instead of meaning something else.
    """
    if topic.poster_id != by.pk or not rights(by, topic.space).allows("edit"):
        raise Refused("edit", topic.space)
    poll = _held(topic)
    if poll.ballots.exists():
        raise VoteRefused(_("Somebody has voted already: what is voted on cannot change any more."))
    poll.options.all().delete()
    Poll.objects.filter(pk=poll.pk).update(**_columns(draft))
    _write_options(poll, draft)


@transaction.atomic
def vote(topic: Topic, chosen: Iterable[str], *, by: User) -> None:
    """`chosen` as a form sends them. Voting again replaces the first vote. Raises Refused, VoteRefused."""
    poll = _open_to(topic, by)
    options = _found(poll, set(chosen))
    # Ignored where there is one: the row lock above lets one vote in at a time, the constraint is the net.
    Ballot.objects.bulk_create([Ballot(poll=poll, voter_id=by.pk)], ignore_conflicts=True)
    Ballot.objects.get(poll=poll, voter=by.pk).options.set(options)


@transaction.atomic
def take_back(topic: Topic, *, by: User) -> None:
    """As if they had never voted; again does no more. Raises Refused, VoteRefused as `vote` does.

    Nothing is kept or told of it. Whoever compares numbers sees one less, as they see one more when somebody votes;
    and where fewer than FEWEST are left they see none.
    """
    poll = _open_to(topic, by)
    Ballot.objects.filter(poll=poll, voter=by.pk).delete()


@transaction.atomic
def close(topic: Topic, *, by: User) -> bool:
    """Before its time, by its author or a moderator. False: it was over."""
    if not topic.is_in_hands_of(by, rights(by, topic.space)):
        raise Refused("edit", topic.space)
    poll = Poll.objects.select_for_update().filter(topic=topic.pk).first()
    if poll is None or poll.counted_at is not None:
        return False
    _count(poll)
    if by.pk != topic.poster_id:
        Record.objects.create(verb="poll_closed", actor=by, space=topic.space, person=topic.poster)
    return True


def tick() -> str:
    """For `communities.hooks.on_tick`: what is over is counted, and the ballots are gone."""
    ids = Poll.objects.filter(counted_at=None, closes_at__lte=timezone.now()).values_list("pk", flat=True)
    return f"{sum(map(_count_one, list(ids)))} votes counted"


def forget_in_space(user: User, space: Space) -> None:
    """Leaving erases (house.md, habit 5): who is gone does not decide what is still open."""
    _forget(Q(voter=user.pk, poll__topic__forum__space_tie__space=space.pk))


def forget(user: User) -> None:
    _forget(Q(voter=user.pk))


def _forget(whose: Q) -> None:
    """What was over counts as it was voted, whether `tick` came by or not."""
    over = Q(poll__closes_at__lte=timezone.now())
    for poll_id in list(Ballot.objects.filter(whose, over).values_list("poll", flat=True)):
        _count_one(poll_id)
    Ballot.objects.filter(whose).delete()


@transaction.atomic
def _count_one(poll_id: int) -> bool:
    poll = Poll.objects.select_for_update().filter(pk=poll_id, counted_at=None).first()
    if poll is not None:
        _count(poll)
    return poll is not None


def _count(poll: Poll) -> None:
    options = list(poll.options.annotate(votes=Count("ballots")))
    for option in options:
        option.tally = option.votes
    PollOption.objects.bulk_update(options, ["tally"])
    Poll.objects.filter(pk=poll.pk).update(counted_at=timezone.now(), voters=poll.ballots.count())
    poll.ballots.all().delete()


def _open_to(topic: Topic, by: User) -> Poll:
    """The poll, held until the commit, where `by` may vote now. Raises Refused, VoteRefused."""
    if not rights(by, topic.space).allows("vote"):
        raise Refused("vote", topic.space)
    poll = _held(topic)
    if not Topic.objects.filter(pk=topic.pk, approved=True).exclude(status=Topic.TOPIC_LOCKED).exists():
        raise VoteRefused(_("This topic is closed: nobody can vote in it any more."))
    return poll


def _held(topic: Topic) -> Poll:
    """Its row, until the commit. Raises VoteRefused when nobody can vote any more."""
    poll = Poll.objects.select_for_update().filter(topic=topic.pk).first()
    if poll is None:
        raise VoteRefused(_("There is nothing to vote on here."))
    if poll.is_over:
        raise VoteRefused(_("The vote is over. What was chosen before counts."))
    return poll


def _found(poll: Poll, chosen: set[str]) -> list[PollOption]:
    if not chosen:
        raise VoteRefused(_("Please choose first."))
    if len(chosen) > poll.most:
        words = ngettext("Choose %(count)d at most.", "Choose %(count)d at most.", poll.most)
        raise VoteRefused(words % {"count": poll.most})
    options = [option for option in poll.options.all() if str(option.pk) in chosen]
    if len(options) != len(chosen):
        raise VoteRefused(_("What is voted on has changed meanwhile. Please look at it again."))
    return options


def _columns(draft: Draft) -> dict[str, object]:
    return {
        "most": min(draft.most, len(draft.options)),
        "closes_at": draft.closes_at,
        "results_at_end": draft.results_at_end,
    }


def _write_options(poll: Poll, draft: Draft) -> None:
    PollOption.objects.bulk_create(PollOption(poll=poll, text=text) for text in draft.options)
