from django.utils import timezone

from profiles.models import ContactRequest, Organisation, User
from tests.profiles.entrance import routes as entrance
from tests.routes import Route


def _member(space):
    return {"public_id": User.objects.get(email="member@cast.example").public_id}


def _language(space):
    return {"language": "fr"}


def _number(space):
    return {"pk": 1}


def _key(space):
    return {"key": "about"}


def _pin(space):
    return {"key": "topic-1"}


def _other(space):
    """Nobody of the cast: one neither blocks nor asks oneself."""
    there = User.objects.filter(email="other@people.example").first()
    other = there or User.objects.create_user(
        "other@people.example", None, display_name="Other", is_approved=True
    )
    return {"public_id": other.public_id}


def _organisation(space):
    called = {"name": "An office", "name_folded": "an office", "approved_at": timezone.now()}
    there = Organisation.objects.first() or Organisation.objects.create(**called)
    return {"public_id": there.public_id}


def _request(space):
    """From the member to the facilitator: for everybody else it is not there."""
    people = {"sender": "member", "recipient": "facilitator"}
    asked = ContactRequest.objects.first() or ContactRequest.objects.create(
        **{end: User.objects.get(email=f"{name}@cast.example") for end, name in people.items()}, text="Hello"
    )
    return {"public_id": asked.public_id}


ROUTES = [
    Route("profiles:people", "network"),
    # Its own page is also there for a newcomer: test_views.
    Route("profiles:person", "network", make=_member),
    Route("profiles:edit", "account"),
    *entrance.ROUTES,
    Route("leaving:export", "account"),
    Route("leaving:erasure", "account"),
    Route("leaving:withdrawal", "account", method="post"),
    Route("quick_exit", "open"),
    Route("account_sessions:kept", "owner", make=None, note="tests/profiles/sessions/test_keeping"),
    Route(
        "account_sessions:session_end",
        "owner",
        make=None,
        method="post",
        note="tests/profiles/sessions/test_life",
    ),
    Route("profiles:work", "account"),
    Route("profiles:words", "account", make=_language),
    Route("profiles:contact_ways", "account"),
    Route("profiles:contact_way", "owner", make=_number),
    Route("profiles:contact_way_removal", "account", make=_number, method="post"),
    Route("profiles:contact_way_place", "account", make=_number, method="post"),
    Route("profiles:page", "account"),
    Route("profiles:look", "account"),
    Route("profiles:section_new", "account", make=lambda space: {"kind": "text"}),
    Route("profiles:section", "owner", make=_key),
    Route("profiles:section_removal", "account", make=_key, method="post"),
    Route("profiles:section_place", "account", make=_key, method="post"),
    Route("profiles:section_hiding", "account", make=_key, method="post"),
    Route("profiles:pins", "account"),
    Route("profiles:pin_removal", "account", make=_pin, method="post"),
    Route("profiles:pin_place", "account", make=_pin, method="post"),
    Route("profiles:block", "network", make=_other),
    Route("profiles:contact", "network", make=_other),
    Route("profiles:following", "network"),
    Route("profiles:following_end", "network", method="post", data={"theme": "none"}),
    Route("profiles:blocked", "network"),
    Route("profiles:blocked_end", "network", method="post"),
    Route("profiles:contact_requests", "network"),
    Route("profiles:contactability", "network", method="post"),
    Route("profiles:contact_request", "owner", make=_request),
    Route("profiles:contact_refusal", "owner", make=_request, method="post"),
    Route("profiles:organisations", "network"),
    Route("profiles:organisation_new", "network"),
    Route("profiles:organisation", "network", make=_organisation),
    Route("profiles:staff_organisations", "staff"),
    Route("profiles:staff_organisation", "staff", make=_organisation),
    Route("profiles:staff_organisation_approval", "staff", make=_organisation, method="post"),
    Route("profiles:staff_organisation_refusal", "staff", make=_organisation, method="post"),
    Route("profiles:staff_organisation_merging", "staff", make=_organisation, method="post"),
]
