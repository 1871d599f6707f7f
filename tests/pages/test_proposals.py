"""Facilitators propose, editors publish; nobody else learns of it."""

from io import BytesIO

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.images import get_image_model

from communities.founding import archive, hide
from communities.models import Notification
from communities.submissions import new_key
from files.models import StoredFile
from pages import proposals
from pages.models import LandingProposal
from tests.pages.test_purge import tables_with

WORD = "Zibelinekin"


def upload(name=f"{WORD}.png"):
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


@pytest.fixture
def proposed(closed_space, facilitator, client_of, django_capture_on_commit_callbacks):
    """Sent through the form, with a picture."""
    data = {
        "text": f"{WORD} : nos trois chantiers",
        "language": "fr",
        "files": [upload()],
        "key": new_key(facilitator, "landing proposal"),
    }
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of(facilitator).post(reverse("landing_proposal_new", args=[closed_space.slug]), data)
    assert answer.status_code == 302, answer.context["form"].errors
    return LandingProposal.objects.get()


def test_proposal_sent_twice_is_one(closed_space, facilitator, client_of):
    data = {"text": "Un texte", "language": "fr", "key": new_key(facilitator, "landing proposal")}
    address = reverse("landing_proposal_new", args=[closed_space.slug])
    answers = [client_of(facilitator).post(address, data) for _ in range(2)]
    assert LandingProposal.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]


def test_proposal_without_words_keeps_what_was_chosen(closed_space, facilitator, client_of):
    address = reverse("landing_proposal_new", args=[closed_space.slug])
    data = {"text": "", "language": "ar", "key": new_key(facilitator, "landing proposal")}
    answer = client_of(facilitator).post(address, data)
    assert answer.status_code == 422 and 'value="ar" selected' in answer.content.decode()
    assert not LandingProposal.objects.exists()


def test_file_that_is_no_picture_is_refused_in_words(closed_space, facilitator, client_of):
    address = reverse("landing_proposal_new", args=[closed_space.slug])
    key = new_key(facilitator, "landing proposal")
    wrong = SimpleUploadedFile("x.png", b"<svg onload=alert(1)>", "image/png")
    answer = client_of(facilitator).post(
        address, {"text": "Un texte", "language": "fr", "files": [wrong], "key": key}
    )
    assert answer.status_code == 422 and "Un texte" in answer.content.decode()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    "name", ["visitor", "newcomer", "stranger", "member", "moderator", "former", "staff"]
)
def test_nobody_else_reads_a_proposal_or_its_picture(name, cast, client_of, proposed):
    client = client_of(cast[name])
    stored = proposed.files.get().stored
    assert client.get(stored.url).status_code == 404
    assert client.get(proposed.get_absolute_url()).status_code in (403, 404)
    for address in (reverse("pages_proposals"), reverse("pages_proposal", args=[proposed.public_id])):
        answer = client.get(address)
        assert answer.status_code != 200 and WORD not in answer.content.decode()


def test_translator_sees_no_task(translator_ar, client_of, proposed):
    client = client_of(translator_ar)
    assert client.get(reverse("pages_proposals")).status_code in (302, 403)
    assert WORD not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("pages_proposals") not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(proposed.files.get().stored.url).status_code == 404


def test_editor_finds_the_task_and_reads_it(english_cms, editor, client_of, proposed):
    client = client_of(editor)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "1 proposal for a landing page waits" in home and "Proposals (1)" in home
    assert WORD in client.get(reverse("pages_proposals")).content.decode()
    html = client.get(reverse("pages_proposal", args=[proposed.public_id])).content.decode()
    assert WORD in html and proposed.files.get().stored.url in html
    assert client.get(proposed.files.get().stored.url).status_code == 200
    page = proposed.space.landing_pages.get(place="fr")
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html


