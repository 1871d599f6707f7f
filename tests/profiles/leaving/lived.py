"""A person who has been everywhere: something of theirs in every table that leads to one.

NAME stands in whatever says who they are, SAID in whatever they wrote. A new table that says something of a
person gets its row here.
"""

from datetime import timedelta

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.images import get_image_model
from wagtail.models import APIToken, Comment, CommentReply, ModelLogEntry, PageSubscription, UploadedFile
from wagtail.users.models import UserProfile

from communities import grants, joining, submissions
from communities.library import adding, binning, changing
from communities.models import (
    Arrival,
    LibraryOffer,
    LibraryShare,
    Membership,
    Notification,
    Record,
    Space,
    SpaceExport,
    SpaceProposal,
)
from communities.models import Invitation as SpaceInvitation
from communities.roles import Role
from files.cleaning import cleaned
from files.purposes import LIBRARY
from forum import approving, bin, drafts, following, moderation, polling, uploads
from forum.kinds import TopicKind
from forum.marks import move
from forum.models import Reaction, Saved
from forum.posting import edit, open_topic, reply
from news.comments import moderation as comment_moderation
from news.comments import posting, subscriptions
from news.comments.models import Follower, Guest
from pages import proposals
from profiles import photos
from profiles.describing import speak
from profiles.entrance.models import Charter, Invitation
from profiles.joining import enrol
from profiles.leaving import exporting
from profiles.models import Block, ContactRequest, ContactWay, Follow, Organisation, Pin, Section
from profiles.sessions.models import SealedForm
from tests.files.pictures import picture, upload

NAME, SAID = "zqnamedxv", "zqspokenxv"
EMAIL = f"{NAME}@people.example"


def somebody():
    person = enrol(
        EMAIL,
        f"{NAME}-a-password",
        f"Person {NAME}",
        language="ar",
        approved=True,
        time_zone="Africa/Tunis",
        profile={"headline": NAME, "about": f"About {NAME}", "listed": True, "country": "TN"},
    )
    for slot in photos.KINDS:
        photos.put_up(person.profile, photos.shaped(upload(name=f"{NAME}.jpg"), slot), slot)
    person.profile.save()
    person.groups.add(Group.objects.get(name="Editors"))
    person.user_permissions.add(Permission.objects.first())
    person.save()
    return person


def account_of(person):
    second = EmailAddress.objects.create(user=person, email=f"{NAME}@second.example")
    EmailConfirmation.objects.create(email_address=second, sent=timezone.now(), key=NAME)
    Authenticator.objects.create(user=person, type="totp", data={"secret": NAME})
    store = SessionStore()
    store["_auth_user_id"] = str(person.pk)
    store.save()
    UserSession.objects.create(
        user=person,
        ip="203.0.113.7",
        user_agent=NAME,
        session_key=store.session_key,
        last_seen_at=timezone.now(),
    )
    forgotten = SessionStore()
    forgotten["_auth_user_id"] = str(person.pk)
    forgotten.save()
    return [store.session_key, forgotten.session_key]


def profile_of(person, others):
    profile = person.profile
    ContactWay.objects.create(profile=profile, kind="phone", value=NAME)
    Section.objects.create(profile=profile, kind="text", title=NAME, text=NAME, url=f"https://{NAME}.example")
    Pin.objects.create(profile=profile, kind="topic", object_id=1)
    speak(profile, ["ar", "fr"])
    Organisation.objects.create(name="An organisation", name_folded="an organisation", proposed_by=person)
    member = others["member"]
    for one, other in ((person, member), (member, person)):
        Follow.objects.create(user=one, person=other)
        Block.objects.create(user=one, person=other)
        ContactRequest.objects.create(sender=one, recipient=other, text=f"I am {NAME}", answer=NAME)


