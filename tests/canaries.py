"""Planting the words and looking for them everywhere. Rooms add what they hold in `plant`."""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone, translation

from communities.library.shares import LibraryShare
from communities.models import Invitation, JoinRequest, Record, Space, SpaceProposal, SpaceText
from communities.permissions import may, rights
from search.models import SearchEntry
from search.results import PAGE_SIZE
from search.synonyms import SYNONYMS
from tests.all_routes import declared
from tests.world import everybody

# As all planted words look; whatever stands around one in markup or an address is no letter or digit.
WORD = re.compile(r"zq[a-z]+?xv")


@dataclass(frozen=True)
class Canary:
    """`action` on `space` decides who may read the word; `owner` always may. `readers`: these alone."""

    word: str
    space: Any
    action: str
    owner: Any = None
    readers: tuple = ()


def entitled(person: Any, canary: Canary) -> bool:
    if canary.readers:
        return person in canary.readers
    if canary.owner is not None and person == canary.owner:
        return True
    return may(person, canary.action, canary.space)


def words_for(person: Any, planted: dict[str, Canary]) -> set[str]:
    """All that this person may read, as `entitled` says it word by word: the rights in each space asked once."""
    spaces = {canary.space.pk: canary.space for canary in planted.values()}
    allowed = {pk: rights(person, space).allows for pk, space in spaces.items()}
    return {
        word
        for word, canary in planted.items()
        if (
            person in canary.readers
            if canary.readers
            else (canary.owner is not None and person == canary.owner)
            or allowed[canary.space.pk](canary.action)
        )
    }


@dataclass(frozen=True)
class World:
    """The words planted in all four spaces, every address there is, and the mails all that has caused."""

    cast: dict
    spaces: dict
    planted: dict
    addresses: list
    mails: list


@contextmanager
def planted_world(blocker: Any) -> Any:
    """For the tests of one file: made once, each test takes back what it does to it, and in the end all is gone."""
    with blocker.unblock(), translation.override("en"), transaction.atomic():
        cast, spaces = everybody(), {space.visibility: space for space in Space.objects.all()}
        mail.outbox = []
        with TestCase.captureOnCommitCallbacks(execute=True):
            planted = plant(spaces, cast)
        mails, mail.outbox = mail.outbox, []
        yield World(cast, spaces, planted, addresses(planted), mails)
        transaction.set_rollback(True)


def plant(spaces: dict, cast: dict) -> dict[str, Canary]:
    planted: dict[str, Canary] = {}
    for space in spaces.values():
        plant_in(space, cast, planted)
    _profile(
        cast["member"], next(space for space in spaces.values() if space.visibility == "closed"), planted
    )
    _between_two(spaces["closed"], cast, planted)
    _proposal(spaces["closed"], cast, planted)
    if {"hidden", "network"} <= set(spaces):
        _shared(spaces["hidden"], spaces["network"], cast, planted)
    assert [word for word in planted if not WORD.fullmatch(word)] == []
    return planted


def _shared(source: Any, target: Any, cast: dict, planted: dict[str, Canary]) -> None:
    """A note that a hidden space shares with one of the network: read by both, and nobody learns of the first."""
    from communities.library import adding, sharing

    title, text = "zqsharedtitlexv", "zqsharedtextxv"
    runs = cast["facilitator"]
    note = adding.add_note(source, folder=None, key="shared", by=runs, name=title, language="en", text=text)
    sharing.share(note, target, seen=target.visibility, by=runs)
    readers = tuple(
        person for person in cast.values() if may(person, "read", source) or may(person, "read", target)
    )
    for word in (title, text):
        planted[word] = Canary(word, target, "read", readers=readers)


def _proposal(space: Any, cast: dict, planted: dict[str, Canary]) -> None:
    """A space that somebody wishes for: theirs and the staff's to read."""
    words = {name: f"zq{name}proposedxv" for name in ("name", "purpose", "audience", "reason")}
    SpaceProposal.objects.create(by=cast["member"], language="en", state="declined", **words)
    for word in words.values():
        planted[word] = Canary(word, space, "", readers=(cast["member"], cast["staff"], cast["root"]))


def _profile(owner: Any, space: Any, planted: dict[str, Canary]) -> None:
    """Fields of a member for fewer than the network; the space stands for those the cast shares with them."""
    from profiles.describing import describe
    from profiles.models import ContactWay, Section

    def word(what: str, action: str) -> str:
        made = f"zq{what}profilexv"
        planted[made] = Canary(made, space, action, owner)
        return made

    describe(
        owner,
        {
            "listed": True,
            "about": word("about", "see_members"),
            "pronouns": word("pronouns", "see_members"),
            "pronunciation": word("said", "manage"),
            "pronunciation_for": 1,
            "available": True,
            "available_for": 1,
            "help_with": word("help", "manage"),
        },
    )
    # No archived space: nobody may reopen it, so these are the owner's alone.
    ContactWay.objects.create(profile=owner.profile, kind="other", value=word("way", "reopen"))
    Section.objects.create(
        profile=owner.profile,
        kind="text",
        title=word("title", "see_members"),
        text=word("text", "see_members"),
    )


