from profiles.models import User
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


ROUTES = [
    Route("profiles:people", "network"),
    # Its own page is also there for a newcomer: test_views.
    Route("profiles:person", "network", make=_member),
    Route("profiles:edit", "account"),
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
]
