"""Why something cannot be said here, in words for whoever wanted to."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


class NotPosted(Exception):
    """What was typed is kept: the form says `reason`, the answer carries `status`."""

    status = 403

    @property
    def reason(self) -> str:
        raise NotImplementedError


class Closed(NotPosted):
    @property
    def reason(self) -> str:
        return _("Comments on this page are closed. What is there can still be read.")


class TooDeep(NotPosted):
    """comments-xtd itself would stumble here."""

    @property
    def reason(self) -> str:
        return _("This conversation is as deep as it gets. Please answer the comment above it.")


class Gone(NotPosted):
    @property
    def reason(self) -> str:
        return _("The comment that you answer is no longer there.")


class TooOften(NotPosted):
    status = 429

    @property
    def reason(self) -> str:
        return _("That was a lot in one hour. Your words are kept here: please send them a little later.")


class TooLate(NotPosted):
    @property
    def reason(self) -> str:
        return _("A comment can be changed for 15 minutes. You can still remove it.")


class NotForYou(PermissionDenied):
    """403 with the reason (config.errors.forbidden); for a visitor with the way to sign in."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