def test_editor_uses_a_picture_once(editor, client_of, proposed):
    file = proposed.files.get()
    address = reverse("pages_proposal_picture", args=[proposed.public_id, file.pk])
    for _time in range(2):
        assert client_of(editor).post(address).status_code == 302
    image = get_image_model().objects.get()
    # The name of a picture outlives a space that hides: it says nothing.
    assert WORD.lower() not in f"{image.title} {image.file.name}".lower()
    assert client_of(editor).get(address).status_code == 405


def test_answer_reaches_the_facilitators_in_neutral_words(
    editor, client_of, proposed, facilitator, django_capture_on_commit_callbacks
):
    address = reverse("pages_proposal", args=[proposed.public_id])
    client = client_of(editor)
    assert client.post(address, {"state": "declined", "words": ""}).status_code == 422
    mail.outbox.clear()
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(address, {"state": "declined", "words": "Trop long pour une page."})
    assert Notification.objects.filter(activity__kind="landing_answered", recipient=facilitator).count() == 1
    (sent,) = mail.outbox
    assert sent.to == [facilitator.email]
    assert WORD not in sent.body and proposed.space.name not in sent.body
    html = client_of(facilitator).get(proposed.get_absolute_url()).content.decode()
    assert "Trop long pour une page." in html


def test_answer_unknown_decision_is_refused(editor, client_of, proposed):
    address = reverse("pages_proposal", args=[proposed.public_id])
    for state in ("new", "nonsense", ""):
        assert client_of(editor).post(address, {"state": state}).status_code == 422
    assert client_of(editor).get(reverse("pages_proposal", args=["unknown"]), follow=True).status_code == 404


def test_members_hear_nothing_of_it(proposed, member, client_of):
    client = client_of(member)
    for address in (reverse("communities:feed"), reverse("communities:space", args=[proposed.space.slug])):
        assert "proposed a change" not in client.get(address).content.decode()


def test_hidden_space_takes_proposals_and_pictures_along(
    editor, facilitator, client_of, proposed, django_capture_on_commit_callbacks
):
    file = proposed.files.get()
    proposals.use_picture(file, by=editor)
    stored, address = file.stored, proposed.get_absolute_url()
    where = stored.content.path
    with django_capture_on_commit_callbacks(execute=True):
        hide(proposed.space, by=facilitator)
    assert tables_with(WORD) == set()
    assert not LandingProposal.objects.exists() and not get_image_model().objects.exists()
    assert not stored.content.storage.exists(stored.content.name), where
    assert client_of(editor).get(stored.url).status_code == 404
    assert client_of(facilitator).get(address).status_code == 404
    assert "Proposals (" not in client_of(editor).get(reverse("wagtailadmin_home")).content.decode()


def test_left_behind_row_of_a_hidden_space_shows_nowhere(editor, client_of, proposed):
    """Should a purge ever miss one."""
    type(proposed.space).objects.filter(pk=proposed.space_id).update(
        visibility="hidden", join_policy="invite"
    )
    assert WORD not in client_of(editor).get(reverse("pages_proposals")).content.decode()
    address = reverse("pages_proposal", args=[proposed.public_id])
    assert client_of(editor).get(address, follow=True).status_code == 404
    assert client_of(editor).get(proposed.files.get().stored.url).status_code == 404


def test_archived_space_keeps_what_was_proposed_and_takes_nothing_new(
    editor, facilitator, client_of, proposed
):
    archive(proposed.space, by=facilitator)
    assert WORD in client_of(editor).get(reverse("pages_proposals")).content.decode()
    address = reverse("landing_proposal_new", args=[proposed.space.slug])
    assert client_of(facilitator).get(address).status_code == 403


def test_list_in_the_cms_costs_the_same_with_thirty(editor, client_of, proposed, facilitator):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        client = client_of(editor)
        client.get(reverse("pages_proposals"))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("pages_proposals"))
        return len(seen)

    before = cost()
    LandingProposal.objects.bulk_create(
        LandingProposal(space=proposed.space, by=facilitator, text="T", language="en", editor=editor)
        for _number in range(30)
    )
    assert cost() == before


def test_visitor_is_asked_to_sign_in(proposed):
    assert Client().get(proposed.get_absolute_url()).status_code == 403