def library_of(person, space, others):
    """Things of theirs alone, one that another wrote on, and a version of theirs in another's thing."""
    folder = adding.add_folder(
        space, folder=None, key="", by=person, name="A folder that stays", language="fr"
    )
    own = {"folder": folder, "key": "", "by": person, "language": "fr"}
    adding.add_note(space, name=f"{SAID} note", text=f"{SAID} words", **own)
    adding.add_link(space, name=f"{SAID} link", url=f"https://{SAID}.example", description=SAID, **own)
    files = [(cleaned(upload(name=f"{SAID}.jpg"), LIBRARY), "")]
    file = adding.add_files(space, files, folder=folder, language="fr", by=person)[0].item
    shared = adding.add_note(space, name="A note that stays", text=f"{SAID} first", **own)
    changing.rewrite(shared, "Words of another", change="", seen=1, by=others["member"])
    theirs = adding.add_note(
        space, folder=None, key="", by=others["member"], name="Another's", language="fr", text="Their words"
    )
    changing.rewrite(theirs, f"{SAID} in it", change=SAID, seen=1, by=person)
    LibraryOffer.objects.create(version=theirs.versions.first(), asked_by=person)
    LibraryShare.objects.create(
        item=theirs, space=Space.objects.get(visibility="hidden"), seen="hidden", by=person
    )
    binning.throw_away(file, by=person)


def came_in_by(person, others):
    """Invited, and inviting; a form of theirs kept sealed."""
    now = timezone.now()
    Invitation.objects.create(
        email=EMAIL, language="fr", person=person, taken_up_at=now, invited_by=others["staff"]
    )
    Invitation.objects.create(email="other@people.example", language="fr", invited_by=person)
    Charter.objects.create(number=99, published_by=person)
    SealedForm.objects.create(key=NAME, sealed=NAME, user=person, until=now + timedelta(hours=1))


def spaces_of(person, spaces, others):
    closed, network = spaces["closed"], spaces["network"]
    for space in (closed, spaces["public"]):
        membership = joining.join(space, person)
        Membership.objects.filter(pk=membership.pk).update(
            role=Role.FACILITATOR, shown_publicly=True, public_name=NAME
        )
    asked = joining.ask(spaces["network"], person, f"Let me in, {NAME}")
    joining.decline(asked, by=others["facilitator"], reason=f"{NAME} again")
    grants.give(person, "read_space", network, until=timezone.now() + timedelta(days=3), by=person)
    later = timezone.now() + timedelta(days=3)
    library_of(person, closed, others)
    asked_in = SpaceInvitation.objects.create(space=closed, email=EMAIL, language="ar", expires_at=later)
    Arrival.objects.create(invitation=asked_in, user=person)
    SpaceInvitation.objects.create(
        space=closed, email="third@people.example", language="fr", expires_at=later, invited_by=person
    )
    submissions.claim("a-key", by=person, answer=NAME)
    SpaceProposal.objects.create(by=person, name=NAME, purpose=NAME, audience=NAME, language="fr")
    SpaceExport.objects.create(space=network, by=person, language="fr")
    Record.objects.create(verb="removed", actor=others["staff"], person=person, reason=f"{NAME} was rude")
    Record.objects.create(
        verb="declined", actor=person, person=others["former"], reason=f"{SAID} is a reason"
    )
    topic = open_topic(
        closed, person, "A title that stays", f"{SAID} opening", "en", files=[upload(name=f"{NAME}.jpg")]
    )
    reply(topic, others["member"], "An answer that stays")
    theirs = open_topic(closed, others["member"], "Another title", "Another opening", "en")
    mine = reply(theirs, person, f"{SAID} reply")
    hidden = reply(theirs, person, f"{SAID} hidden")
    moderation.hide(hidden, by=others["moderator"], reason=f"{NAME} shouted")
    changed = reply(theirs, person, f"{SAID} before")
    reply(theirs, others["member"], "An answer to what it said")
    edit(changed, person, content=f"{SAID} after")
    taken_back = reply(theirs, person, f"{SAID} taken back", files=[upload(name=f"{NAME}.jpg")])
    bin.remove(taken_back, by=person)
    for place in (theirs, None):
        begun = {"subject": NAME, "content": f"{SAID} begun", "options": f"{SAID} option"}
        drafts.keep(person, closed, place, language="en", more={"closes_at": f"{SAID} at noon"}, **begun)
        uploads.hold(person, closed, place, [clean(f"{NAME}.jpg")])
    moderation.report(mine, by=others["observer"], reason="other", words=f"{NAME} did it")
    answer = reply(theirs, others["member"], "An answer that was hidden")
    moderation.report(answer, by=person, reason="other", words=f"{SAID} post report")
    moderation.hide(answer, by=person, reason=f"{SAID} hid it")
    waiting = {"content": f"{NAME} waits", "language": "en", "files": [upload(name=f"{NAME}.jpg")]}
    waiting["poll"] = polling.Draft([f"{SAID} waiting", "Another"])
    approving.hand_in(closed, person, subject=f"{NAME} waits", kind=TopicKind.DECISION, **waiting)
    following.follow(person, closed, following.Level.EVERYTHING)
    approving.write_to_author(mine, by=others["moderator"], words=f"To {NAME}")
    draft = polling.Draft(["This way", "That way"])
    decided = open_topic(
        closed, others["member"], "A decision", "Words", "en", kind=TopicKind.DECISION, poll=draft
    )
    polling.vote(decided, [str(decided.decision.options.first().pk)], by=person)
    reply(theirs, others["member"], f"Thanks to @Person {NAME}")
    Reaction.objects.create(post=theirs.first_post, person=person, kind="thanks")
    Saved.objects.create(post=theirs.first_post, person=person, note=f"{SAID} note")
    theirs.subscribers.add(person)
    move(person, theirs, post=mine.pk)
    proposals.propose(
        closed,
        by=person,
        text=f"{SAID} proposal",
        language="en",
        files=[clean(f"{NAME}.jpg")],
        key="proposal",
    )
    assert Notification.objects.filter(recipient=person).exists()
    return topic, theirs


