"""Why there is no draft, in words for the translator: what happened and what to do next."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Problem(TextChoices):
    """`%(host)s` in a label is the translation server, `%(source)s` and `%(target)s` are languages."""

    OFF = "off", _("No translation server is set up for this site.")
    CLOSED = "closed", _("This page is not open to everyone: its words stay here.")
    NOTHING = "nothing", _("No passage is empty: there is nothing to draft.")
    RUNNING = "running", _("A draft of this page is under way already.")
    NOT_YOURS = "not-yours", _("You may no longer translate this page.")
    UNKNOWN_LANGUAGE = (
        "unknown-language",
        _("%(host)s does not translate from %(source)s into %(target)s. Nothing was changed."),
    )
    UNREACHABLE = "unreachable", _("%(host)s cannot be reached. Nothing was changed; please try again later.")
    SLOW = "slow", _("%(host)s took too long. Nothing was changed; please try again later.")
    BUSY = "busy", _("%(host)s has too much to do. Nothing was changed; please try again later.")
    BROKEN = "broken", _("%(host)s has a fault of its own. Nothing was changed; please try again later.")
    REFUSED = (
        "refused",
        _("%(host)s refuses our key. Nothing was changed; please tell the team of the platform."),
    )
    REJECTED = (
        "rejected",
        _("%(host)s does not take this page. Nothing was changed; please tell the team of the platform."),
    )
    ELSEWHERE = (
        "elsewhere",
        _("%(host)s sends us to another address, and we do not follow. Nothing was changed; "
          "please tell the team of the platform."),
    )  # fmt: skip
    NONSENSE = "nonsense", _("%(host)s answered with something that is no translation. Nothing was changed.")
