"""What a reader sees of a poll: its options, their own choice, the numbers as far as they may be known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from forum.models import Ballot, Poll, PollOption
from forum.polling import FEWEST

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from forum.forum_conversation.models import Topic


@dataclass(frozen=True, slots=True)
class Choice:
    id: int
    text: str
    is_chosen: bool
    votes: int
    percent: int


@dataclass(frozen=True, slots=True)
class Shown:
    """`error` and `is_chosen` after a vote that was refused: what was chosen stays chosen."""

    poll: Poll
    choices: list[Choice]
    voters: int
    has_voted: bool
    may_vote: bool
    error: str = ""

    @property
    def has_numbers(self) -> bool:
        return _has_numbers(self.poll, self.voters)

    @property
    def scale(self) -> int:
        """A meter without a length draws nothing."""
        return max(self.voters, 1)

    @property
    def is_too_few(self) -> bool:
        return not self.poll.is_over and not self.poll.results_at_end and self.voters < FEWEST


def shown(topic: Topic, user: AnyUser, refused: tuple[str, set[str] | None] | None = None) -> Shown | None:
    """One query when there is a poll. `topic` comes from `with_head`; `refused`: (reason, what was chosen, None: as it
    is kept)."""
    poll = getattr(topic, "decision", None)
    if poll is None:
        return None
    options = list(_options(poll, user))
    voters = poll.voters if poll.counted_at else (options[0].voters if options else 0)
    reason, chosen = refused or ("", None)
    may_vote = topic.space.rights.allows("vote") and not topic.is_locked and not poll.is_over
    return Shown(
        poll=poll,
        choices=[_choice(poll, option, voters, chosen) for option in options],
        voters=voters,
        has_voted=any(option.mine for option in options),
        may_vote=may_vote,
        error=reason,
    )


def _options(poll: Poll, user: AnyUser) -> Any:
    ballots = Ballot.objects.filter(poll=poll.pk)
    number = ballots.order_by().values("poll").annotate(number=Count("pk")).values("number")
    options = PollOption.objects.filter(poll=poll.pk).annotate(
        votes=Count("ballots"),
        mine=Exists(ballots.filter(voter=user.pk, options=OuterRef("pk"))),
        voters=Coalesce(Subquery(number), 0),
    )
    return options.order_by("pk")  # said here: what is counted forgets the model's own order


def _choice(poll: Poll, option: Any, voters: int, chosen: set[str] | None) -> Choice:
    votes = option.tally if poll.counted_at else option.votes
    is_chosen = option.mine if chosen is None else str(option.pk) in chosen
    return Choice(option.pk, option.text, is_chosen, votes, round(100 * votes / voters) if voters else 0)


def in_words(topic: Any) -> list[str]:
    """Of a topic from `with_decision`: its options, with numbers where a page would show them."""
    poll: Poll | None = getattr(topic, "decision", None)
    if poll is None:
        return []
    voters = poll.voters if poll.counted_at else topic.ballots_count or 0
    options: list[Any] = list(poll.options.all())
    if not _has_numbers(poll, voters):
        return [option.text for option in options]
    return [f"{option.text}: {option.tally if poll.counted_at else option.votes}" for option in options]


def _has_numbers(poll: Poll, voters: int) -> bool:
    return poll.is_over or (not poll.results_at_end and voters >= FEWEST)