def _between_two(space: Any, cast: dict, planted: dict[str, Canary]) -> None:
    """What one asks another, and the answer: nobody else's to read, whatever spaces they share."""
    from profiles import ties
    from profiles.models import ContactRequest

    sender, recipient = cast["member"], cast["facilitator"]
    ties.ask(sender, recipient, text="zqaskedxv", language="en", key="canary")
    ties.answer(ContactRequest.objects.get(), "zqansweredxv")
    for word in ("zqaskedxv", "zqansweredxv"):
        planted[word] = Canary(word, space, "", readers=(sender, recipient))


def plant_in(space: Any, cast: dict, planted: dict[str, Canary]) -> None:
    """One of everything that a space can hold."""
    from forum import moderation, polling, posting
    from forum.models import Notice, WaitingPost
    from forum.talking import saved
    from pages.models import LandingProposal
    from profiles.pinning import pin

    def word(what: str, action: str, owner: Any = None) -> str:
        made = f"zq{what}{space.visibility}xv"
        planted[made] = Canary(made, space, action, owner)
        return made

    SpaceText.objects.filter(space=space).update(
        name=word("name", "know"),
        purpose=word("purpose", "know"),
        welcome=word("welcome", "read"),
        rules=word("rules", "read"),
    )
    topic = posting.open_topic(
        space,
        by=cast["member"],
        subject=word("subject", "read"),
        content=word("opening", "read"),
        language="en",
    )
    pin(cast["member"].profile, "topic", topic.pk)
    _question_and_decision(space, cast, word)
    posting.reply(topic, by=cast["moderator"], content=word("reply", "read"), language="en")
    note = f"zqnote{space.visibility}xv"
    planted[note] = Canary(note, space, "", readers=(cast["member"],))
    saved.save(topic.first_post, cast["member"], note)
    hidden = posting.reply(topic, by=cast["moderator"], content=word("hiddenpost", "moderate"), language="en")
    moderation.hide(hidden, by=cast["facilitator"], reason=word("whyhidden", "moderate"))
    _written(space, cast, topic, word)
    moderation.report(
        topic.first_post,
        by=cast["observer"],
        reason="other",
        words=word("report", "moderate", cast["observer"]),
    )
    # Authors see what waits where the space asks for approval.
    Space.objects.filter(pk=space.pk).update(approves_first=True)
    WaitingPost.objects.create(
        space=space,
        by=cast["member"],
        subject=word("waitingsubject", "moderate", cast["member"]),
        content=word("waiting", "moderate", cast["member"]),
        language="en",
        more={
            "kind": "decision",
            "poll": polling.Draft([word("waitingoption", "moderate", cast["member"]), "Another"]).kept(),
        },
    )
    for part in ("words", "about"):
        made = word(f"notice{part}", "read")
        planted[made] = Canary(made, space, "", readers=(cast["observer"],))
        Notice.objects.create(space=space, person=cast["observer"], **{part: made})
    if space.visibility != "hidden":
        JoinRequest.objects.create(
            space=space,
            user=cast["former"],
            text=word("request", "admit", cast["former"]),
            answers=[["Why?", "en", word("answer", "admit", cast["former"])]],
        )
        declined = word("declined", "")
        planted[declined] = Canary(declined, space, "", readers=(cast["translator_ar"],))
        JoinRequest.objects.create(
            space=space,
            user=cast["translator_ar"],
            state="declined",
            reason=declined,
            decided_at=timezone.now(),
        )
        # On its way to a public page.
        LandingProposal.objects.create(
            space=space,
            by=cast["facilitator"],
            text=word("proposed", "manage"),
            answer=word("proposedanswer", "manage"),
            state="declined",
            language="en",
        )
    Invitation.objects.create(
        space=space,
        email=f"{word('asked', 'invite')}@people.example",
        language="en",
        expires_at=timezone.now() + timedelta(days=1),
    )
    Record.objects.create(
        verb="suspended_in_space", space=space, person=cast["observer"], reason=word("deed", "manage")
    )
    _event(space, cast, word)
    _library(space, cast, word)
    _offered(space, cast, planted)


