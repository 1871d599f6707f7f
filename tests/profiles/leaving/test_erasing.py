"""Asked for, called off, carried out; and afterwards nothing in the whole database says who it was."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override

from communities import staffdesk
from communities.fates import End, fates
from communities.models import Membership, Record
from communities.roles import Role
from files.models import StoredFile, private_storage
from forum.forum_conversation.models import Post, Topic
from news.comments.models import Comment
from pages.presentation import named_facilitators
from profiles.leaving import emptying, erasing, exporting
from profiles.leaving.models import Erasure, Export
from profiles.models import Profile, User
from search.models import SearchEntry
from tests.every_column import columns_with
from tests.profiles.leaving.lived import EMAIL, NAME, SAID, been_everywhere
from tests.public_pages import article

__all__ = ["article"]
LATER = timedelta(days=7, minutes=1)


@pytest.fixture
def lived(cast, spaces, article, django_capture_on_commit_callbacks):
    return been_everywhere(cast, spaces, article, django_capture_on_commit_callbacks)


def referring() -> dict[str, tuple]:
    """Declared to be deleted or emptied: column -> (model, name)."""
    found = {}
    for column, fate in fates.items():
        label, _dot, name = column.rpartition(".")
        model = apps.get_model(label)
        leads = model._meta.get_field(name).related_model is get_user_model()
        if leads and fate.end in (End.DELETED, End.UNSET):
            found[column] = (model, name)
    return found


def rows_leading_to(pk) -> set[str]:
    return {
        column
        for column, (model, name) in referring().items()
        if model._base_manager.filter(**{name: pk}).exists()
    }


def bytes_kept() -> set[str]:
    folders = [Path(private_storage().location), Path(default_storage.location)]
    return {str(path) for folder in folders for path in folder.rglob("*") if path.is_file()}


# Of packages whose tables this site fills with nothing, and what only exists while an erasure waits.
NEVER_FILLED = {
    "django_comments.CommentFlag.user",
    "forum_permission.UserForumPermission.user",
    "forum_polls.TopicPollVote.voter",
    "forum_tracking.ForumReadTrack.user",
    "forum_tracking.TopicReadTrack.user",
    "guardian.UserObjectPermission.user",
    "leaving.Erasure.user",
    "pages.MachineRun.asked_by",
    "pages.TreeTranslation.by",
}


@pytest.mark.parametrize("words_too", [False, True], ids=["words stay", "words go"])
def test_erased_person_is_named_in_no_column_of_the_whole_database(
    lived, words_too, django_capture_on_commit_callbacks
):
    person, sessions, (topic, theirs) = lived
    assert {"profiles_user.email", "search_searchentry.title", "files_storedfile.name"} <= columns_with(NAME)
    # A row in every table, or the test would prove nothing of it: see lived.py.
    assert referring().keys() - rows_leading_to(person.pk) == NEVER_FILLED
    kept, posts = bytes_kept(), dict(Post.objects.values_list("pk", "topic"))
    counts = {each.pk: each.posts_count for each in Topic.objects.all()}
    with django_capture_on_commit_callbacks(execute=True):
        person.empty(words_too=words_too)
    assert columns_with(NAME, EMAIL, "203.0.113.7") == set()
    assert bool(columns_with(SAID)) is not words_too
    # An empty one in the place of theirs.
    assert rows_leading_to(person.pk) == {"profiles.Profile.user"}
    assert not Session.objects.filter(session_key__in=sessions).exists()
    # Gone from the disk: photo, cover, avatar, upload, export, what waited, was removed or was on its way into a
    # post; and where words go, the pictures of post and proposal and the file of the library. Public pictures stay.
    assert len(kept) - len(bytes_kept()) == (12 if words_too else 9)
    assert bytes_kept() <= kept
    assert dict(Post.objects.values_list("pk", "topic")) == posts
    assert {each.pk: each.posts_count for each in Topic.objects.all()} == counts
    assert {"A title that stays", "Another title"} <= set(Topic.objects.values_list("subject", flat=True))
    assert Post.objects.filter(content="An answer that stays").exists()
    assert Comment.objects.filter(comment="An answer to it").exists()


def test_words_that_went_leave_a_mark_in_the_readers_language(
    lived, cast, client_of, django_capture_on_commit_callbacks
):
    person, _sessions, (topic, theirs) = lived
    with django_capture_on_commit_callbacks(execute=True):
        person.empty(words_too=True)
    client = client_of(cast["moderator"])
    for language, gone, former in (
        ("fr", "Retiré par la personne qui l’a écrit", "Ex-membre"),
        ("ar", "أزاله كاتبه", "عضو سابق"),
    ):
        for each in (topic, theirs):
            with override(language):
                html = client.get(each.get_absolute_url()).content.decode()
            assert gone in html and former in html
    found = client.get("/en/search/", {"q": SAID}).content.decode()
    assert "A title that stays" not in found
    assert SearchEntry.objects.filter(kind="topic", object_id=topic.pk, body="").exists()


def test_words_that_stay_keep_their_pictures_without_name_or_owner(lived, django_capture_on_commit_callbacks):
    person = lived[0]
    with django_capture_on_commit_callbacks(execute=True):
        person.empty()
    (stored,) = StoredFile.objects.filter(kind="post")
    assert stored.uploaded_by is None and stored.name.startswith("file-") and stored.name.endswith(".jpg")
    assert private_storage().exists(stored.content.name)


# The week of grace ----------------------------------------------------------------------------------------------


def test_asking_puts_the_account_to_sleep_for_others_at_once(
    member, stranger, staff, client_of, django_capture_on_commit_callbacks
):
    Profile.objects.filter(user=member).update(listed=True)
    member.display_name = NAME
    member.save()
    page = member.get_absolute_url()
    assert client_of(stranger).get(page).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        erasing.ask(member, words_too=True)
        erasing.ask(member, words_too=False)
    assert Erasure.objects.get().words_too is True
    assert client_of(stranger).get(page).status_code == 404
    assert member.display_name not in client_of(stranger).get("/en/people/").content.decode()
    assert not SearchEntry.objects.filter(kind="person", object_id=member.pk).exists()
    assert member not in list(User.objects.waiting())
    staffdesk.approve(member, by=staff)
    member.refresh_from_db()
    assert not member.is_approved
    (message,) = mail.outbox
    assert message.to == [member.email] and "/fr/account/erasure/" in message.body
    assert member.display_name not in message.body
    # Its holder still gets in, and finds the way back.
    own = client_of(member)
    assert "/fr/account/erasure/withdrawal/" in own.get("/fr/account/erasure/").content.decode()
    assert own.get("/fr/spaces/closed-space/").status_code == 403


def test_sleeping_person_has_their_account_pages_alone(cast, closed_space, client_of):
    """Whatever else they were: staff, editor, superuser, the facilitator whom a public page names."""
    closed_space.memberships.filter(user=cast["facilitator"]).update(shown_publicly=True)
    names = ("staff", "editor", "root", "facilitator")
    for name in names:
        erasing.ask(cast[name], words_too=False)
    assert [client_of(cast[name]).get("/en/account/profile/").status_code for name in names] == [200] * 4
    assert [client_of(cast[name]).get("/en/staff/").status_code for name in names] == [404] * 4
    assert [client_of(cast[name]).get("/cms/").status_code for name in names] == [403] * 4
    assert named_facilitators(closed_space) == []
    listed = client_of(cast["moderator"]).get("/en/spaces/closed-space/members/").content.decode()
    assert "Facilitator</bdi>" not in listed and "Observer</bdi>" in listed


def test_called_off_everything_is_as_before(
    facilitator, moderator, closed_space, django_capture_on_commit_callbacks
):
    Membership.objects.filter(space=closed_space, user=moderator).delete()
    with django_capture_on_commit_callbacks(execute=True):
        erasing.ask(facilitator, words_too=False)
        closed_space.refresh_from_db()
        assert closed_space.frozen_at
        assert erasing.call_off(facilitator)
        assert not erasing.call_off(facilitator)
    closed_space.refresh_from_db()
    facilitator.refresh_from_db()
    assert not closed_space.frozen_at and facilitator.is_approved and not Erasure.objects.exists()
    with time_machine.travel(timezone.now() + LATER):
        assert erasing.tick() == "erasures: 0 carried out, 0 mails sent"


def test_last_facilitator_who_is_erased_is_followed_by_the_moderator(
    facilitator, moderator, spaces, django_capture_on_commit_callbacks
):
    erasing.ask(facilitator, words_too=False)
    carry_on(django_capture_on_commit_callbacks)
    for space in spaces.values():
        assert Membership.objects.get(space=space, user=moderator).role == Role.FACILITATOR
        space.refresh_from_db()
        assert not space.frozen_at


def carry_on(on_commit):
    with time_machine.travel(timezone.now() + LATER), on_commit(execute=True):
        return erasing.tick()


def test_tick_reminds_the_day_before_erases_on_the_day_and_says_so(
    member, django_capture_on_commit_callbacks
):
    address = member.email
    with django_capture_on_commit_callbacks(execute=True):
        erasing.ask(member, words_too=False)
    assert erasing.tick() == "erasures: 0 carried out, 0 mails sent"
    with time_machine.travel(timezone.now() + timedelta(days=6, minutes=1)):
        assert erasing.tick() == "erasures: 0 carried out, 1 mails sent"
        assert erasing.tick() == "erasures: 0 carried out, 0 mails sent"
    with time_machine.travel(timezone.now() + LATER), django_capture_on_commit_callbacks(execute=True):
        call_command("tick", verbosity=0)
        assert erasing.tick() == "erasures: 0 carried out, 0 mails sent"
    assert [message.to for message in mail.outbox] == [[address]] * 3
    assert "Votre compte est effacé" in mail.outbox[-1].body and "http" not in mail.outbox[-1].body
    assert User.objects.get(pk=member.pk).is_emptied and not Erasure.objects.exists()
    assert Record.objects.filter(verb="account_erased", person=member).exists()


def test_one_that_fails_stops_nobody_else_and_comes_next_time(
    member, observer, monkeypatch, django_capture_on_commit_callbacks
):
    for person in (member, observer):
        erasing.ask(person, words_too=False)

    def fails_for_one(user, **kwargs):
        if user == member:
            Membership.objects.filter(user=user).delete()
            raise ValueError
        emptying.empty(user, **kwargs)

    with monkeypatch.context() as broken:
        broken.setattr(erasing, "empty", fails_for_one)
        assert carry_on(django_capture_on_commit_callbacks).startswith("erasures: 1 carried out")
    # Nothing of it was half done.
    assert Membership.objects.filter(user=member).exists()
    assert carry_on(django_capture_on_commit_callbacks).startswith("erasures: 1 carried out")
    assert User.objects.filter(email=None).count() == 2


def test_suspended_account_is_erased_and_nobody_brings_it_back(
    member, staff, django_capture_on_commit_callbacks
):
    erasing.ask(member, words_too=False)
    staffdesk.suspend(member, by=staff, reason="a reason")
    carry_on(django_capture_on_commit_callbacks)
    gone = User.objects.get(pk=member.pk)
    staffdesk.reinstate(gone, by=staff)
    staffdesk.approve(gone, by=staff)
    gone.refresh_from_db()
    assert (gone.email, gone.is_active, gone.is_approved) == (None, False, False)


def test_erased_twice_and_during_an_export(member, django_capture_on_commit_callbacks):
    exporting.ask(member)
    Export.objects.update(state="making")
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            User.objects.get(pk=member.pk).empty()
    assert not Export.objects.exists() and Profile.objects.filter(user=member).count() == 1


def test_open_session_of_an_erased_person_is_a_visitors(
    member, client_of, django_capture_on_commit_callbacks
):
    client = client_of(member)
    assert client.get("/fr/account/profile/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        member.empty()
    assert client.get("/fr/account/profile/").status_code == 404
