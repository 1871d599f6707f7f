from django.utils import timezone

from profiles.models import ContactRequest, Organisation, User
from tests.routes import Route


def _member(space):
    return {"public_id": User.objects.get(email="member@cast.example").public_id}


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
