"""Somebody named in a post: `@Display name`, or all who run the space at once.

Names are looked for among those who read the space by name and those who write in the topic; anything else that
follows an @ stays the text it is, so that nothing tells whether somebody exists. The rendered text holds no
name, only whose it is: `forum.talking.reading` puts it in for each reader.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from communities.activity import record
from communities.markup import render
from communities.models import Notification
from communities.permissions import rights
from communities.readers import people_reading
from forum import recipients
from forum.forum_conversation.models import Post
from forum.talking.models import Mention
from forum.waiting import WaitingPost
from forum.written import Draft, Removal, Revision

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from communities.models import Space
    from forum.forum_conversation.models import Topic
    from profiles.models import User

# In each of our languages, whatever language the writer reads in.
FACILITATORS: Final = ("facilitators", "animation", "التيسير", "facilitatoren")
MOST_TOLD: Final = 10  # people, by one post
MOST_AN_HOUR: Final = 60  # people, by one person
MOST_SIGNS: Final = 200  # signs looked at in one text
_SIGN: Final = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|(?<![\w@/.\[])@(?=\w)", re.DOTALL)


class Person(NamedTuple):
    pk: int
    public_id: str
    name: str


@dataclass(slots=True)
class Words:
    """A text with the people that it names, by id. `addressed`: whose name stands outside of any quotation."""

    rendered: str
    named: dict[int, str] = field(default_factory=dict)
    addressed: set[int] = field(default_factory=set)
    facilitators: bool = False

    @classmethod
    def of(
        cls, text: str, space: Space, by: User, topic: Topic | None = None, chosen: Iterable[str] = ()
    ) -> Words:
        """`chosen`: public ids picked from the list, which decide between people of the same name.

        One query where there is an @ at all, none elsewhere.
        """
        if "@" not in text or not _SIGN.search(text):
            return cls(render(text))
        return _bound(text, _by_name(candidates(space, by, topic)), set(chosen))

    def write(self, post: Post, by: User) -> set[int]:
        """In the transaction of the deed. Whom it told, by id: nobody twice of the same post."""
        Mention.objects.bulk_create(
            [Mention(post=post, person_id=pk, words=words) for pk, words in self.named.items()],
            ignore_conflicts=True,
        )
        people = list(self._to_tell(post, by)) if self.addressed or self.facilitators else []
        if people:
            record("mentioned", actor=by, space=post.topic.space, target=post, recipients=people)
        return {person.pk for person in people}

    def _to_tell(self, post: Post, by: User) -> Iterator[User]:
        told = Notification.objects.filter(activity__kind="mentioned")
        lately = told.filter(activity__actor=by, activity__created_at__gt=timezone.now() - timedelta(hours=1))
        left = min(MOST_TOLD, MOST_AN_HOUR - lately.count())
        if left > 0:
            people = recipients.of_mention(
                post.topic.space, by, self.addressed, self.facilitators, post.topic
            )
            heard = told.filter(activity__target_id=post.pk, recipient=OuterRef("pk"))
            yield from people.exclude(Exists(heard))[:left]


def candidates(space: Space, by: User, topic: Topic | None = None) -> QuerySet[User]:
    """Those whom `by` may find here: who reads the space by name, where its list of members is theirs to see,
    else only whoever has written in it; and whoever wrote in the topic."""
    here = people_reading(space).order_by().values("pk")
    wrote = Post.objects.filter(approved=True, poster=OuterRef("pk"))
    reads = Q(pk__in=here)
    if not rights(by, space).allows("see_members"):
        reads &= Q(Exists(wrote.filter(topic__forum__space_tie__space=space.pk, topic__approved=True)))
    people = get_user_model().objects.filter(email__isnull=False)
    if topic is not None and topic.pk:
        return people.filter(reads | Exists(wrote.filter(topic=topic.pk)))
    return people.filter(reads)


def _by_name(people: QuerySet[User]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for pk, public_id, name in people.values_list("pk", "public_id", "display_name"):
        found.setdefault(name.casefold(), []).append(Person(pk, public_id, name))
    return found


def _bound(text: str, people: Mapping[str, list[Person]], chosen: set[str]) -> Words:
    lengths = sorted({len(each.name) for those in people.values() for each in those}, reverse=True)
    words = Words("")
    parts: list[str] = []
    end = 0
    for sign in list(_SIGN.finditer(text))[:MOST_SIGNS]:
        if sign[0] != "@" or sign.start() < end:
            continue
        is_quoted = text[text.rfind("\n", 0, sign.start()) + 1 : sign.start()].lstrip().startswith(">")
        person = _person_at(text, sign.end(), lengths, people, chosen)
        if person is None:
            words.facilitators |= not is_quoted and _calls_facilitators(text[sign.end() :])
            continue
        words.named.setdefault(person.pk, text[sign.end() : sign.end() + len(person.name)])
        if not is_quoted:
            words.addressed.add(person.pk)
        parts += [text[end : sign.start()], f"[@](/people/{person.public_id}/)"]
        end = sign.end() + len(person.name)
    words.rendered = render("".join([*parts, text[end:]]))
    return words


def _person_at(
    text: str, start: int, lengths: list[int], people: Mapping[str, list[Person]], chosen: set[str]
) -> Person | None:
    """The longest name that stands there and is one person's, or of several the one that was chosen."""
    for length in lengths:
        those = [
            each
            for each in people.get(text[start : start + length].casefold(), [])
            if len(each.name) == length
        ]
        if those and not _goes_on(text, start + length):
            picked = those if len(those) == 1 else [each for each in those if each.public_id in chosen]
            return picked[0] if len(picked) == 1 else None
    return None


def _goes_on(text: str, at: int) -> bool:
    return text[at : at + 1].isalnum()


def _calls_facilitators(rest: str) -> bool:
    return any(
        rest[: len(word)].casefold() == word and not _goes_on(rest, len(word)) for word in FACILITATORS
    )


def chosen_before(post: Post) -> list[str]:
    """Whom the post names already: an edit that leaves the name means the same person."""
    return list(Mention.objects.filter(post=post.pk).values_list("person__public_id", flat=True))


def forget(user: User) -> None:
    """For `leaving.erase`: the name that others typed goes, from earlier words and drafts too; what leads to the
    person leads to nobody. A draft says only a name: it stays where somebody else bears the same."""
    own = Mention.objects.filter(person=user.pk).exclude(words="")
    # Whoever is emptied already has no name, but a word in its place.
    named = set() if user.is_emptied else {str(user.display_name)}
    names = {*own.values_list("words", flat=True), *named} - {""}
    posts = own.values("post")
    texts: list[QuerySet[Any]] = [
        Post.objects.filter(pk__in=posts),
        Revision.objects.filter(post__in=posts),
        Removal.objects.filter(post__in=posts),
    ]
    for rows in texts:
        _cover(rows, names)
    others = get_user_model().objects.filter(email__isnull=False).exclude(pk=user.pk)
    names = {name for name in names if not others.filter(display_name__iexact=name).exists()}
    for name in names:
        for model in (Draft, WaitingPost):
            _cover(model.objects.filter(content__icontains=f"@{name}"), {name})
    own.update(words="")


def _cover(rows: QuerySet[Any], names: Collection[str]) -> None:
    if not names:
        return
    sign = re.compile(
        f"@(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?!\\w)", re.IGNORECASE
    )
    for row in rows.only("content").iterator(chunk_size=200):
        text = str(getattr(row.content, "raw", row.content))
        if (left := sign.sub("@…", text)) != text:
            rows.model.objects.filter(pk=row.pk).update(content=left)
