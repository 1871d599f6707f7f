"""The feed of a space holds its news. What was meant for one person, or for facilitators, stays with them."""

import pytest
from django.urls import reverse

from communities.activity import kinds, kinds_of_news, record
from communities.models import Activity

NEWS = {
    "topic_posted",
    "reply_posted",
    "announcement_posted",
    "announcement_added",
    "event_announced",
    "space_frozen",
    "library_added",
    "shared_added",
}


def test_news_is_said_to_be_news():
    assert set(kinds_of_news()) == NEWS


@pytest.mark.parametrize("address", ["space", "feed"])
def test_feed_shows_news_and_nothing_that_was_meant_for_somebody(
    address, closed_space, member, stranger, client_of
):
    Activity.objects.all().delete()
    made = {name: record(name, actor=stranger, space=closed_space) for name in kinds}
    shown = Activity.objects.visible_to(member).filter(pk__in=[one.pk for one in made.values()])
    assert set(shown.values_list("kind", flat=True)) == NEWS
    url = reverse("communities:feed") if address == "feed" else closed_space.get_absolute_url()
    answer = client_of(member).get(url)
    rows = answer.context["page"].rows
    assert {row.kind for row in rows} == NEWS
    assert not Activity.objects.visible_to(stranger).exists()
