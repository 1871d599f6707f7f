"""Words, address, figures, names: how a space presents itself, and what follows at once."""

import re

import pytest
from django.test import Client

from communities import freshness, presenting
from communities.founding import hide
from communities.models import OldAddress, Space


def test_write_new_name_is_the_title_in_every_language(closed_space, facilitator):
    presenting.write(closed_space, "fr", by=facilitator, name="Un autre nom", purpose="But")
    presenting.write(closed_space, "en", by=facilitator, name="Another name", purpose="Aim")
    titles = dict(closed_space.landing_pages.values_list("place", "title"))
    # Arabic and Dutch have no words of their own: stand-ins carry those of the space's language.
    assert titles == {"en": "Another name", "fr": "Un autre nom", "ar": "Another name", "nl": "Another name"}


def test_write_in_a_new_language_makes_a_page_of_its_own(closed_space, facilitator):
    presenting.write(closed_space, "ar", by=facilitator, name="اسم", purpose="غاية")
    page = closed_space.landing_pages.get(place="ar")
    assert (page.title, page.alias_of_id) == ("اسم", None)


def test_write_a_draft_of_before_does_not_bring_the_old_name_back(closed_space, facilitator, editor):
    page = closed_space.landing_pages.get(place="en")
    draft = page.save_revision(user=editor)
    presenting.write(closed_space, "en", by=facilitator, name="Another name", purpose="Aim")
    presenting.readdress(closed_space, "another", by=facilitator)
    draft.refresh_from_db()
    draft.publish(user=editor)
    page.refresh_from_db()
    assert (page.title, page.slug) == ("Another name", "another")


def test_readdress_old_address_leads_on_in_every_language(closed_space, facilitator, client_of):
    old = closed_space.slug
    presenting.readdress(closed_space, "new-place", by=facilitator)
    assert set(closed_space.landing_pages.values_list("slug", flat=True)) == {"new-place"}
    for code in ("en", "fr", "ar", "nl"):
        answer = Client().get(f"/{code}/communities/{old}/")
        assert (answer.status_code, answer["Location"]) == (302, f"/{code}/communities/new-place/")
        assert Client().get(answer["Location"]).status_code == 200
    inside = client_of(facilitator).get(f"/en/spaces/{old}/forum/?page=1")
    assert (inside.status_code, inside["Location"]) == (307, "/en/spaces/new-place/forum/?page=1")


def test_readdress_then_hidden_old_and_unknown_address_answer_alike(
    closed_space, facilitator, stranger, client_of
):
    old = closed_space.slug
    presenting.readdress(closed_space, "new-place", by=facilitator)
    # Hidden by hand, so that the rows are still there: the right alone must refuse.
    Space.objects.filter(pk=closed_space.pk).update(visibility="hidden", join_policy="invite")
    for person in (None, stranger):
        client = client_of(person) if person else Client()
        for path in ("/en/communities/{}/", "/en/spaces/{}/", "/en/spaces/{}/forum/"):
            known, unknown = client.get(path.format(old)), client.get(path.format("x" * len(old)))
            assert known.status_code == 404
            assert masked(known, old) == masked(unknown, "x" * len(old))
            assert {**known.headers, "X-Request-Id": ""} == {**unknown.headers, "X-Request-Id": ""}


def masked(answer, slug):
    return re.sub(
        rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content.replace(slug.encode(), b"")
    )


def test_readdress_taken_addresses_are_refused(closed_space, public_space, facilitator):
    old = public_space.slug
    presenting.readdress(public_space, "elsewhere", by=facilitator)
    for taken in ("elsewhere", old):
        with pytest.raises(presenting.AddressTaken):
            presenting.readdress(closed_space, taken, by=facilitator)
    presenting.readdress(public_space, old, by=facilitator)
    assert list(OldAddress.objects.values_list("slug", flat=True)) == ["elsewhere"]


def test_hide_takes_old_addresses_and_figures_along(closed_space, facilitator):
    presenting.readdress(closed_space, "new-place", by=facilitator)
    presenting.agree_to_figures(closed_space, ["since", "members", "unknown"], by=facilitator)
    assert closed_space.figures == ["members", "since"]
    hide(closed_space, by=facilitator)
    closed_space.refresh_from_db()
    assert closed_space.figures == [] and not OldAddress.objects.exists()
    with pytest.raises(ValueError):
        presenting.readdress(closed_space, "back-again", by=facilitator)
    presenting.agree_to_figures(closed_space, ["members"], by=facilitator)
    assert closed_space.figures == []


def test_present_hidden_space_has_no_page_whatever_is_written(hidden_space, facilitator):
    presenting.write(hidden_space, "ar", by=facilitator, name="سر", purpose="")
    assert not hidden_space.landing_pages.exists()


@pytest.mark.parametrize("deed", ["write", "figures", "named", "hide", "archive"])
def test_public_pages_are_drawn_anew(deed, closed_space, facilitator, django_capture_on_commit_callbacks):
    from communities import founding

    before = freshness.current()
    own = closed_space.memberships.get(user=facilitator)
    deeds = {
        "write": lambda: presenting.write(closed_space, "en", by=facilitator, name="N", purpose=""),
        "figures": lambda: presenting.agree_to_figures(closed_space, ["since"], by=facilitator),
        "named": lambda: presenting.be_named(own, shown=True),
        "hide": lambda: hide(closed_space, by=facilitator),
        "archive": lambda: founding.archive(closed_space, by=facilitator),
    }
    with django_capture_on_commit_callbacks(execute=True):
        deeds[deed]()
    assert freshness.current() != before
