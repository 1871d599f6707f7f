import pytest
from django.core import mail
from django.utils import timezone

from communities import joining
from communities.activity import record
from communities.models import JoinRequest, Membership, Notification, Record, Space
from communities.permissions import may
from communities.roles import Role
from profiles.models import User


def membership(space, user):
    return Membership.objects.get(space=space, user=user)


def test_joining_twice_is_one_membership_and_keeps_the_role(public_space, stranger, moderator):
    joining.join(public_space, stranger)
    joining.join(public_space, stranger, role=Role.FACILITATOR)
    assert membership(public_space, stranger).role == Role.MEMBER
    joining.join(public_space, moderator)
    assert membership(public_space, moderator).role == Role.MODERATOR


def test_asking_twice_is_one_request_and_one_mail(
    closed_space, stranger, facilitator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        first = joining.ask(closed_space, stranger, "I defend detainees.")
        second = joining.ask(closed_space, stranger, "again")
    assert first == second
    assert JoinRequest.objects.filter(space=closed_space, user=stranger).count() == 1
    assert [message.to for message in mail.outbox] == [[facilitator.email]]


def test_admission_makes_a_member_once_and_tells_them_in_their_language(
    closed_space, facilitator, django_capture_on_commit_callbacks
):
    asker = User.objects.create_user(
        "a@cast.example", None, display_name="A", language="ar", is_approved=True
    )
    request = joining.ask(closed_space, asker, "")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        joining.admit(request, by=facilitator)
        joining.admit(request, by=facilitator)
    assert may(asker, "post", closed_space)
    assert [message.to for message in mail.outbox] == [[asker.email]]
    body = mail.outbox[0].body + str(mail.outbox[0].alternatives[0].content) + mail.outbox[0].subject
    assert '<html lang="ar" dir="rtl">' in body
    assert "/ar/notifications/" in body
    for secret in (
        *closed_space.texts.values_list("name", flat=True),
        facilitator.display_name,
        closed_space.slug,
    ):
        assert secret not in body
    assert Record.objects.filter(verb="admitted", space=closed_space, person=asker).count() == 1


def test_declined_person_is_told_and_stays_outside(
    closed_space, stranger, facilitator, django_capture_on_commit_callbacks
):
    request = joining.ask(closed_space, stranger, "")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        joining.decline(request, by=facilitator, reason="not a lawyer")
    assert [message.to for message in mail.outbox] == [[stranger.email]]
    assert "not a lawyer" not in mail.outbox[0].body
    assert not may(stranger, "read", closed_space)
    # A decision is taken once: a late click on "admit" by somebody else overturns nothing.
    joining.admit(request, by=facilitator)
    assert not may(stranger, "read", closed_space)
    request.refresh_from_db()
    assert request.state == JoinRequest.State.DECLINED


def test_leaving_erases_what_was_kept_for_the_person_there(closed_space, public_space, member, facilitator):
    record("space_frozen", actor=facilitator, space=closed_space, recipients=[member])
    record("space_frozen", actor=facilitator, space=public_space, recipients=[member])
    joining.leave(membership(closed_space, member))
    assert not may(member, "read", closed_space)
    assert set(Notification.objects.filter(recipient=member).values_list("activity__space", flat=True)) == {
        public_space.pk
    }


def test_longest_serving_moderator_takes_over(closed_space, facilitator, moderator, stranger):
    joining.join(closed_space, stranger, role=Role.MODERATOR)
    joining.leave(membership(closed_space, facilitator))
    assert joining.facilitators(closed_space) == [moderator]
    assert not Space.objects.get(pk=closed_space.pk).frozen_at
    assert Record.objects.filter(verb="inherited", person=moderator).exists()


def test_space_without_heir_freezes_and_its_members_are_told(
    closed_space, facilitator, moderator, member, observer, django_capture_on_commit_callbacks
):
    membership(closed_space, moderator).delete()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        joining.leave(membership(closed_space, facilitator))
    frozen = Space.objects.get(pk=closed_space.pk)
    assert frozen.frozen_at
    assert may(member, "read", frozen)
    assert not may(member, "post", frozen)
    assert {message.to[0] for message in mail.outbox} == {member.email, observer.email}


def test_frozen_space_thaws_with_a_facilitator(closed_space, member, staff):
    from communities import staffdesk

    Membership.objects.filter(space=closed_space, role__gte=Role.MODERATOR).delete()
    joining.keep_a_facilitator(closed_space)
    staffdesk.name_facilitator(closed_space, member, by=staff)
    assert may(member, "manage", Space.objects.get(pk=closed_space.pk))


def test_staff_cannot_plant_an_outsider_in_a_space_that_has_members(closed_space, stranger, staff):
    from communities import staffdesk

    with pytest.raises(ValueError, match="has a facilitator"):
        staffdesk.name_facilitator(closed_space, stranger, by=staff)
    Membership.objects.filter(space=closed_space, role__gte=Role.MODERATOR).delete()
    joining.keep_a_facilitator(closed_space)
    with pytest.raises(ValueError, match="in the space already"):
        staffdesk.name_facilitator(closed_space, stranger, by=staff)


def test_suspending_the_facilitators_account_hands_the_space_over(
    closed_space, facilitator, moderator, staff
):
    from communities import staffdesk

    staffdesk.suspend(facilitator, by=staff, reason="lost phone")
    assert joining.facilitators(closed_space) == [moderator]


def test_mail_is_withheld_when_the_right_is_gone_before_it_leaves(closed_space, member, facilitator):
    record("space_frozen", actor=facilitator, space=closed_space, recipients=[member])
    row = Notification.objects.get(recipient=member, activity__space=closed_space)
    Membership.objects.filter(space=closed_space, user=member).update(suspended_at=timezone.now())
    from communities.notifications import send_waiting

    mail.outbox.clear()
    assert send_waiting() == 0
    row.refresh_from_db()
    assert row.outcome == Notification.Outcome.WITHHELD
    assert mail.outbox == []


def test_waiting_mail_is_sent_once_however_often_the_outbox_is_swept(closed_space, member, facilitator):
    from communities.notifications import send_waiting

    record("space_frozen", actor=facilitator, space=closed_space, recipients=[member])
    mail.outbox.clear()
    assert (send_waiting(), send_waiting()) == (1, 0)
    assert len(mail.outbox) == 1


def test_no_mail_leaves_before_the_deed_is_committed(closed_space, member, facilitator):
    mail.outbox.clear()
    record("space_frozen", actor=facilitator, space=closed_space, recipients=[member])
    assert Notification.objects.get(recipient=member).outcome == Notification.Outcome.WAITING
    assert mail.outbox == []


def test_admitting_an_old_request_again_brings_nobody_back(closed_space, stranger, facilitator):
    request = joining.ask(closed_space, stranger, "")
    joining.admit(request, by=facilitator)
    joining.leave(membership(closed_space, stranger))
    joining.admit(request, by=facilitator)
    assert not may(stranger, "read", closed_space)
