"""A file of a space on its way to the public site: nothing of it is in Wagtail before an editor takes a copy."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.documents.models import Document

from communities.library import binning, changing, offering
from communities.models import LibraryOffer, Membership, Record
from communities.permissions import Refused
from news.models import ResourcePage
from tests.communities.library.shelf import clean_file, file_in

CMS = "/cms/offers/"


@pytest.fixture
def file(closed_space, member):
    return file_in(closed_space, member, name="Zqmanual.jpg")


@pytest.fixture
def agreed(file, facilitator, member):
    row = offering.offer(file, by=facilitator)
    assert offering.agree(row, by=member)
    return row


def url(item, name="offer"):
    return reverse(f"library:{name}", args=[item.space.slug, item.public_id])


def listed(client):
    return "Zqmanual" in client.get(CMS).content.decode()


def test_author_is_asked_agrees_and_an_editor_makes_a_draft(
    client_of, cast, file, django_capture_on_commit_callbacks
):
    runs, author, editor = (client_of(cast[name]) for name in ("facilitator", "member", "editor"))
    pages, documents = ResourcePage.objects.count(), Document.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        assert runs.post(url(file)).status_code == 302
        assert runs.post(url(file)).status_code == 302
    (letter,) = mail.outbox
    assert letter.to == [cast["member"].email] and "Zqmanual" not in letter.body
    assert not listed(editor)
    assert "Facilitator" in author.get(url(file, "offer_answer")).content.decode()
    assert author.post(url(file, "offer_answer"), {"answer": "agree"}).status_code == 302
    assert listed(editor)
    page = editor.get(CMS).content.decode()
    assert "Member" not in page and "The closed space" not in page and file.space.slug not in page
    assert (ResourcePage.objects.count(), Document.objects.count()) == (pages, documents)

    row = LibraryOffer.objects.get()
    taken = editor.post(CMS, {"offer": row.public_id})
    draft = ResourcePage.objects.get(title="Zqmanual")
    assert taken.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert (draft.live, draft.file_language, draft.locale.language_code) == (False, "en", "en")
    with file.stored.content.open("rb") as own, draft.document.file.open("rb") as copy:
        assert copy.read() == own.read()
    # The draft's file is the editors' alone; taken once, it is nobody's to take again.
    assert client_of(cast["visitor"]).get(draft.document.url).status_code == 404
    assert not listed(editor)
    assert editor.post(CMS, {"offer": row.public_id}).url == CMS
    assert ResourcePage.objects.filter(title="Zqmanual", alias_of=None).count() == 1
    verbs = list(Record.objects.filter(space=file.space).order_by("pk").values_list("verb", flat=True))
    assert verbs[-2:] == ["library_offered", "library_offer_taken"]


def decline(client_of, cast, row, item):
    client_of(cast["member"]).post(url(item, "offer_withdrawal"))


def withdraw(client_of, cast, row, item):
    client_of(cast["facilitator"]).post(url(item, "offer_withdrawal"))


def rewrite(client_of, cast, row, item):
    changing.renew(item, clean_file("Zqmanual.jpg"), change="", seen=1, key="", by=cast["member"])


def bin_it(client_of, cast, row, item):
    binning.throw_away(item, by=cast["member"])


@pytest.mark.parametrize("deed", [decline, withdraw, rewrite, bin_it])
def test_what_ends_an_offer_leaves_nothing_for_editors(client_of, cast, file, agreed, deed):
    editor = client_of(cast["editor"])
    assert listed(editor)
    deed(client_of, cast, agreed, file)
    assert not listed(editor)
    editor.post(CMS, {"offer": agreed.public_id})
    assert not ResourcePage.objects.filter(title="Zqmanual").exists()
    assert not Document.objects.filter(title="Zqmanual").exists()
    assert LibraryOffer.objects.exists() == (deed in (rewrite, bin_it))


def test_only_who_manages_offers_and_only_the_author_answers(client_of, cast, file, facilitator):
    for name in ("member", "moderator", "stranger"):
        with pytest.raises(Refused):
            offering.offer(file, by=cast[name])
    row = offering.offer(file, by=facilitator)
    for name in ("moderator", "facilitator", "observer"):
        assert client_of(cast[name]).get(url(file, "offer_answer")).status_code == 404
        assert not offering.agree(row, by=cast[name])
    assert client_of(cast["moderator"]).post(url(file, "offer_withdrawal")).status_code == 404
    assert LibraryOffer.objects.get().state == "asked"


def test_one_s_own_is_agreed_by_offering_and_nobody_agrees_for_who_has_left(
    closed_space, facilitator, member, file
):
    own = file_in(closed_space, facilitator, name="Own.jpg")
    assert offering.offer(own, by=facilitator).state == "agreed"
    Membership.objects.filter(space=closed_space, user=member).delete()
    with pytest.raises(offering.NobodyToAsk):
        offering.offer(file, by=facilitator)


@pytest.mark.parametrize("name", ["member", "facilitator", "staff", "translator_ar", "visitor"])
def test_list_is_the_editors_alone(client_of, cast, agreed, name):
    answer = client_of(cast[name]).get(CMS)
    assert answer.status_code in (302, 403, 404) and b"Zqmanual" not in answer.content
    assert client_of(cast[name]).post(CMS, {"offer": agreed.public_id}).status_code in (302, 403, 404)
    assert not ResourcePage.objects.filter(title="Zqmanual").exists()
