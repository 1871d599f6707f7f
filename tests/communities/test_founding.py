from communities import hooks
from communities.founding import found, hide
from communities.models import JoinRequest, Record, Space
from communities.permissions import may
from communities.roles import Visibility


def test_hidden_space_gets_a_slug_that_says_nothing(facilitator):
    space = found(
        {"fr": {"name": "Dossier grenade"}},
        by=None,
        facilitator=facilitator,
        visibility="hidden",
        language="fr",
    )
    assert "grenade" not in space.slug
    assert space.join_policy == "invite"


def test_second_space_of_the_same_name_gets_an_address_of_its_own(facilitator):
    first, second = (
        found({"en": {"name": "Fair trial"}}, by=None, facilitator=facilitator, language="en")
        for _ in range(2)
    )
    assert first.slug == "fair-trial"
    assert second.slug.startswith("fair-trial-")


def test_name_without_latin_letters_still_gets_an_address(facilitator):
    space = found({"ar": {"name": "المحاكمة العادلة"}}, by=None, facilitator=facilitator, language="ar")
    assert Space.objects.get(slug=space.slug) == space


def test_space_without_facilitator_starts_read_only(staff):
    space = found({"en": {"name": "Waiting"}}, by=staff, visibility="closed", language="en")
    assert space.is_read_only
    assert Record.objects.filter(verb="founded", actor=staff, space=space).exists()


def test_hiding_draws_a_new_address_ends_requests_and_tells_the_rooms(
    closed_space, facilitator, stranger, client_of, monkeypatch
):
    from communities import joining

    heard = []
    monkeypatch.setattr(hooks, "hide", [*hooks.hide, lambda space, slug, names: heard.append((slug, names))])
    joining.ask(closed_space, stranger, "")
    old = closed_space.slug
    names = list(closed_space.texts.values_list("name", flat=True))
    hide(closed_space, by=facilitator)
    assert closed_space.visibility == Visibility.HIDDEN
    assert closed_space.slug != old
    assert not may(stranger, "know", closed_space)
    assert not JoinRequest.objects.filter(state="pending").exists()
    assert heard == [(old, names)]
    # No redirect leads from the old address to the new one, not even for a member.
    assert client_of(facilitator).get(f"/en/spaces/{old}/").status_code == 404
