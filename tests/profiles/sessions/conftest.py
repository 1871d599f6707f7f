import pytest
from django.urls import reverse

from profiles.joining import enrol

PASSWORD = "a lamp beside the river"
LIMITS = {
    "sign_in": {"network": "6/900", "address": "3/900", "own": "3/900"},
    "sign_up": {"network": "6/900", "address": "2/900"},
    "reset": {"network": "6/900", "address": "2/900"},
    "second_factor": {"account": "3/900", "own": "3/900"},
    "proof": {"account": "3/900"},
    "kept": {"network": "2/900"},
}


@pytest.fixture
def noor(db):
    return enrol("noor@people.example", PASSWORD, "Noor", approved=True, language="fr")


@pytest.fixture
def limited(settings, windows_begun):
    settings.LIMITS = LIMITS


def sign_in(client, email="noor@people.example", password=PASSWORD, **data):
    return client.post(reverse("account_login"), {"login": email, "password": password, **data})


def is_signed_in(client):
    return client.get(reverse("profiles:edit")).status_code == 200
