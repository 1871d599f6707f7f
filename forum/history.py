"""What a post said before: kept at each edit, shown with its differences, hidden by moderators where it must be."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from communities.models import Record
from communities.permissions import require
from forum.written import Revision

if TYPE_CHECKING:
    from forum.forum_conversation.models import Post, Topic
    from profiles.models import User

# A slip put right at once is no history, as long as nobody has answered: most edits are that, and a mark on each
# of them would teach readers to overlook it. Whoever was quoted or answered keeps what was said.
GRACE: Final = timedelta(minutes=2)
# Pairs of words, of one passage, that are compared; a passage beyond it stands as taken out and put in whole.
MOST_PAIRS: Final = 250_000
MOST_PAIRS_IN_ALL: Final = 1_000_000
PIECES: Final = re.compile(r"\s+|[^\W_]+|[\W_]", re.UNICODE)
LINES: Final = re.compile(r"[^\n]*\n|[^\n]+")


class EditedMeanwhile(Exception):
    """The edit started from other words than those that stand there now."""

    def __init__(self, now: Post) -> None:
        super().__init__()
        self.now = now


class Piece(NamedTuple):
    """`how`: "" as before, "ins" or "del"."""

    how: str
    text: str


def version_of(subject: str, content: str, language: str) -> str:
    """Tells whether words are still those an edit started from."""
    return hashlib.sha256("\0".join((subject, content, language)).encode()).hexdigest()[:16]


def version_of_post(post: Post) -> str:
    opens = post.topic.first_post_id == post.pk
    return version_of(post.topic.subject if opens else "", post.content.raw, post.language)


def keep(before: Post, topic: Topic, *, opens: bool, at: datetime) -> bool:
    """Before an edit, in its transaction. False for a slip put right at once: then nothing is marked either."""
    if topic.last_post_id == before.pk and at - before.created < GRACE:
        return False
    written_at = before.updated if before.updates_count and before.updated else before.created
    revision = Revision(
        post=before,
        subject=topic.subject if opens else "",
        content=before.content.raw,
        language=before.language,
        written_at=written_at,
        at=at,
    )
    Revision.objects.bulk_create([revision])
    return True


@transaction.atomic
def hide(revision: Revision, *, by: User, reason: str = "") -> bool:
    """Nobody reads it any more, nor what changed in it. False: it was hidden already. Raises Refused."""
    return _set(revision, timezone.now(), "revision_hidden", by, reason)


@transaction.atomic
def show(revision: Revision, *, by: User) -> bool:
    return _set(revision, None, "revision_restored", by)


def _set(revision: Revision, at: datetime | None, verb: str, by: User, reason: str = "") -> bool:
    space = revision.post.topic.space
    require(by, "moderate", space)
    rows = Revision.objects.filter(pk=revision.pk, hidden_at__isnull=at is not None)
    if not rows.update(hidden_at=at):
        return False
    Record.objects.create(verb=verb, actor=by, space=space, person=revision.post.poster, reason=reason)
    return True


def differences(before: str, after: str) -> list[Piece]:
    """Word by word, in a time that is bounded for whatever texts: lines first, then the words of those that changed."""
    budget = [MOST_PAIRS_IN_ALL]
    return list(_joined(_compared(LINES.findall(before), LINES.findall(after), budget, is_lines=True)))


def _compared(
    old: Sequence[str], new: Sequence[str], budget: list[int], *, is_lines: bool
) -> Iterator[Piece]:
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    yield Piece("", "".join(new[:start]))
    yield from _middle(old[start : len(old) - end], new[start : len(new) - end], budget, is_lines=is_lines)
    yield Piece("", "".join(new[len(new) - end :]))


def _middle(old: Sequence[str], new: Sequence[str], budget: list[int], *, is_lines: bool) -> Iterator[Piece]:
    pairs = len(old) * len(new)
    if not pairs or pairs > MOST_PAIRS or pairs > budget[0]:
        yield from (Piece("del", "".join(old)), Piece("ins", "".join(new)))
        return
    budget[0] -= pairs
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            yield Piece("", come)
        elif is_lines:
            yield from _compared(PIECES.findall(gone), PIECES.findall(come), budget, is_lines=False)
        else:
            yield from (Piece("del", gone), Piece("ins", come))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one; a space that stayed between two changed words goes with them."""
    held: list[Piece] = []
    for piece in pieces:
        if piece.text and held and held[-1].how == piece.how:
            held[-1] = Piece(piece.how, held[-1].text + piece.text)
        elif piece.text:
            held.append(piece)
    yield from held


class Version(NamedTuple):
    """One state of a post: None as `revision` for the words of now."""

    revision: Revision | None
    written_at: datetime
    language: str
    subject: list[Piece]
    content: list[Piece]
    is_hidden: bool = False


def versions(post: Post, older: Sequence[Revision]) -> Iterator[Version]:
    """Newest first; `older` newest first too, and one more than is shown, to compare with.

    What a moderator hid is shown in no version, not as what was taken out of it either.
    """
    opens = post.topic.first_post_id == post.pk
    changed = post.updated if post.updates_count and post.updated else post.created
    now: Any = (None, post.topic.subject if opens else "", post.content.raw, post.language, changed)
    states = [now, *((row, row.subject, row.content, row.language, row.written_at) for row in older)]
    for index, (row, subject, content, language, at) in enumerate(states):
        is_hidden = row is not None and row.hidden_at is not None
        past = older[index] if index < len(older) else None
        comparable = past is not None and past.hidden_at is None
        if is_hidden:
            yield Version(row, at, language, [], [], True)
        elif past is not None and comparable:
            yield Version(
                row, at, language, differences(past.subject, subject), differences(past.content, content)
            )
        else:
            yield Version(row, at, language, [Piece("", subject)], [Piece("", content)])
