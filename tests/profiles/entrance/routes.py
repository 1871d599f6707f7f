from profiles.entrance.models import Invitation
from tests.routes import Route


def _standing(space):
    invitation, _made = Invitation.objects.get_or_create(email="guest@people.example", language="en")
    return {"public_id": invitation.public_id}


ROUTES = [
    Route("entrance:charter", "open"),
    Route("entrance:acceptance", "account"),
    Route("entrance:invitation", "open", make=lambda space: {"token": "no-such-token"}),
    Route("entrance:invitations", "staff"),
    Route("entrance:renewal", "staff", make=_standing, method="post"),
    Route("entrance:withdrawal", "staff", make=_standing, method="post"),
    Route("entrance:charters", "staff"),
]