def _library(space: Any, cast: dict, word: Any) -> None:
    """Names, words and bytes, in older versions too; what lies in the bin is its owner's and the moderators'."""
    from communities.library import adding, binning, changing
    from files.cleaning import cleaned
    from files.purposes import LIBRARY
    from tests.files.pictures import upload

    name, words, own = word("shelf", "read"), word("shelved", "read"), {"key": "", "by": cast["member"]}
    own |= {"language": "en", "name": name}
    folder = adding.add_folder(space, folder=None, description=words, **own)
    note = adding.add_note(space, folder=folder, text=word("old", "read"), **own)
    changing.rewrite(note, words, change=words, seen=1, by=cast["moderator"])
    adding.add_link(space, folder=None, url=f"https://{words}.example/", description=words, **own)
    sent = upload(name="plan.txt", content=word("bytes", "read").encode())
    adding.add_files(space, [(cleaned(sent, LIBRARY), "")], folder=None, language="en", by=cast["member"])
    own["name"] = word("binned", "moderate", cast["member"])
    binning.throw_away(adding.add_note(space, folder=None, text="Words", **own), by=cast["member"])


def _offered(space: Any, cast: dict, planted: dict[str, Canary]) -> None:
    """A file with its original beside it, offered to the editors: they read its name once its owner has agreed.

    Of a closed and of a public space the owner has; of the others they were asked and say nothing.
    """
    from communities.library import adding, changing, offering
    from files.cleaning import cleaned
    from files.purposes import LIBRARY
    from tests.files.pictures import upload

    name, description, bytes_, original = (
        f"zq{what}{space.visibility}xv"
        for what in ("offered", "offereddescription", "offeredbytes", "original")
    )
    Space.objects.filter(pk=space.pk).update(keeps_originals=True)
    sent, beside = (upload(name=f"{name}.txt", content=each.encode()) for each in (bytes_, original))
    files = [(cleaned(sent, LIBRARY), "")]
    own = {"language": "en", "by": cast["member"]}
    (kept,) = adding.add_files(space, files, folder=None, originals=[beside], **own)
    changing.arrange(kept.item, description=description, seen=kept.item.changes, by=cast["member"])
    offer = offering.offer(kept.item, by=cast["facilitator"])
    readers = tuple(person for person in cast.values() if may(person, "read", space))
    editors = (cast["editor"], cast["root"])
    if space.visibility in ("closed", "public"):
        assert offering.agree(offer, by=cast["member"])
    else:
        editors = ()
    for word in (name, description):
        planted[word] = Canary(word, space, "", readers=(*readers, *editors))
    planted[bytes_] = Canary(bytes_, space, "read")
    planted[original] = Canary(original, space, "moderate", cast["member"])


def _question_and_decision(space: Any, cast: dict, word: Any) -> None:
    from forum import polling, posting, solving
    from forum.kinds import TopicKind

    asked, decided = (
        posting.open_topic(
            space, cast["member"], word(f"{kind}subject", "read"), "Words", "en", kind=kind, poll=poll
        )
        for kind, poll in (
            (TopicKind.QUESTION, None),
            (TopicKind.DECISION, polling.Draft([word("option", "read"), "Another"])),
        )
    )
    answer = posting.reply(asked, by=cast["moderator"], content=word("solution", "read"), language="en")
    solving.mark(answer, by=cast["member"])
    polling.vote(decided, [str(decided.decision.options.first().pk)], by=cast["moderator"])


def _written(space: Any, cast: dict, topic: Any, word: Any) -> None:
    """Earlier words, words taken back, words begun."""
    from forum import bin, drafts, history, posting
    from forum.written import Revision

    member = cast["member"]
    # The hidden ones are a moderator's own: whoever wrote them takes them along, wherever they stand.
    for what, action, by in (("earlier", "read", "member"), ("earlierhidden", "moderate", "moderator")):
        changed = posting.reply(topic, by=cast[by], content=word(what, action))
        posting.reply(topic, by=cast["facilitator"], content="An answer")
        posting.edit(changed, by=cast[by], content="Other words")
    titled = posting.open_topic(space, member, word("earliersubject", "read"), "Words", "en")
    posting.reply(titled, by=cast["facilitator"], content="An answer")
    posting.edit(titled.first_post, by=member, content="Words", subject="Another subject")
    earlier = Revision.objects.exclude(content="Words").latest("pk")
    history.hide(earlier, by=cast["facilitator"], reason=word("whyearlier", "moderate"))
    back = posting.reply(topic, by=member, content=word("takenback", "reopen", member))
    bin.remove(back, by=member)
    for place in (topic, None):
        drafts.keep(
            member,
            space,
            place,
            # Nobody may reopen what is not archived: the owner's alone.
            content=word("begun" if place else "begunnew", "reopen", member),
            subject="" if place else word("begunsubject", "reopen", member),
            options="" if place else word("begunoption", "reopen", member),
            language="en",
        )


