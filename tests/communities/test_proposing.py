"""A member proposes a space, staff decide: once, with a reason, in everybody's language."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.translation import override

from communities import proposing
from communities.models import Record, Space, SpaceProposal
from communities.permissions import may, rights
from communities.roles import Role
from communities.shapes import TEMPLATES
from communities.submissions import new_key
from tests.communities.test_views import queries

WORDS = {
    "name": "Visites de prison",
    "purpose": "Pour celles et ceux qui visitent",
    "audience": "Visiteurs et visiteuses",
    "language": "fr",
    "languages": ["fr", "ar"],
}


def sent(person):
    return {"key": new_key(person, "space proposal"), **WORDS}


@pytest.fixture
def proposal(member):
    return SpaceProposal.objects.create(by=member, **WORDS)


def test_sent_twice_is_one_proposal_and_staff_hear_of_it(
    member, staff, root, client_of, django_capture_on_commit_callbacks
):
    data = sent(member)
    with django_capture_on_commit_callbacks(execute=True):
        answers = [client_of(member).post(reverse("communities:proposal_new"), data) for _sending in range(2)]
    made = SpaceProposal.objects.get()
    assert [answer["Location"] for answer in answers] == [made.get_absolute_url()] * 2
    assert {to for message in mail.outbox for to in message.to} == {staff.email, root.email}
    assert not any(
        "Visites" in message.body or member.display_name in message.body for message in mail.outbox
    )
    desk = client_of(staff).get(reverse("communities:staff_proposals")).content.decode()
    assert '<a href="/en/staff/proposals/' in desk and "Visites de prison" in desk
    listed = client_of(staff).get(reverse("communities:notifications")).content.decode()
    assert reverse("communities:staff_proposal", args=[made.public_id]) in listed


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 81), ("purpose", "x" * 301), ("language", "xx"), ("languages", ["xx"])],
)
def test_wrong_value_keeps_what_was_typed(member, client_of, field, value):
    answer = client_of(member).post(reverse("communities:proposal_new"), {**sent(member), field: value})
    assert answer.status_code == 422
    assert "Visiteurs et visiteuses</textarea>" in answer.content.decode()
    assert not SpaceProposal.objects.exists()


@pytest.mark.parametrize("template", list(TEMPLATES))
def test_accepted_space_is_as_its_template_says_with_first_texts_in_every_language(
    template, member, staff, proposal
):
    space = proposing.accept(proposal, by=staff, template=template, facilitator=member)
    space = Space.objects.with_texts().get(pk=space.pk)
    for name, value in TEMPLATES[template].fields.items():
        assert getattr(space, name) == value
    texts = {text.language: text for text in space.texts.all()}
    assert set(texts) == {"en", "fr", "ar", "nl"}
    for name in TEMPLATES[template].texts:
        assert len({getattr(text, name) for text in texts.values()}) == 4
    assert (texts["fr"].purpose, texts["ar"].purpose, space.language) == (WORDS["purpose"], "", "fr")
    assert rights(member, space).role == Role.FACILITATOR and not space.is_read_only
    assert not may(staff, "read", space) or space.visibility == "network"
    assert space.languages == ["fr", "ar"]


def test_accepting_names_the_facilitator_and_tells_both(
    cast, proposal, client_of, django_capture_on_commit_callbacks
):
    url = reverse("communities:proposal_acceptance", args=[proposal.public_id])
    data = {"template": "community", "email": cast["facilitator"].email}
    client = client_of(cast["staff"])
    with django_capture_on_commit_callbacks(execute=True):
        answers = [client.post(url, data).status_code for _click in range(2)]
    assert answers == [302, 302]
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("accepted", cast["staff"])
    assert Space.objects.filter(slug="visites-de-prison").count() == 1
    assert may(cast["facilitator"], "manage", proposal.space)
    assert not may(cast["member"], "read", proposal.space)
    words = {message.to[0]: message.body for message in mail.outbox}
    assert set(words) == {cast["member"].email, cast["facilitator"].email}
    assert "Votre proposition a été acceptée" in words[cast["member"].email]
    assert "Visites" not in "".join(words.values())
    deeds = Record.objects.filter(actor=cast["staff"]).values_list("verb", flat=True)
    assert set(deeds) == {"founded", "proposal_accepted"}
    own = client_of(cast["member"]).get(proposal.get_absolute_url()).content.decode()
    assert "Accepted" in own


def test_declined_with_a_reason_that_its_proposer_alone_reads(
    cast, proposal, client_of, django_capture_on_commit_callbacks
):
    url = reverse("communities:proposal_rejection", args=[proposal.public_id])
    client = client_of(cast["staff"])
    assert client.post(url, {"reason": " "}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"reason": "There is one already"})
        client.post(url, {"reason": "Another reason"})
    (message,) = mail.outbox
    assert message.to == [cast["member"].email] and "already" not in message.body
    assert (
        "There is one already" in client_of(cast["member"]).get(proposal.get_absolute_url()).content.decode()
    )
    for name in ("stranger", "facilitator", "staff"):
        assert client_of(cast[name]).get(proposal.get_absolute_url()).status_code == 404
    accepted = proposing.accept(proposal, by=cast["staff"], template="community", facilitator=cast["member"])
    assert accepted is None and not Space.objects.filter(slug="visites-de-prison").exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"template": "x", "email": "member@cast.example"},
        {"template": "group", "email": "no@cast.example"},
    ],
)
def test_acceptance_without_template_or_person_is_said(staff, proposal, client_of, data):
    url = reverse("communities:proposal_acceptance", args=[proposal.public_id])
    answer = client_of(staff).post(url, data)
    assert answer.status_code == 422
    proposal.refresh_from_db()
    assert proposal.state == "pending"


def test_no_space_takes_the_address_of_the_form(member, staff, closed_space, facilitator):
    from communities.founding import found
    from communities.presenting import is_free

    assert not is_free("new", closed_space)
    assert found({"en": {"name": "New"}}, by=staff, facilitator=member).slug.startswith("new-")


def test_notice_of_a_decline_is_in_the_readers_language(member, staff, proposal, client_of):
    proposing.decline(proposal, by=staff, reason="r")
    with override("ar"):
        page = client_of(member).get(reverse("communities:notifications")).content.decode()
    assert proposal.public_id in page and "لم يُقبل" in page


@pytest.mark.parametrize("name", ["staff_proposals", "staff_proposal"])
def test_desk_costs_the_same_for_one_proposal_and_thirty(staff, member, proposal, client_of, name):
    args = [proposal.public_id] if name == "staff_proposal" else []
    url, client = reverse(f"communities:{name}", args=args), client_of(staff)
    few = queries(client, url)
    for _number in range(29):
        SpaceProposal.objects.create(by=member, **WORDS)
    assert queries(client, url) == few <= 10
