import pytest
from django.urls import reverse

from communities import staffdesk
from communities.models import Membership
from profiles.describing import describe
from profiles.models import User
from search.models import SearchEntry


def test_create_user_writes_address_in_small_letters_and_a_profile(db):
    user = User.objects.create_user("Noor@Example.ORG", "a-long-password", display_name="Noor")
    assert user.email == "noor@example.org"
    assert user.profile.listed is False
    assert len(user.public_id) == 16


def test_emptied_person_reads_as_former_member_in_the_readers_language(member):
    from django.utils.translation import override

    member.empty()
    again = User.objects.get(pk=member.pk)
    with override("en"):
        assert str(again.display_name) == "Former member"
    assert list(User.objects.filter(pk=member.pk).values_list("email", "is_active")) == [(None, False)]
    # Stored as nothing in any language, also after another save.
    again.save()
    assert User.objects.filter(pk=member.pk, display_name="").exists()


def test_emptied_person_is_in_no_space_and_not_found(member):
    member.profile.listed = True
    member.profile.save()
    describe(member, {"headline": "Avocate"})
    assert SearchEntry.objects.filter(kind="person", object_id=member.pk).exists()
    member.empty()
    assert not Membership.objects.filter(user=member).exists()
    assert not SearchEntry.objects.filter(kind="person", object_id=member.pk).exists()
    assert not User.objects.get(pk=member.pk).has_usable_password()


@pytest.mark.parametrize("field", ["is_active", "is_approved"])
def test_search_forgets_a_listed_person_when_the_staff_desk_says_so(member, field):
    member.profile.listed = True
    member.profile.save()
    member.save()
    setattr(member, field, False)
    member.save(update_fields=[field])
    assert not SearchEntry.objects.filter(kind="person", object_id=member.pk).exists()


def test_ending_the_sessions_of_a_person_ends_each_of_them(member, client_of):
    client = client_of(member)
    assert client.get(reverse("profiles:edit")).status_code == 200
    member.end_sessions()
    assert client.get(reverse("profiles:edit")).status_code == 404


def test_session_of_before_a_suspension_does_not_come_back_with_the_account(member, staff, client_of):
    client = client_of(member)
    staffdesk.suspend(member, by=staff, reason="x")
    assert client.get(reverse("profiles:edit")).status_code == 404
    staffdesk.reinstate(member, by=staff)
    assert client.get(reverse("profiles:edit")).status_code == 404
    assert client_of(User.objects.get(pk=member.pk)).get(reverse("profiles:edit")).status_code == 200
