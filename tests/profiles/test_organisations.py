"""Proposed by members, approved by staff, without rights of their own."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communities.models import Record
from communities.submissions import new_key
from profiles.audiences import Audience
from profiles.describing import describe
from profiles.models import Block, Follow, Organisation, Profile, User
from profiles.search import folded
from search.models import SearchEntry
from themes.models import Theme, ThemeName


def page(name, *args):
    return reverse(f"profiles:{name}", args=args)


def office(name="Zqoffice", approved=True, **fields):
    return Organisation.objects.create(
        name=name, name_folded=name.lower(), approved_at=timezone.now() if approved else None, **fields
    )


def proposal(by, name="Zqoffice", **more):
    return {
        "name": name,
        "country": "TN",
        "website": "https://zq.example/",
        "key": new_key(by, "organisation"),
        **more,
    }


def test_proposed_then_approved_and_both_are_told(
    stranger, member, staff, client_of, django_capture_on_commit_callbacks
):
    sent = proposal(stranger)
    with django_capture_on_commit_callbacks(execute=True):
        for _again in range(2):
            assert client_of(stranger).post(page("organisation_new"), sent).status_code == 302
    made = Organisation.objects.get()
    assert (made.name, made.country.code, made.proposed_by) == ("Zqoffice", "TN", stranger)
    assert staff.email in [address for letter in mail.outbox for address in letter.to]
    seen = {who: client_of(who).get(made.get_absolute_url()).status_code for who in (stranger, member)}
    assert seen == {stranger: 200, member: 404}
    assert "Zqoffice" not in client_of(member).get(page("organisations")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client_of(staff).post(page("staff_organisation_approval", made.public_id))
    assert "Zqoffice" in client_of(member).get(page("organisations")).content.decode()
    assert [letter.to for letter in mail.outbox][-1] == [stranger.email]
    assert not any("Zqoffice" in str(letter.message()) for letter in mail.outbox)
    assert Record.objects.filter(verb="organisation_approved", actor=staff, person=stranger).count() == 1


@pytest.mark.parametrize("name", ["Maison Zoé", "maison  zoe", "MAISON ZOÉ"])
def test_name_that_is_there_leads_to_it(stranger, client_of, name):
    there = office("Maison Zoé")
    Organisation.objects.update(name_folded=folded("Maison Zoé"))
    answer = client_of(stranger).post(page("organisation_new"), proposal(stranger, name))
    assert answer.url == there.get_absolute_url()
    assert Organisation.objects.count() == 1


def test_name_that_waits_is_not_proposed_twice_and_not_shown(stranger, member, client_of):
    office(approved=False, proposed_by=member)
    answer = client_of(stranger).post(page("organisation_new"), proposal(stranger, "ZQOFFICE"))
    assert answer.url == page("organisations")
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("name", "!!"),
        ("country", "ZZ"),
        ("website", "javascript:alert(1)"),
        ("website", "no address"),
    ],
)
def test_bad_proposal_is_said_and_kept(stranger, client_of, field, value):
    answer = client_of(stranger).post(page("organisation_new"), proposal(stranger, **{field: value}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Organisation.objects.exists()


def test_page_names_its_people_as_far_as_the_reader_may_know(cast, closed_space, client_of):
    here = office(country="TN", website="https://zq.example/")
    for name, audience in {
        "member": Audience.NETWORK,
        "observer": Audience.SPACES,
        "moderator": Audience.ME,
    }.items():
        describe(cast[name], {"organisation": here, "organisation_for": audience, "listed": name != "editor"})
    describe(cast["editor"], {"organisation": here})
    named = {}
    for name in ("stranger", "facilitator", "former"):
        if name == "former":
            Block.objects.create(user=cast["member"], person=cast["former"])
        answer = client_of(cast[name]).get(here.get_absolute_url())
        named[name] = [str(card.profile.user.display_name) for card in answer.context["cards"]]
    assert named == {"stranger": ["Member"], "facilitator": ["Member", "Observer"], "former": []}
    body = answer.content.decode()
    assert 'rel="nofollow noopener noreferrer external"' in body and "Tunisia" in body


def test_declined_goes_and_says_no_word(stranger, staff, client_of, django_capture_on_commit_callbacks):
    waiting = office(approved=False, proposed_by=stranger)
    with django_capture_on_commit_callbacks(execute=True):
        client_of(staff).post(page("staff_organisation_refusal", waiting.public_id), {"reason": "Zqreason"})
    assert not Organisation.objects.exists()
    assert [letter.to for letter in mail.outbox] == [[stranger.email]]
    assert "Zqreason" not in str(mail.outbox[0].message())
    assert "Zqreason" in Record.objects.get(verb="organisation_declined").reason
    # One that is approved is no longer declined.
    there = office("Other")
    client_of(staff).post(page("staff_organisation_refusal", there.public_id))
    assert Organisation.objects.get() == there


def test_renamed_is_found_by_its_new_name(member, staff, client_of):
    here = office()
    describe(member, {"organisation": here, "listed": True})
    client = client_of(staff)
    sent = {"name": "Zqnew", "country": "", "website": ""}
    assert client.post(page("staff_organisation", here.public_id), sent).status_code == 302
    assert "Zqnew" in SearchEntry.objects.get(kind="person", object_id=member.pk).body
    other = office("Other")
    assert (
        client.post(page("staff_organisation", other.public_id), {**sent, "name": "zqnew"}).status_code == 422
    )


def test_two_made_one_take_people_and_followers_along(member, stranger, staff, client_of):
    gone, stays = office("Zqgone"), office("Zqstays")
    describe(member, {"organisation": gone, "listed": True})
    for user, followed in ((stranger, gone), (stranger, stays), (member, gone)):
        Follow.objects.create(user=user, organisation=followed)
    client = client_of(staff)
    address = page("staff_organisation_merging", gone.public_id)
    assert client.post(address, {"into": "nobody"}).status_code == 422
    assert client.post(address, {"into": "Zqgone"}).status_code == 422
    assert client.post(address, {"into": "ZQSTAYS"}).status_code == 302
    assert Organisation.objects.get() == stays
    assert Profile.objects.get(user=member).organisation == stays
    assert set(Follow.objects.values_list("user", "organisation")) == {
        (stranger.pk, stays.pk),
        (member.pk, stays.pk),
    }
    assert "Zqstays" in SearchEntry.objects.get(kind="person", object_id=member.pk).body


def test_lists_cost_the_same_at_one_and_at_thirty(
    furnished, stranger, staff, client_of, django_assert_num_queries
):
    office()
    for person, name, cost in ((stranger, "organisations", 4), (staff, "staff_organisations", 4)):
        client = client_of(person)
        client.get(page(name))
        with django_assert_num_queries(cost):
            client.get(page(name))
    for number in range(29):
        office(f"Zq{number}", approved=number % 2, proposed_by=stranger)
    for person, name, cost in ((stranger, "organisations", 4), (staff, "staff_organisations", 4)):
        client = client_of(person)
        client.get(page(name))
        with django_assert_num_queries(cost):
            client.get(page(name))


def test_page_costs_the_same_with_one_of_its_people_and_with_thirty_and_at_most_ten(
    furnished, cast, facilitator, stranger, client_of
):
    """With everything that a card can show, a block, and a follower."""
    here, theme = office(), Theme.objects.create(slug="custody")
    ThemeName.objects.create(theme=theme, language="fr", name="Garde à vue")
    Follow.objects.create(user=stranger, organisation=here)
    Block.objects.create(user=cast["observer"], person=stranger)
    fields = {
        "organisation": here,
        "listed": True,
        "headline": "x",
        "languages": ["fr"],
        "expertise": [theme],
    }
    clients = [client_of(person) for person in (facilitator, stranger)]

    def queries():
        found = []
        for client in clients:
            with CaptureQueriesContext(connection) as caught:
                answer = client.get(here.get_absolute_url())
            found.append((len(caught), len(answer.context["cards"])))
        return found

    describe(cast["member"], fields)
    queries()
    one = queries()
    for number in range(29):
        describe(
            User.objects.create_user(f"p{number}@people.example", None, display_name="P", is_approved=True),
            fields,
        )
    thirty = queries()
    assert [shown for _cost, shown in one + thirty] == [1, 1, 30, 30]
    assert [cost for cost, _shown in thirty] == [cost for cost, _shown in one] == [10, 10]
