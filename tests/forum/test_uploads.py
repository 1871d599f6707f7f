"""Files on their way into a post: kept once sent, their sender's alone, moved when it is published, gone if never."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities import joining
from communities.models import Membership
from files.models import StoredFile
from forum import uploads
from forum.forum_conversation.models import Post
from forum.posting import reply
from forum.written import Draft, Upload
from tests.files import samples
from tests.files.pictures import upload
from tests.forum.test_drafts import draft_url
from tests.forum.test_posting import statements
from tests.forum.test_views import words
from tests.world import PEOPLE


@pytest.fixture
def topic(closed_space, topic_in):
    return topic_in(closed_space)


def tokens(answer):
    return [token for token, _label in answer.context["form"].fields["kept"].choices]


@pytest.mark.parametrize("why", ["preview", "wrong", "draft"])
def test_file_is_kept_whatever_the_form_was_sent_for(client_of, member, topic, why):
    client, form = client_of(member), words(member, content="" if why == "wrong" else "Words")
    to = draft_url(topic) if why == "draft" else topic.get_absolute_url()
    more = {"preview": "1"} if why == "preview" else {}
    answer = client.post(to, {**form, **more, "files": [upload(name="photo.jpg")]})
    if why == "draft":
        answer = client.get(topic.get_absolute_url())
    assert answer.status_code == 200 and "photo.jpg" in answer.text
    (token,) = tokens(answer)
    assert answer.context["form"]["kept"].value() == [token]
    form = words(member, content="Words", kept=[token], key=answer.context["form"]["key"].value())
    assert client.post(topic.get_absolute_url(), form).status_code == 302
    post = Post.objects.latest("pk")
    assert post.files.get().stored.token == token
    assert not Upload.objects.exists() and StoredFile.objects.count() == 1


def test_file_on_its_way_is_read_by_its_sender_alone(cast, client_of, member, closed_space, topic):
    (held,) = uploads.hold(member, closed_space, topic, [clean()])
    for name in PEOPLE:
        status = client_of(cast[name]).get(held.stored.url).status_code
        assert status == (200 if name == "member" else 404), name


def clean(name="photo.jpg"):
    from files.cleaning import cleaned

    return cleaned(upload(name=name))


def test_file_of_somebody_else_or_of_another_topic_is_unknown(
    client_of, member, moderator, closed_space, topic_in
):
    topic, other = topic_in(closed_space), topic_in(closed_space)
    (theirs,) = uploads.hold(moderator, closed_space, topic, [clean()])
    (elsewhere,) = uploads.hold(member, closed_space, other, [clean()])
    for held in (theirs, elsewhere):
        form = words(member, kept=[held.stored.token])
        answer = client_of(member).post(topic.get_absolute_url(), form)
        assert answer.status_code == 200 and "A few words" in answer.text
        reply(topic, member, "By hand", kept=[held.stored.token])
    assert Post.objects.filter(files__isnull=False).count() == 0
    assert Upload.objects.count() == 2


def test_unticked_file_goes_with_its_bytes(client_of, member, closed_space, topic):
    keep, leave = uploads.hold(member, closed_space, topic, [clean("a.jpg"), clean("b.jpg")])
    form = words(member, kept=[keep.stored.token])
    client_of(member).post(draft_url(topic), form)
    assert [held.stored.name for held in Upload.objects.all()] == ["a.jpg"]
    assert not StoredFile.objects.filter(pk=leave.stored_id).exists()


def test_files_alone_are_a_draft_and_four_are_the_most(client_of, member, topic):
    client = client_of(member)
    client.post(draft_url(topic), words(member, content="", files=[upload() for _ in range(3)]))
    assert Draft.objects.exists()
    kept = [held.stored.token for held in Upload.objects.all()]
    answer = client.post(topic.get_absolute_url(), words(member, kept=kept, files=[upload(), upload()]))
    assert answer.status_code == 200 and Post.objects.count() == 1
    assert "4" in str(answer.context["form"].errors["files"])


@pytest.mark.parametrize("days", [13, 15])
def test_abandoned_files_are_discarded(member, closed_space, topic, days):
    uploads.hold(member, closed_space, topic, [clean()])
    Upload.objects.update(at=timezone.now() - timedelta(days=days))
    uploads.tick()
    assert StoredFile.objects.exists() == (days < 14)


def test_leaving_discards_what_was_on_its_way(member, closed_space, topic):
    for place in (topic, None):
        uploads.hold(member, closed_space, place, [clean()])
    joining.leave(Membership.objects.get(space=closed_space, user=member))
    assert not StoredFile.objects.exists()


def test_documents_and_sound_go_with_a_post_and_films_do_not(client_of, member, topic):
    client = client_of(member)
    for kind in ("pdf", "mp3"):
        file = SimpleUploadedFile(f"a.{kind}", getattr(samples, kind)())
        assert client.post(topic.get_absolute_url(), words(member, files=[file])).status_code == 302, kind
    page = client.get(topic.get_absolute_url()).text
    assert page.count("<audio") == 1 and 'preload="none"' in page and page.count('class="file"') >= 2
    film = SimpleUploadedFile("film.mp4", samples.mp4())
    assert client.post(topic.get_absolute_url(), words(member, files=[film])).status_code == 200


def test_reply_with_kept_files_stays_within_its_statements(member, closed_space, topic):
    held = uploads.hold(member, closed_space, topic, [clean(), clean()])
    with CaptureQueriesContext(connection) as context:
        reply(topic, member, "Words", kept=[each.stored.token for each in held])
    assert len(statements(context)) <= 18, "\n".join(statements(context))
