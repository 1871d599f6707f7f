"""Settings of a space: what they change at once, what is refused, and two facilitators at the same time."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from communities import founding, settling
from communities.models import Record, Space
from events.models import Event
from files.models import StoredFile, private_storage
from forum.forum_conversation.models import Topic
from forum.posting import open_topic
from search.models import SearchEntry
from tests.canaries import plant_in
from tests.communities.test_views import queries
from tests.files.pictures import upload
from themes.models import Theme


def url_of(space):
    return reverse("communities:settings", args=[space.slug])


def fields_of(space, **changed):
    """What a browser sends of the form as it stands."""
    from communities.space_forms import SettingsForm

    form = SettingsForm(space=space)
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data |= changed
    return {name: value for name, value in data.items() if value is not None and value is not False}


def test_save_unchanged_changes_nothing_but_the_count(facilitator, closed_space, client_of):
    before = Space.objects.filter(pk=closed_space.pk).values().get()
    answer = client_of(facilitator).post(url_of(closed_space), fields_of(closed_space))
    assert answer.status_code == 302
    after = Space.objects.filter(pk=closed_space.pk).values().get()
    assert {key for key in after if after[key] != before[key]} == {"changes"}


def test_everything_can_be_set_and_is_shown(facilitator, member, closed_space, client_of):
    theme = Theme.objects.create(slug="prison")
    data = fields_of(
        closed_space,
        kind="context",
        themes=[theme.pk],
        countries=["TN", "SN"],
        languages=["fr", "ar"],
        language="fr",
        hue=5,
        join_policy="invite",
        shows_members="",
        figures=["since"],
    )
    assert client_of(facilitator).post(url_of(closed_space), data).status_code == 302
    here = Space.objects.get(pk=closed_space.pk)
    assert (here.kind, here.hue, here.language, here.join_policy) == ("context", 5, "fr", "invite")
    assert ([c.code for c in here.countries], here.languages) == (["SN", "TN"], ["fr", "ar"])
    assert (here.shows_members, here.figures, list(here.themes.all())) == (False, ["since"], [theme])
    assert Record.objects.filter(verb="settings_changed", actor=facilitator, space=here).count() == 1
    page = client_of(member).get(reverse("communities:about", args=[here.slug])).content.decode()
    assert "Tunisia" in page and "العربية" in page and "Context" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"visibility": "public"}, "Please confirm"),
        ({"visibility": "hidden"}, "Select a valid choice"),
        ({"join_policy": "open"}, "does not go with that visibility"),
        ({"countries": ["XX"]}, "Select a valid choice"),
        ({"themes": ["999999"]}, "Select a valid choice"),
        ({"hue": "99"}, "Select a valid choice"),
        ({"seen": "x"}, "Enter a whole number"),
    ],
    ids=str,
)
def test_wrong_value_is_said_and_nothing_is_saved(facilitator, closed_space, client_of, change, message):
    answer = client_of(facilitator).post(
        url_of(closed_space), fields_of(closed_space, kind="project", **change)
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert message in page and '<option value="project" selected>' in page
    assert Space.objects.get(pk=closed_space.pk).kind == "community"


def test_second_to_save_is_told_keeps_what_was_typed_and_may_insist(facilitator, closed_space, client_of):
    client = client_of(facilitator)
    mine = fields_of(closed_space, hue=7)
    client.post(url_of(closed_space), fields_of(closed_space, kind="project", hue=3))
    answer = client.post(url_of(closed_space), mine)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody else has saved these settings" in page
    assert '<option value="7" selected>' in page
    # What is different now, in words.
    assert "Kind: <b>Project</b>" in page and "Colour: <b>Pink</b>" in page
    assert Space.objects.get(pk=closed_space.pk).hue == 3
    again = {**mine, "seen": answer.context["form"]["seen"].value()}
    assert client.post(url_of(closed_space), again).status_code == 302
    assert Space.objects.get(pk=closed_space.pk).hue == 7


def test_hidden_meanwhile_is_not_undone_by_an_older_form(facilitator, closed_space, client_of):
    older = fields_of(closed_space)
    founding.hide(closed_space, by=facilitator)
    answer = client_of(facilitator).post(url_of(closed_space), {**older, "wider": "on"})
    assert answer.status_code == 422
    assert Space.objects.get(pk=closed_space.pk).visibility == "hidden"
    with pytest.raises(ValueError, match="hiding"):
        settling.settle(
            Space.objects.get(visibility="public"), by=facilitator, seen=0, themes=[], visibility="hidden"
        )


def test_widening_tells_the_members_in_neutral_words_and_opens_the_public_page(
    cast, hidden_space, client_of, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of(cast["facilitator"]).post(
            url_of(hidden_space),
            fields_of(hidden_space, visibility="closed", join_policy="request", wider="on"),
        )
    assert answer.status_code == 302
    assert hidden_space.landing_pages.filter(place="en").exists()
    assert {to for message in mail.outbox for to in message.to} == {
        cast[name].email for name in ("member", "observer", "moderator")
    }
    words = "".join(message.body for message in mail.outbox)
    assert "par davantage de personnes" in words and hidden_space.name not in words


# Rooms switched off -----------------------------------------------------------------------------------------------


def test_room_switched_off_is_nowhere_and_comes_back_with_all_it_held(
    cast, closed_space, client_of, django_capture_on_commit_callbacks
):
    planted = {}
    plant_in(closed_space, cast, planted)
    topic = Topic.objects.of(closed_space).earliest("pk")
    event = Event.objects.get(space=closed_space)
    inside = [
        reverse("forum:topics", args=[closed_space.slug]),
        topic.get_absolute_url(),
        reverse("events:space_events", args=[closed_space.slug]),
        reverse("events:event", args=[event.slug]),
    ]
    client, runs = client_of(cast["member"]), client_of(cast["facilitator"])
    entries = SearchEntry.objects.filter(kind__in=["topic", "post", "event"]).count()
    assert [client.get(url).status_code for url in inside] == [200] * 4
    off = fields_of(closed_space, has_forum="", has_events="")
    assert runs.post(url_of(closed_space), off).status_code == 302
    assert [client.get(url).status_code for url in inside] == [404] * 4
    told = [runs.get(url) for url in inside[:3]]
    assert [answer.status_code for answer in told] == [403] * 3
    assert all("switched off" in answer.content.decode() for answer in told)
    words = [
        word for word in planted if any(part in word for part in ("subject", "opening", "reply", "event"))
    ]
    for url in (
        "/en/feed/",
        f"/en/spaces/{closed_space.slug}/",
        "/en/events/",
        "/en/search/?q=zqsubjectclosedxv",
    ):
        page = client.get(url).content.decode().replace('value="zqsubjectclosedxv"', "")
        assert not [word for word in words if f">{word}" in page], url
        assert f"/spaces/{closed_space.slug}/forum/" not in page, url
    assert SearchEntry.objects.filter(kind__in=["topic", "post", "event"]).count() == 0
    now = Space.objects.get(pk=closed_space.pk)
    on = fields_of(now, has_forum="on", has_events="on")
    assert runs.post(url_of(closed_space), on).status_code == 302
    assert [client.get(url).status_code for url in inside] == [200] * 4
    assert SearchEntry.objects.filter(kind__in=["topic", "post", "event"]).count() == entries


def test_room_switched_off_answers_a_stranger_as_before(cast, closed_space, client_of):
    """Who may not read learns nothing of which rooms there are."""
    url = reverse("forum:topics", args=[closed_space.slug])
    before = client_of(cast["stranger"]).get(url)
    Space.objects.filter(pk=closed_space.pk).update(has_forum=False)
    after = client_of(cast["stranger"]).get(url)
    assert (before.status_code, after.status_code) == (403, 403)


def test_settings_cost_the_same_for_one_theme_and_thirty(facilitator, closed_space, client_of):
    client = client_of(facilitator)
    Theme.objects.create(slug="t")
    few = queries(client, url_of(closed_space))
    for number in range(30):
        theme = Theme.objects.create(slug=f"t{number}")
        closed_space.themes.add(theme)
    assert queries(client, url_of(closed_space)) == few <= 10


# The cover --------------------------------------------------------------------------------------------------------


def test_cover_is_cleaned_cut_and_read_by_whoever_reads_the_space(cast, closed_space, client_of):
    client = client_of(cast["facilitator"])
    picture = upload("JPEG", "holiday.jpg", size=(1600, 900))
    assert client.post(url_of(closed_space), fields_of(closed_space, cover=picture)).status_code == 302
    here = Space.objects.select_related("cover").get(pk=closed_space.pk)
    assert (here.cover.name, here.cover.width, here.cover.height) == ("cover.webp", 960, 240)
    with private_storage().open(here.cover.content.name) as kept:
        assert b"TelephoneMaker" not in kept.read()
    seen = {
        name: client_of(cast[name]).get(here.cover.url).status_code
        for name in ("member", "stranger", "staff")
    }
    assert seen == {"member": 200, "stranger": 404, "staff": 404}
    assert here.cover.url in client_of(cast["member"]).get(here.get_absolute_url()).content.decode()
    first = here.cover
    data = fields_of(here, without_cover="on")
    assert client.post(url_of(here), data).status_code == 302
    assert not StoredFile.objects.filter(pk=first.pk).exists()


def test_picture_that_is_none_is_refused_with_words(facilitator, closed_space, client_of):
    broken = SimpleUploadedFile("x.jpg", b"GIF89a no picture", "image/jpeg")
    answer = client_of(facilitator).post(url_of(closed_space), fields_of(closed_space, cover=broken))
    assert answer.status_code == 422
    assert not StoredFile.objects.exists()


def test_topic_in_a_room_switched_off_is_not_found_by_a_rebuild(cast, closed_space):
    from forum import entries

    open_topic(closed_space, cast["member"], "Registers", "text", "en")
    Space.objects.filter(pk=closed_space.pk).update(has_forum=False)
    assert list(entries.all_topics()) == []
