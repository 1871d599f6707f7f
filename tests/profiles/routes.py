from profiles.models import User
from tests.profiles.entrance import routes as entrance
from tests.routes import Route


def _member(space):
    return {"public_id": User.objects.get(email="member@cast.example").public_id}


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
]
