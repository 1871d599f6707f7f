"""The words of the access tables. What each may do stands in `permissions.py`."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Visibility(models.TextChoices):
    PUBLIC = "public", pgettext_lazy("visibility of a space", "Public")
    NETWORK = "network", pgettext_lazy("visibility of a space", "Network")
    CLOSED = "closed", pgettext_lazy("visibility of a space", "Closed")
    HIDDEN = "hidden", pgettext_lazy("visibility of a space", "Hidden")


class JoinPolicy(models.TextChoices):
    OPEN = "open", _("Open: whoever may read it may join")
    REQUEST = "request", _("On request: a facilitator admits")
    INVITE = "invite", _("By invitation only")


class Role(models.IntegerChoices):
    """Ordered: a higher role holds every right of the lower ones."""

    OBSERVER = 10, _("Observer")
    MEMBER = 20, _("Member")
    MODERATOR = 30, _("Moderator")
    FACILITATOR = 40, _("Facilitator")
