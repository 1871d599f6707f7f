"""The kinds of activity of this room, with their sentences. Mails stay neutral: nothing tells where or who."""

from django.utils.translation import gettext_lazy as _

from communities.activity import register_kind


def register() -> None:
    register_kind(
        "join_requested",
        sentence=_("%(actor)s asks to join"),
        mail=_("Somebody asks to join a space that you facilitate."),
        right="admit",
    )
    register_kind(
        "own_admitted",
        sentence=_("You were admitted"),
        mail=_("Your request to join a space was accepted. You can read and write there now."),
        right="read",
    )
    register_kind(
        "own_declined",
        sentence=_("A request of yours to join a space was declined"),
        mail=_("Your request to join a space was declined."),
        right="",
    )
    register_kind(
        "own_role_changed",
        sentence=_("Your role changed"),
        mail=_("Your role in a space has changed."),
        right="read",
    )
    register_kind(
        "space_frozen",
        sentence=_("This space has no facilitator at the moment: it can be read, but not written in"),
        mail=_("A space that you belong to has no facilitator at the moment. Staff will name one."),
        right="read",
    )
    register_kind(
        "space_widened",
        sentence=_("More people can read this space now"),
        mail=_(
            "A space that you belong to can be read by more people from now on, what was written before included."
        ),
    )
    register_kind(
        "account_waiting",
        sentence=_("An account waits for approval"),
        mail=_("An account waits for approval at the staff desk."),
        right="staff",
        page="communities:staff",
    )
    register_kind(
        "own_account_approved",
        sentence=_("Your account was approved. Welcome!"),
        mail=_("Your account was approved. You can sign in and look around."),
        right="",
        page="communities:feed",
    )
    register_kind(
        "own_account_declined",
        sentence=_("Your account was declined"),
        mail=_(
            "Your request for an account was declined. If you think this is a mistake, please write to us."
        ),
        right="",
        page="",
    )
    register_kind(
        "own_account_suspended",
        sentence=_("Your account is suspended"),
        mail=_("Your account is suspended. If you think this is a mistake, please write to us."),
        right="",
        page="",
    )
    register_kind(
        "own_account_reinstated",
        sentence=_("Your account works again"),
        mail=_("Your account works again. You can sign in."),
        right="",
        page="communities:feed",
    )
