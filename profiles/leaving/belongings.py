"""What the account and the profile hold of a person, the tables of allauth and Django included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.fates import End, Fate
from communities.parts import Coded, Part, Row, Words, rows_of, value_of
from profiles import photos
from profiles.languages import SPOKEN
from profiles.leaving import profile_parts
from themes.models import Theme

if TYPE_CHECKING:
    from profiles.models import Profile, User

BLANKED: Final = "the row stays, since others' words hang on it; its columns are blanked"
FATES: Final = {
    "profiles.User.email": Fate(End.UNSET, "account", BLANKED),
    "profiles.User.display_name": Fate(End.UNSET, "account", BLANKED),
    "profiles.User_groups.user": Fate(End.DELETED, "account"),
    "profiles.User_user_permissions.user": Fate(End.DELETED, "", "single rights in the CMS; staff give none"),
    "profiles.Profile.user": Fate(End.DELETED, "profile", "an empty one takes its place"),
    "profiles.Profile_expertise.profile": Fate(End.DELETED, "profile"),
    "profiles.ProfileText.profile": Fate(End.DELETED, "profile_texts"),
    "profiles.SpokenLanguage.profile": Fate(End.DELETED, "profile"),
    "profiles.ContactWay.profile": Fate(End.DELETED, "contact_ways"),
    "profiles.Section.profile": Fate(End.DELETED, "sections"),
    "profiles.Pin.profile": Fate(End.DELETED, "pins"),
    "profiles.Organisation.proposed_by": Fate(
        End.UNSET, "organisations", "an organisation belongs to its people"
    ),
    "profiles.Follow.user": Fate(End.DELETED, "follows"),
    "profiles.Follow.person": Fate(End.DELETED, "", "of whoever follows them; it is in that person's copy"),
    "profiles.Block.user": Fate(End.DELETED, "blocks"),
    "profiles.Block.person": Fate(End.DELETED, "", "nobody is told that somebody has blocked them"),
    "profiles.ContactRequest.sender": Fate(End.DELETED, "contact_requests"),
    "profiles.ContactRequest.recipient": Fate(End.DELETED, "contact_requests"),
    "leaving.Export.user": Fate(End.DELETED, "", "the copy itself"),
    "leaving.Erasure.user": Fate(End.DELETED, "", "the wish itself"),
    "account_sessions.SealedForm.user": Fate(End.DELETED, "", "sealed: nobody but their browser can open it"),
    "account.EmailAddress.user": Fate(End.DELETED, "addresses"),
    "account.EmailAddress.email": Fate(End.DELETED, "addresses"),
    "mfa.Authenticator.user": Fate(End.DELETED, "factors"),
    "usersessions.UserSession.user": Fate(End.DELETED, "sessions"),
    "usersessions.UserSession.ip": Fate(End.DELETED, "sessions"),
    "usersessions.UserSession.user_agent": Fate(End.DELETED, "sessions"),
    "usersessions.UserSession.session_key": Fate(End.DELETED, "", "a secret"),
    "sessions.Session.session_key": Fate(End.DELETED, "", "a secret; every session of theirs is ended"),
    "guardian.UserObjectPermission.user": Fate(
        End.DELETED, "", "rights of a kind that this site never gives"
    ),
}
# Columns that are machinery, and those that stand in another part.
NOT_SHOWN: Final = frozenset(
    {"id", "user", "password", "session_salt", "is_superuser", "name_folded", *photos.KINDS, "organisation"}
)
LABELS: Final = {"public_id": _("Number of your page"), "date_joined": _("Signed up")}


def parts(user: User) -> list[Part]:
    profile = user.profile
    return [
        _one(
            "account", _("Your account"), user, extra={"groups": (_("Groups"), lambda: _names(user.groups))}
        ),
        _one("profile", _("Your profile"), profile, extra=_more_of(profile)),
        *profile_parts.parts(user),
        Part(
            name="addresses",
            title=_("E-mail addresses"),
            keys={"email": _("e-mail address"), "verified": _("Confirmed"), "primary": _("Main address")},
            rows=rows_of(
                EmailAddress.objects.filter(user=user).order_by("pk"), "email", "verified", "primary"
            ),
        ),
        Part(
            name="factors",
            title=_("Second factors"),
            keys={"type": _("Kind"), "created_at": _("Set up"), "last_used_at": _("Last used")},
            rows=rows_of(
                Authenticator.objects.filter(user=user).order_by("pk"), "type", "created_at", "last_used_at"
            ),
            note=_("Without their secrets: with those, whoever finds this copy could sign in."),
        ),
        Part(
            name="sessions",
            title=_("Where you are signed in"),
            keys={
                "user_agent": _("Device"),
                "ip": _("Network address"),
                "created_at": _("Since"),
                "last_seen_at": _("Last seen"),
            },
            rows=rows_of(
                UserSession.objects.filter(user=user).order_by("pk"),
                *("user_agent", "ip", "created_at", "last_seen_at"),
            ),
        ),
    ]


def _one(
    name: str, title: Any, row: User | Profile, *, extra: Mapping[str, tuple[Any, Any]] | None = None
) -> Part:
    """Every column of one row, one that is added tomorrow included."""
    columns = [field for field in row._meta.concrete_fields if is_shown(field)]
    keys = {field.name: LABELS.get(field.name, field.verbose_name) for field in columns}
    more = dict(extra or {})

    def rows() -> Iterator[Row]:
        plain = {field.name: _shown(row, field) for field in columns}
        yield {**plain, **{key: read() for key, (_label, read) in more.items()}}

    return Part(
        name=name,
        title=title,
        keys={**keys, **{key: label for key, (label, _read) in more.items()}},
        rows=rows,
    )


def is_shown(field: models.Field[Any, Any]) -> bool:
    """Audiences have a part of their own."""
    return field.name not in NOT_SHOWN and not field.name.endswith("_for")


def _shown(row: models.Model, field: models.Field[Any, Any]) -> Any:
    value = value_of(row, field.name)
    return Words(value, "") if isinstance(field, models.TextField) and value else value


def _more_of(profile: Profile) -> dict[str, tuple[Any, Any]]:
    return {
        "expertise": (_("expertise"), lambda: _themes(profile)),
        "languages": (
            _("languages spoken"),
            lambda: [Coded(code, SPOKEN.get(code, code)) for code in profile.languages],
        ),
        "organisation": (_("organisation"), lambda: str(profile.organisation or "")),
        "photo": (_("photo"), lambda: profile.photo),
        "cover": (_("cover"), lambda: profile.cover),
    }


def _names(rows: Any) -> list[str]:
    return list(rows.values_list("name", flat=True))


def _themes(profile: Profile) -> list[str]:
    rows = Theme.objects.with_names().filter(pk__in=profile.expertise.values("pk"))
    return [theme.name for theme in rows]
