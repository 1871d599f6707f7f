import pytest
from django.core import mail
from django.urls import reverse

from communities.models import Record, Space
from communities.permissions import may
from communities.submissions import new_key


def test_approval_lets_a_newcomer_in_and_tells_them(
    staff, newcomer, network_space, client_of, django_capture_on_commit_callbacks
):
    assert not may(newcomer, "read", network_space)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of(staff).post(reverse("communities:staff_approval", args=[newcomer.public_id]))
    assert answer.status_code == 302
    newcomer.refresh_from_db()
    assert may(newcomer, "read", network_space)
    assert [(message.to, message.subject[:5]) for message in mail.outbox][0][0] == [newcomer.email]
    assert Record.objects.filter(verb="account_approved", actor=staff, person=newcomer).count() == 1


def test_suspension_takes_effect_with_the_next_request_of_an_open_session(
    staff, member, closed_space, client_of
):
    open_session = client_of(member)
    url = reverse("communities:space", args=[closed_space.slug])
    assert open_session.get(url).status_code == 200
    client_of(staff).post(
        reverse("communities:staff_suspension", args=[member.public_id]), {"reason": "phone was taken"}
    )
    assert open_session.get(url).status_code == 403
    assert open_session.get(reverse("communities:feed")).status_code == 404


def test_suspension_needs_a_reason_and_keeps_the_page(staff, member, client_of):
    answer = client_of(staff).post(
        reverse("communities:staff_suspension", args=[member.public_id]), {"reason": " "}
    )
    assert answer.status_code == 422
    member.refresh_from_db()
    assert member.is_active


def test_nobody_suspends_themselves(staff, client_of):
    answer = client_of(staff).post(
        reverse("communities:staff_suspension", args=[staff.public_id]), {"reason": "tired"}
    )
    assert answer.status_code == 404
    staff.refresh_from_db()
    assert staff.is_active


def test_staff_found_a_space_once_and_stay_outside_it(staff, stranger, client_of):
    data = {
        "key": new_key(staff, "space"),
        "name": "Prison visits",
        "purpose": "Those who visit",
        "language": "en",
        "visibility": "closed",
        "join_policy": "request",
        "email": stranger.email,
    }
    for _sending in range(2):
        answer = client_of(staff).post(reverse("communities:staff_space_new"), data)
        assert answer.status_code == 302
    assert Space.objects.filter(slug__startswith="prison-visits").count() == 1
    space = Space.objects.get(slug="prison-visits")
    assert may(stranger, "manage", space)
    assert not may(staff, "read", space)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("visibility", "secret", "Select a valid choice"),
        ("join_policy", "open", "does not go with that visibility"),
        ("email", "nobody@cast.example", "No approved account has this address"),
        ("name", "x" * 81, "at most 80 characters"),
    ],
)
def test_wrong_value_keeps_what_was_typed(staff, stranger, client_of, field, value, message):
    data = {
        "key": new_key(staff, "space"),
        "name": "Prison visits",
        "purpose": "Those who visit",
        "language": "en",
        "visibility": "closed",
        "join_policy": "request",
        "email": stranger.email,
        field: value,
    }
    page = client_of(staff).post(reverse("communities:staff_space_new"), data).content.decode()
    assert message in page
    assert "Those who visit" in page
    assert not Space.objects.filter(slug="prison-visits").exists()


def test_desk_shows_a_hidden_space_by_name_counts_and_facilitators_without_a_way_in(
    staff, hidden_space, facilitator, client_of
):
    page = client_of(staff).get(reverse("communities:staff_spaces")).content.decode()
    assert hidden_space.name in page
    assert facilitator.display_name in page
    assert hidden_space.slug not in page
