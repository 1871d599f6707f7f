"""Every free text of every private noun says something hostile: no page, mail or copy carries more than its words."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test import Client

from communities import markup
from communities.models import Record
from communities.tricks import without_tricks
from forum.forum_conversation.models import Post, Topic
from tests.canaries import addresses, plant
from tests.hostile import HOSTILE, findings

ROOMS = {"communities", "forum", "space_forum", "forum_conversation", "profiles", "events"}
# What the site itself makes or checks letter by letter: addresses, codes, tokens, choices.
NOT_TYPED = (models.EmailField, models.SlugField, models.URLField, models.UUIDField, models.FileField)


def typed(field):
    """A column that holds words of a person, as `tests.canaries.plant` fills it."""
    is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, NOT_TYPED)
    return is_text and not field.choices and not field.unique and not field.name.startswith("_")


def say_hostile_things(round_, planted):
    """As it comes through the door. Long columns take half of the texts at once, short ones the next in turn.

    Returns how many were filled.
    """
    filled, turn = 0, round_ * 97
    for model in (model for model in apps.get_models() if model._meta.app_label in ROOMS):
        for field in filter(typed, model._meta.concrete_fields):
            if model is Record:
                continue
            for row in model._base_manager.filter(**{f"{field.name}__startswith": "zq"}):
                turn += 1
                text = f"canary {HOSTILE[turn % len(HOSTILE)]}"[: field.max_length or 20_000]
                if not field.max_length:
                    text = "\n\n".join(["canary", *HOSTILE[round_::2]])
                model._base_manager.filter(pk=row.pk).update(**{field.name: without_tricks(text)})
                filled += 1
    for post in Post.objects.all():
        Post.objects.filter(pk=post.pk).update(_content_rendered=markup.render(post.content.raw))
    return filled


@pytest.fixture
def planted(cast, spaces):
    chosen = {name: spaces[name] for name in ("closed", "public")}
    return plant(chosen, cast)


@pytest.mark.parametrize("round_", [0, 1])
def test_no_page_carries_more_than_the_words_of_a_hostile_text(round_, cast, planted, client_of, db):
    assert say_hostile_things(round_, planted) > 40
    call_command("rebuild_search")
    told = {url for url in addresses(planted) if "?q=" not in url} | {"/en/search/?q=canary"}
    wrong = {}
    readers = [client_of(cast["facilitator"]), (client_of(cast["staff"]), Client())[round_]]
    for number, client in enumerate(readers):
        for url in sorted(told):
            answer = client.get(url)
            assert answer.status_code < 500, url
            if answer["Content-Type"].startswith("text/html") and not answer.streaming:
                wrong[f"{url} {number}"] = findings(answer.content.decode())
    assert {url: found for url, found in wrong.items() if found} == {}


def test_what_turns_a_line_is_taken_out_at_the_door_of_every_form(cast, spaces, client_of):
    client = client_of(cast["facilitator"])
    new = {
        "kind": "discussion",
        "language": "en",
        "content": "see \u202egnp.exe",
        "subject": "A\u2067B\u2069 topic",
    }
    address = f"/en/spaces/{spaces['closed'].slug}/forum/new/"
    form = client.get(address).context["form"]
    answer = client.post(address, {**new, "key": form.initial["key"]})
    assert answer.status_code == 302
    topic = Topic.objects.get(subject="AB topic")
    assert topic.first_post.content.raw == "see gnp.exe"


def test_an_upload_that_is_cut_half_way_is_no_error_of_ours(cast, spaces, client_of):
    """The door reads every form: what cannot be read is refused as before."""
    client = client_of(cast["member"])
    cut = b'--x\r\nContent-Disposition: form-data; name="content"\r\n\r\nwor'
    answer = client.post(
        f"/en/spaces/{spaces['closed'].slug}/forum/new/",
        data=cut,
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code in {200, 400, 403}
