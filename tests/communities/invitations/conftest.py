import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from communities.submissions import new_key

GUEST = "guest@people.example"


@pytest.fixture
def invite(facilitator, client_of, django_capture_on_commit_callbacks):
    """Through the form, by the facilitator; returns the answer."""

    def send(space, addresses=GUEST, language="ar", file=None, key=None, by=None):
        who = by or facilitator
        data = {"key": key or new_key(who, "space-invitations"), "addresses": addresses, "language": language}
        if file is not None:
            data["file"] = SimpleUploadedFile("people.csv", file)
        with django_capture_on_commit_callbacks(execute=True):
            return client_of(who).post(reverse("communities:invitations", args=[space.slug]), data)

    return send


@pytest.fixture
def link(facilitator, client_of):
    """A link made through the form: its address."""

    def make(space, uses=2, days=7):
        data = {"key": new_key(facilitator, "space-link"), "uses": uses, "days": days}
        answer = client_of(facilitator).post(reverse("communities:links", args=[space.slug]), data)
        return re.search(r"https?://[^/]+(/en/invitations/[^<\s]+/)", answer.content.decode())[1]

    return make


@pytest.fixture
def deed(facilitator, client_of, django_capture_on_commit_callbacks):
    """`renewal` or `revocation` of an invitation, by the facilitator."""

    def send(name, invitation, by=None):
        url = reverse(f"communities:{name}", args=[invitation.space.slug, invitation.public_id])
        with django_capture_on_commit_callbacks(execute=True):
            return client_of(by or facilitator).post(url)

    return send


@pytest.fixture
def way_in():
    """The address in a mail, without its host."""

    def find(message):
        return re.search(r"https?://[^/]+(/\w\w/invitations/\S+/)", message.body)[1]

    return find
