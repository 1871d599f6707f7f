"""Following, blocking, asking to be put in touch: nobody learns what is not theirs to know."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communities.models import Activity, Notification
from communities.permissions import may
from communities.submissions import new_key
from forum.posting import open_topic
from profiles import ties
from profiles.describing import describe
from profiles.models import Block, ContactRequest, Follow, Organisation, Profile, User
from profiles.photos import put_up, shaped
from search.entries import Entry, put
from tests.world import PEOPLE
from themes.models import Theme

NOWHERE = "bcdfghjkmnpqrstv"
State = ContactRequest.State


def page(name, *args):
    return reverse(f"profiles:{name}", args=args)


def sending(sender, text="Zqmessage", **more):
    return {"text": text, "language": "fr", "key": new_key(sender, "contact request"), **more}


@pytest.fixture
def asked(stranger, member, django_capture_on_commit_callbacks):
    """The stranger asks the member."""
    with django_capture_on_commit_callbacks(execute=True):
        ties.ask(stranger, member, text="Zqmessage", language="fr", key="first")
    return ContactRequest.objects.get()


# Asking ------------------------------------------------------------------------------------------------------


def test_request_reaches_its_recipient_and_mail_and_list_say_neither_name_nor_word(
    member, stranger, client_of, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of(stranger).post(page("contact", member.public_id), sending(stranger))
    assert answer.url == page("contact_requests")
    row = ContactRequest.objects.get()
    assert (row.sender, row.recipient, row.text, row.language) == (stranger, member, "Zqmessage", "fr")
    (letter,) = mail.outbox
    whole = str(letter.message()) + letter.body + "".join(str(part.content) for part in letter.alternatives)
    assert letter.to == [member.email]
    for word in ("Zqmessage", "Stranger", stranger.email, stranger.public_id, row.public_id):
        assert word not in whole
    client = client_of(member)
    listed = client.get(reverse("communities:notifications")).content.decode()
    assert page("contact_request", row.public_id) in listed
    assert "Zqmessage" not in listed and ">Stranger<" not in listed
    body = client.get(page("contact_request", row.public_id)).content.decode()
    assert "Zqmessage" in body and 'lang="fr" dir="auto"' in body
    assert stranger.email not in body


@pytest.mark.parametrize("name", PEOPLE)
def test_request_is_read_by_its_two_people_alone(cast, asked, client_of, name):
    client = client_of(cast[name])
    there = client.get(asked.get_absolute_url()).status_code
    refused = client.post(page("contact_refusal", asked.public_id)).status_code
    answered = client.post(asked.get_absolute_url(), {"text": "x"}).status_code
    assert there == (200 if name in {"stranger", "member"} else 404)
    # A form sent without a session meets the sign-in page, to whatever address.
    wanted = {"member": 302, "visitor": 403, "suspended": 403}.get(name, 404)
    assert (refused, answered) == (wanted, wanted)


@pytest.mark.parametrize("form", ["twice the same", "another one"])
def test_request_sent_twice_is_one(member, stranger, client_of, form):
    client, first = client_of(stranger), sending(stranger)
    client.post(page("contact", member.public_id), first)
    again = client.post(
        page("contact", member.public_id), first if form == "twice the same" else sending(stranger)
    )
    assert again.url == ContactRequest.objects.get().get_absolute_url()
    assert Notification.objects.filter(recipient=member).count() == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_bad_message_is_kept_and_said(member, stranger, client_of, text):
    answer = client_of(stranger).post(page("contact", member.public_id), sending(stranger, text))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["text"]
    assert text in answer.content.decode()
    assert not ContactRequest.objects.exists()


def test_key_of_somebody_else_makes_nothing(member, stranger, observer, client_of):
    answer = client_of(stranger).post(
        page("contact", member.public_id), {**sending(stranger), "key": sending(observer)["key"]}
    )
    assert answer.status_code == 422
    assert not ContactRequest.objects.exists()


def test_nobody_asks_more_than_ten_people_a_day(member, stranger, client_of):
    for number in range(ties.MOST_A_DAY):
        other = User.objects.create_user(
            f"p{number}@people.example", None, display_name="P", is_approved=True
        )
        ties.ask(stranger, other, text="x", language="en", key=f"k{number}")
    client = client_of(stranger)
    assert client.post(page("contact", member.public_id), sending(stranger)).status_code == 422
    ContactRequest.objects.update(created_at=timezone.now() - timezone.timedelta(days=2))
    assert client.post(page("contact", member.public_id), sending(stranger)).status_code == 302


def test_whoever_does_not_want_to_be_asked_is_not(member, stranger, client_of):
    own = client_of(member)
    client, link = client_of(stranger), page("contact", member.public_id)
    assert link in client.get(member.get_absolute_url()).content.decode()
    own.post(page("contactability"), {})
    assert not Profile.objects.get(user=member).contactable
    assert link not in client.get(member.get_absolute_url()).content.decode()
    assert client.get(page("contact", member.public_id)).status_code == 404
    assert client.post(page("contact", member.public_id), sending(stranger)).status_code == 404
    own.post(page("contactability"), {"contactable": "on"})
    assert client.get(page("contact", member.public_id)).status_code == 200


def test_answer_is_told_and_read_and_the_first_one_stands(asked, stranger, member, client_of):
    own = client_of(member)
    own.post(asked.get_absolute_url(), {"text": "Zqanswer"})
    own.post(asked.get_absolute_url(), {"text": "Another"})
    own.post(page("contact_refusal", asked.public_id))
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == (State.ANSWERED, "Zqanswer")
    told = Notification.objects.filter(recipient=stranger)
    assert [row.activity.kind for row in told] == ["contact_answered"]
    body = client_of(stranger).get(asked.get_absolute_url()).content.decode()
    assert "Zqanswer" in body and member.email not in body
    # Answered: one may ask again.
    assert client_of(stranger).post(page("contact", member.public_id), sending(stranger)).url == page(
        "contact_requests"
    )


def test_declined_is_told_without_words_and_rests(asked, stranger, member, client_of):
    client_of(member).post(page("contact_refusal", asked.public_id))
    assert Notification.objects.get(recipient=stranger).activity.kind == "contact_declined"
    client = client_of(stranger)
    assert client.post(page("contact", member.public_id), sending(stranger)).url == asked.get_absolute_url()
    ContactRequest.objects.update(answered_at=timezone.now() - 2 * ties.REST)
    assert client.post(page("contact", member.public_id), sending(stranger)).url == page("contact_requests")


def test_list_of_requests_costs_the_same_at_one_and_at_thirty(furnished, member, client_of):
    client = client_of(member)

    def queries(count):
        for number in range(ContactRequest.objects.count(), count):
            other = User.objects.create_user(
                f"p{number}@people.example", None, display_name="P", is_approved=True
            )
            ties.ask(other, member, text="x", language="en", key=f"k{number}")
            Follow.objects.create(user=member, person=other)
            Block.objects.create(
                user=member, person=User.objects.create_user(f"b{number}@people.example", None)
            )
        found = {}
        for name in ("contact_requests", "following", "blocked"):
            with CaptureQueriesContext(connection) as caught:
                assert client.get(page(name)).status_code == 200
            found[name] = len(caught)
        return found

    queries(1)
    one = queries(1)
    assert queries(30) == one
    assert max(one.values()) <= 10


# Blocking ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("blocker", ["stranger", "member"])
def test_block_ends_every_way_between_the_two(asked, stranger, member, client_of, blocker):
    """Whoever of them blocks: page, form, request, list, and what follows. As of somebody who is not there."""
    here, other = (stranger, member) if blocker == "stranger" else (member, stranger)
    Follow.objects.create(user=stranger, person=member)
    Follow.objects.create(user=member, person=stranger)
    assert client_of(here).get(page("block", other.public_id)).status_code == 200
    for _again in range(2):
        assert client_of(here).post(page("block", other.public_id)).url == page("blocked")
    assert Block.objects.count() == 1
    for person, gone in ((stranger, member), (member, stranger)):
        client = client_of(person)
        for name in ("person", "contact"):
            answer, nowhere = client.get(page(name, gone.public_id)), client.get(page(name, NOWHERE))
            assert answer.status_code == nowhere.status_code == 404
            assert masked(answer, gone) == masked(nowhere, gone)
        assert client.post(page("contact", gone.public_id), sending(person)).status_code == 404
        assert client.get(asked.get_absolute_url()).status_code == 404
        for name in ("contact_requests", "following"):
            shown = listed(client, name)
            assert gone.public_id not in shown and asked.public_id not in shown
    assert (
        Notification.objects.filter(recipient=other).exclude(activity__kind="contact_requested").count() == 0
    )


def masked(answer, person):
    import re

    body = answer.content.decode().replace(person.public_id, NOWHERE)
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body)


def listed(client, name):
    return client.get(page(name)).content.decode().partition("<main")[2]


@pytest.mark.parametrize("typed", ["Member", "Memb"])
def test_search_finds_nobody_who_is_apart(stranger, member, facilitator, client_of, typed):
    """Neither as a hit nor as a suggestion, on either side; others find both."""
    for person in (stranger, member):
        describe(person, {"listed": True})
    Block.objects.create(user=member, person=stranger)
    asked = reverse("search:search") + f"?q={typed}"
    assert member.public_id not in client_of(stranger).get(asked).content.decode()
    assert member.public_id in client_of(facilitator).get(asked).content.decode()
    back = reverse("search:search") + "?q=Stranger"
    assert stranger.public_id not in client_of(member).get(back).content.decode().partition("<main")[2]


def test_facilitator_finds_whom_they_have_in_a_space_in_spite_of_a_block(
    member, facilitator, stranger, client_of
):
    """And of others no more than anybody: a block counts where they are no facilitator."""
    for person in (stranger, member):
        describe(person, {"listed": True})
        Block.objects.create(user=person, person=facilitator)
    client = client_of(facilitator)
    assert member.public_id in client.get(reverse("search:search") + "?q=Member").content.decode()
    assert stranger.public_id not in client.get(reverse("search:search") + "?q=Stranger").content.decode()


def test_block_takes_the_photo_from_bylines_for_one_query_a_page(
    furnished, cast, member, observer, client_of, public_space
):
    from tests.profiles.test_photos import picture

    for name in ("member", "moderator"):
        put_up(cast[name].profile, shaped(picture(), "photo"))
        cast[name].profile.save()
    client, address = client_of(observer), reverse("communities:members", args=[public_space.slug])
    client.get(address)
    seen = {}
    for blocked in (False, True):
        if blocked:
            Block.objects.create(user=member, person=observer)
        with CaptureQueriesContext(connection) as caught:
            body = client.get(address).content.decode()
        seen[blocked] = [cast[name].profile.photo.url in body for name in ("member", "moderator")]
        assert sum("profiles_block" in query["sql"] for query in caught) == 1
    assert seen == {False: [True, True], True: [False, True]}


def test_block_before_the_mail_goes_out_withholds_it(stranger, member, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ties.ask(stranger, member, text="x", language="en", key="k")
        ties.block(member, stranger)
    assert mail.outbox == []


def test_block_is_seen_by_its_maker_alone_and_ended_there(stranger, member, client_of):
    ties.block(member, stranger)
    assert "Stranger" in listed(client_of(member), "blocked")
    assert "Member" not in listed(client_of(stranger), "blocked")
    client_of(stranger).post(page("blocked_end"), {"person": member.public_id})
    assert Block.objects.count() == 1
    client_of(member).post(page("blocked_end"), {"person": stranger.public_id})
    assert client_of(stranger).get(member.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("name", ["block", "contact"])
def test_nobody_blocks_or_asks_themselves_or_whoever_is_not_there(cast, member, client_of, name):
    client = client_of(member)
    for public_id in (member.public_id, cast["newcomer"].public_id, cast["suspended"].public_id, NOWHERE):
        assert client.post(page(name, public_id), sending(member)).status_code == 404
    assert not Block.objects.exists() and not ContactRequest.objects.exists()


# Following ---------------------------------------------------------------------------------------------------


def test_following_is_begun_and_ended_and_nobody_is_told(member, stranger, client_of):
    theme = Theme.objects.create(slug="custody")
    office = Organisation.objects.create(name="Zqoffice", name_folded="zqoffice", approved_at=timezone.now())
    client = client_of(stranger)
    before = Activity.objects.count()
    things = {"person": member.public_id, "organisation": office.public_id, "theme": theme.slug}
    for sent in things.items():
        for _again in range(2):
            assert client.post(page("following"), dict([sent])).status_code == 302
    assert Follow.objects.filter(user=stranger).count() == 3
    shown = listed(client, "following")
    assert all(word in shown for word in ("Member", "Zqoffice", "custody"))
    assert Activity.objects.count() == before
    for sent in things.items():
        for _again in range(2):
            assert client.post(page("following_end"), dict([sent])).status_code == 302
    assert not Follow.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"theme": "none"}, {"person": NOWHERE}, {"organisation": NOWHERE}])
def test_following_nothing_that_is_there_is_the_ordinary_404(stranger, client_of, sent):
    assert client_of(stranger).post(page("following"), sent).status_code == 404


@pytest.fixture
def custody(db):
    return Theme.objects.create(slug="custody")


def test_what_is_published_under_a_followed_theme_is_on_the_feed(
    stranger, custody, article, resource, client_of, django_capture_on_commit_callbacks
):
    """Public things of the last weeks, each once; drafts, other themes and what was withdrawn are not."""
    today = timezone.localdate()
    other = Theme.objects.create(slug="asylum")
    there = article("fr", "Zqnews", date=today, themes=[custody])
    resource("en", "Zqguide", themes=[custody])
    article("en", "Zqdraft", live=False, date=today, themes=[custody])
    article("en", "Zqother", date=today, themes=[other])
    article("en", "Zqold", date=today - timezone.timedelta(days=90), themes=[custody])
    gone = article("en", "Zqgone", date=today, themes=[custody])
    gone.unpublish()
    client = client_of(stranger)

    def shown(query=""):
        body = client.get(reverse("communities:feed") + query).content.decode()
        return {word for word in ("news", "guide", "draft", "other", "old", "gone") if f"Zq{word}" in body}

    assert shown() == set()
    client.post(page("following"), {"theme": "custody"})
    assert shown() == {"news", "guide"}
    with django_capture_on_commit_callbacks(execute=True):
        there.themes = [other]
        there.save_revision().publish()
    assert shown() == {"guide"}
    client.post(page("following"), {"theme": "asylum"})
    assert shown() == {"guide", "news", "other"}
    for theme in ("custody", "asylum"):
        client.post(page("following_end"), {"theme": theme})
    assert shown() == set()


def test_topics_of_a_followed_person_are_on_the_feed_where_both_may_read(
    stranger, member, facilitator, public_space, closed_space, client_of
):
    open_topic(public_space, member, "Zqpublic", "Words", "en")
    open_topic(closed_space, member, "Zqclosed", "Words", "en")
    open_topic(public_space, facilitator, "Zqother", "Words", "en")
    client = client_of(stranger)

    def shown():
        body = client.get(reverse("communities:feed")).content.decode()
        return {word for word in ("public", "closed", "other") if f"Zq{word}" in body}

    assert shown() == set()
    client.post(page("following"), {"person": member.public_id})
    assert shown() == {"public"}
    Block.objects.create(user=member, person=stranger)
    assert shown() == set()


@pytest.mark.parametrize(("fields", "is_shown"), [
    ({}, True), ({"organisation_for": 2}, False), ({"listed": False}, False), ({"organisation": None}, False),
])  # fmt: skip
def test_topics_of_people_of_a_followed_organisation_are_on_the_feed_of_whoever_may_know_it(
    stranger, member, public_space, client_of, fields, is_shown
):
    office = Organisation.objects.create(name="Zqoffice", name_folded="zqoffice", approved_at=timezone.now())
    shown = {"organisation": office, "organisation_for": 3, "listed": True, **fields}
    Profile.objects.filter(user=member).update(**shown)
    open_topic(public_space, member, "Zqtopic", "Words", "en")
    client = client_of(stranger)
    assert "Zqtopic" not in client.get(reverse("communities:feed")).content.decode()
    client.post(page("following"), {"organisation": office.public_id})
    assert ("Zqtopic" in client.get(reverse("communities:feed")).content.decode()) is is_shown


def test_feed_costs_the_same_whatever_is_followed(furnished, stranger, custody, client_of):
    client = client_of(stranger)

    def queries():
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(reverse("communities:feed"))
        return len(caught), answer.content.decode().count("Zqnews")

    queries()
    none = queries()
    for number in range(30):
        theme = Theme.objects.create(slug=f"t{number}")
        Follow.objects.create(user=stranger, theme=theme)
        things = {"kind": "news", "space_id": None, "audience": "everyone", "language": "fr", "body": ""}
        put(
            Entry(
                **things,
                object_id=number,
                title=f"Zqnews {number}",
                url=f"/fr/news/{number}/",
                date=timezone.localdate(),
                themes=[theme.pk, custody.pk],
            )
        )
    assert none == (none[0], 0) and queries() == (none[0], 3)


def test_newcomer_follows_nothing_and_is_shown_nothing(newcomer, custody, article, client_of):
    article("fr", "Zqnews", date=timezone.localdate(), themes=[custody])
    Follow.objects.create(user=newcomer, theme=custody)
    assert "Zqnews" not in client_of(newcomer).get(reverse("communities:feed")).content.decode()


def test_whose_page_is_gone_is_gone_from_the_list(member, stranger, client_of):
    Follow.objects.create(user=stranger, person=member)
    member.is_active = False
    member.save()
    assert "Member" not in listed(client_of(stranger), "following")


# Mentions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("visibility", ["public", "network", "closed", "hidden"])
@pytest.mark.parametrize("name", PEOPLE)
def test_mentionable_are_others_who_may_read_and_are_not_apart(cast, spaces, visibility, name):
    """And nobody for whoever may not read there themselves."""
    space, viewer = spaces[visibility], cast[name]
    Profile.objects.update(listed=True)
    for blocker, person in (("observer", "member"), ("moderator", "facilitator"), ("stranger", "member")):
        Block.objects.create(user=cast[blocker], person=cast[person])
    wanted = set()
    if viewer.is_authenticated and may(viewer, "read", space) and viewer.is_approved:
        apart = (
            set()
            if name == "facilitator"
            else {
                row
                for pair in Block.objects.values_list("user", "person")
                if viewer.pk in pair
                for row in pair
            }
        )
        wanted = {
            role
            for role, person in cast.items()
            if role != "visitor" and person.is_approved and person.is_active
            and may(person, "read", space) and person != viewer and person.pk not in apart
        }  # fmt: skip
    found = User.objects.mentionable_by(viewer, space)
    assert {user.email.partition("@")[0] for user in found} == wanted


def test_list_of_members_that_is_hidden_shows_in_no_picker(observer, moderator, closed_space):
    closed_space.shows_members = False
    closed_space.save()
    assert not User.objects.mentionable_by(observer, closed_space).exists()
    assert User.objects.mentionable_by(moderator, closed_space).exists()


# Leaving -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["stranger", "member"])
def test_erasure_takes_every_tie_and_what_was_told_of_it(asked, cast, member, stranger, name):
    person = cast[name]
    Follow.objects.create(user=stranger, person=member)
    Block.objects.create(user=cast["observer"], person=person)
    Organisation.objects.create(name="Zqoffice", name_folded="zqoffice", proposed_by=person)
    person.empty()
    assert [model.objects.count() for model in (Follow, Block, ContactRequest)] == [0, 0, 0]
    assert not Activity.objects.filter(kind__startswith="contact_").exists()
    assert Organisation.objects.get().proposed_by is None