def clean(name):
    from files.cleaning import cleaned

    return cleaned(upload(name=name))


def comments_of(person, article, others):
    page = article("fr", "Un article")
    first = posting.post(page, f"{SAID} comment", "fr", by=person)
    posting.post(page, "An answer to it", "fr", by=others["member"], parent=first)
    posting.post(page, f"{SAID} alone", "fr", by=person)
    hidden = posting.post(page, f"{SAID} hidden", "fr", by=person)
    comment_moderation.hide(hidden, by=others["editor"], reason="a reason")
    other = posting.post(page, "Of another", "fr", by=others["member"])
    comment_moderation.report(other, by=person, reason="other", words=f"{SAID} report")
    subscriptions.follow(page.translation_key, person, "all")
    Follower.objects.create(about=page.translation_key, email=EMAIL, language="fr")
    Guest.objects.create(comment=other, email=EMAIL.upper(), language="fr")
    return page


def cms_of(person, page, others):
    here = ContentType.objects.get_for_model(type(page))
    page.refresh_from_db()
    page.locked, page.locked_by, page.owner = True, person, person
    page.save_revision(user=person, log_action=True)
    type(page).objects.filter(pk=page.pk).update(locked=True, locked_by=person, owner=person)
    UserProfile.objects.update_or_create(
        user=person, defaults={"avatar": ContentFile(picture(), name=f"{NAME}.jpg"), "theme": "dark"}
    )
    remark = Comment.objects.create(page=page, user=person, text=f"{SAID} remark", contentpath="title")
    CommentReply.objects.create(comment=remark, user=person, text=f"{SAID} answer")
    PageSubscription.objects.create(user=person, page=page, comment_notifications=True)
    UploadedFile.objects.create(
        for_content_type=here, file=ContentFile(b"x", name=f"{NAME}.txt"), uploaded_by_user=person
    )
    APIToken.objects.create(user=person, name=NAME, key_hash="x", prefix="y")
    EditingSession.objects.create(
        user=person, content_type=here, object_id=str(page.pk), last_seen_at=timezone.now()
    )
    FormState.objects.create(
        user=person,
        content_type=here,
        object_id=str(page.pk),
        data={"title": NAME},
        last_updated_at=timezone.now(),
    )
    ModelLogEntry.objects.log_action(person, "wagtail.edit", user=others["root"])
    image = get_image_model()(title="A public picture", file=ContentFile(picture(), name="p.jpg"))
    image.uploaded_by_user = person
    image.save()


def been_everywhere(cast, spaces, article, on_commit):
    """(person, sessions, topics): committed as it would be outside a test."""
    with on_commit(execute=True):
        person = somebody()
        keys = account_of(person)
        profile_of(person, cast)
        came_in_by(person, cast)
        topics = spaces_of(person, spaces, cast)
        page = comments_of(person, article, cast)
        cms_of(person, page, cast)
    with on_commit(execute=True):
        exporting.ask(person)
    return person, keys, topics