def _event(space: Any, cast: dict, word: Any) -> None:
    from events.models import Event

    starts = timezone.now() + timedelta(days=3)
    event = Event.objects.announce(
        space=space,
        by=cast["facilitator"],
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        time_zone="Africa/Tunis",
        language="en",
        texts={
            "en": {
                "title": word("event", "read"),
                "summary": word("summary", "read"),
                "description": word("description", "read"),
                "poor_line": word("poorline", "read"),
            }
        },
    )
    Event.objects.filter(pk=event.pk).update(place=word("place", "read"))


# For the search, while the words are looked for, this one means all of them.
ANY_WORD = "canaries"


def addresses(planted: dict[str, Canary]) -> list[str]:
    """Every GET address of the site: those of each space, and all others."""
    spaces = {canary.space.pk: canary.space for canary in planted.values()}.values()
    from events.models import Event
    from forum.models import Notice
    from pages.models import LandingProposal

    found = ["/en/", "/fr/", "/en/communities/", "/en/news/", "/en/resources/", "/cms/offers/"]
    # First what was planted: the routes below make things of their own, in which no word stands.
    for space in spaces:
        found.append(f"/en/communities/{space.slug}/")
        found += _topics(space)
        found += _shelf(space)
        found += [row.get_absolute_url() for row in LibraryShare.objects.filter(space=space)]
        found.append(reverse("forum:cases", args=[space.slug]) + "?pile=hidden")
        found += [row.get_absolute_url() for row in Notice.objects.filter(space=space)]
        found += [row.get_absolute_url() for row in LandingProposal.objects.filter(space=space)]
        found += [event.get_absolute_url() for event in Event.objects.filter(space=space)]
        found += _histories(space)
    found += [proposal.get_absolute_url() for proposal in SpaceProposal.objects.all()]
    for route in declared().values():
        if route.make is None or route.method != "get" or route.policy in ("cms", "thirdparty", "staff"):
            continue
        if route.is_of_space:
            found += [reverse(route.name, kwargs=route.make(space)) for space in spaces]
        else:
            found.append(reverse(route.name, kwargs=route.make(None)))
    pages = range(1, SearchEntry.objects.count() // PAGE_SIZE + 2)
    return found + [f"{reverse('search:search')}?q={ANY_WORD}&page={page}" for page in pages]


def _topics(space: Any) -> list[str]:
    from forum.forum_conversation.models import Topic

    return [topic.get_absolute_url() for topic in Topic.objects.filter(forum__space_tie__space=space)]


def _shelf(space: Any) -> list[str]:
    from communities.models import LibraryItem, LibraryVersion

    planted = LibraryItem.objects.filter(space=space).exclude(name="A thing").select_related("space")
    old = LibraryVersion.objects.filter(item__in=planted, number=1).select_related("stored", "item__space")
    return [
        *(item.get_absolute_url() for item in planted),
        *(f"{row.item.get_absolute_url()}versions/1/" for row in old if row.stored is None),
        *(row.stored.url for row in old if row.stored),
        *(row.stored.original.url for row in old if row.stored and hasattr(row.stored, "original")),
        *(
            f"{row.item.get_absolute_url()}offer{page}/"
            for row in old
            if row.stored
            for page in ("", "/answer")
        ),
    ]


def _histories(space: Any) -> list[str]:
    """With the page on which a moderator decides about earlier words."""
    from forum.written import Revision

    found = []
    for row in Revision.objects.filter(post__topic__forum__space_tie__space=space).select_related("post"):
        found.append(reverse("forum:history", args=[space.slug, row.post.public_id]))
        found.append(reverse("forum:revision_hiding", args=[space.slug, row.post.public_id, row.public_id]))
    return found


def sweep(
    client: Any, planted: dict[str, Canary], addresses: list[str], person: Any = None
) -> dict[str, str]:
    """word -> an address whose answer (body or headers) carries it; for a person, what the search has for them too."""
    seen: dict[str, str] = {}

    def read(whole: str, where: str) -> None:
        for word in WORD.findall(whole):
            # A page that is not there says which address was asked for.
            if word in planted and word not in where:
                seen.setdefault(word, where)

    with patch.dict(SYNONYMS, {ANY_WORD: tuple(planted)}):
        for url in addresses:
            answer = client.get(url)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            read(body.decode(errors="replace") + str(answer.headers), url)
    # A hit alone says that the word is there, even where no line shows it.
    for row in SearchEntry.objects.visible_to(person or AnonymousUser()).values():
        read(str(row), "the index")
    return seen
