"""Pages of spaces and one's own news: what they show, and that they cost the same for one thing and for thirty."""

import pytest
from django.urls import reverse

from communities import joining
from communities.activity import record
from communities.founding import found
from communities.models import Activity, Membership, Notification
from forum.posting import open_topic, reply


def queries(client, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(url)
    assert answer.status_code == 200
    return len(seen)


def test_ten_answers_in_one_topic_are_one_line_of_the_feed(member, moderator, closed_space, client_of):
    topic = open_topic(closed_space, moderator, "Registers", "Who keeps one?", "en")
    for number in range(10):
        reply(topic, moderator, f"answer {number}", language="en")
    page = client_of(member).get(reverse("communities:feed")).content.decode()
    assert page.count("Registers") == 1
    assert "and 10 more before" in page


@pytest.mark.parametrize("name", ["communities:feed", "communities:notifications", "communities:spaces"])
def test_own_lists_cost_the_same_for_one_and_thirty(
    member, moderator, facilitator, closed_space, client_of, name
):
    def one_more(number):
        space = found({"en": {"name": f"S{number}"}}, by=None, facilitator=facilitator, language="en")
        joining.join(space, member)
        topic = open_topic(space, facilitator, f"T{number}", "text", "en")
        record("topic_posted", actor=facilitator, space=space, target=topic, recipients=[member])

    one_more(0)
    client = client_of(member)
    few = queries(client, reverse(name))
    for number in range(1, 30):
        one_more(number)
    assert queries(client, reverse(name)) == few
    assert few <= 12


def test_a_space_costs_the_same_for_one_activity_and_thirty(member, moderator, closed_space, client_of):
    url = reverse("communities:space", args=[closed_space.slug])
    client = client_of(member)
    open_topic(closed_space, moderator, "T", "text", "en")
    few = queries(client, url)
    for number in range(30):
        open_topic(closed_space, moderator, f"T{number}", "text", "en")
    assert queries(client, url) == few
    assert few <= 13


def test_members_and_requests_cost_the_same_for_one_and_thirty(facilitator, closed_space, client_of):
    from profiles.models import User

    client = client_of(facilitator)
    urls = [reverse(f"communities:{name}", args=[closed_space.slug]) for name in ("members", "requests")]

    def one_more(number):
        fields = {"display_name": f"P{number}", "is_approved": True}
        joining.join(closed_space, User.objects.create_user(f"in{number}@cast.example", None, **fields))
        asker = User.objects.create_user(f"ask{number}@cast.example", None, **fields)
        joining.ask(closed_space, asker, "please")

    one_more(0)
    few = [queries(client, url) for url in urls]
    for number in range(1, 30):
        one_more(number)
    assert [queries(client, url) for url in urls] == few


def test_feed_forgets_a_space_that_was_left(member, moderator, closed_space, client_of):
    open_topic(closed_space, moderator, "Registers", "text", "en")
    client = client_of(member)
    assert "Registers" in client.get(reverse("communities:feed")).content.decode()
    joining.leave(Membership.objects.get(space=closed_space, user=member))
    assert "Registers" not in client.get(reverse("communities:feed")).content.decode()


def test_unknown_and_foreign_keys_of_the_feed_are_the_same_404(
    stranger, member, moderator, closed_space, client_of
):
    open_topic(closed_space, moderator, "Registers", "text", "en")
    foreign = Activity.objects.filter(space=closed_space).latest("pk").public_id
    client = client_of(stranger)
    for key in (foreign, "bcdfghjkmnpqrst2", "x" * 500, "'"):
        assert client.get(reverse("communities:feed"), {"after": key}).status_code == 404
    assert client_of(member).get(reverse("communities:feed"), {"after": foreign}).status_code == 200


def test_feed_goes_on_where_it_stopped(member, moderator, closed_space, client_of):
    for number in range(40):
        open_topic(closed_space, moderator, f"T{number:02}-", "text", "en")
    client = client_of(member)
    first = client.get(reverse("communities:feed"))
    key = first.context["page"].next_key
    second = client.get(reverse("communities:feed"), {"after": key})
    shown = [row.pk for row in first.context["page"].rows + second.context["page"].rows]
    assert len(shown) == len(set(shown)) >= 40


def test_marking_as_read_touches_only_ones_own(member, observer, facilitator, closed_space, client_of):
    record("space_frozen", actor=facilitator, space=closed_space, recipients=[member, observer])
    client_of(member).post(reverse("communities:reading"))
    assert Notification.objects.get(recipient=member).read_at
    assert not Notification.objects.get(recipient=observer).read_at


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", "1e3", "٣", "1" * 40])
def test_a_page_that_is_not_there_is_the_ordinary_404(facilitator, closed_space, client_of, page):
    url = reverse("communities:members", args=[closed_space.slug])
    assert client_of(facilitator).get(url, {"page": page}).status_code == (200 if page == "1" else 404)


def test_whoever_may_not_read_learns_how_to_come_in_and_nothing_else(
    stranger, closed_space, moderator, client_of
):
    open_topic(closed_space, moderator, "Registers", "text", "en")
    answer = client_of(stranger).get(reverse("communities:space", args=[closed_space.slug]))
    page = answer.content.decode()
    assert answer.status_code == 403
    assert reverse("communities:join_request", args=[closed_space.slug]) in page
    assert "Registers" not in page
