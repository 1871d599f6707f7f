import pytest

from news.comments.models import Comment
from tests.news.comments.conftest import address, new_address, typed
from tests.world import PEOPLE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", PEOPLE)
def test_members_of_the_network_comment_and_nobody_else(name, page, cast, client_of):
    member = name not in ("visitor", "newcomer", "suspended")
    client = client_of(cast[name])
    assert client.get(new_address(page)).status_code == (200 if member else 403)
    client.post(new_address(page), typed(cast[name], name="X", email="x@x.example"))
    assert Comment.objects.count() == member


def test_visitor_is_told_how_and_shown_the_way_to_sign_in_and_back(page, client):
    html = client.get(new_address(page)).content.decode()
    assert f"next=/fr/comments/pages/{page.translation_key}/new/".replace("/", "%2F") in html


def test_form_says_who_reads_it_and_under_which_name(page, member, client_of):
    html = client_of(member).get(new_address(page, "en")).content.decode()
    assert "Everyone on the internet can read this, as <bdi>Member</bdi>" in html


@pytest.mark.parametrize("name", ["visitor", "newcomer"])
@pytest.mark.parametrize("verb", ["report_new", "subscription"])
def test_reporting_and_following_are_for_members_unless_editors_say_otherwise(
    name, verb, say, page, cast, client_of, site_options
):
    found = address(verb, say().public_id if verb == "report_new" else page.translation_key)
    assert client_of(cast[name]).get(found).status_code == 403
    assert client_of(cast[name]).post(found, {"reason": "spam", "scope": "all"}).status_code == 403
    site_options(visitors_may_comment=True)
    assert client_of(cast[name]).get(found).status_code == 200


@pytest.mark.parametrize("name", PEOPLE)
def test_editors_moderate_and_nobody_else(name, cast, say, client_of):
    client, comment = client_of(cast[name]), say()
    allowed = name in ("editor", "root")
    assert (client.get("/cms/comments/").status_code == 200) == allowed
    client.post(f"/cms/comments/{comment.public_id}/decision/", {"decision": "hide"})
    comment.refresh_from_db()
    assert comment.is_shown != allowed
