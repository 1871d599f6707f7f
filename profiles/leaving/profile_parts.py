"""What hangs on a profile: words, ways of contact, the order of its page, ties to others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.parts import CHUNK, Coded, Part, Row, Words, language_of, value_of
from profiles.audiences import CHOSEN, FIXED, Audience, audience_of, may_see_profile
from profiles.models import (
    Block,
    ContactRequest,
    ContactWay,
    Follow,
    Organisation,
    Pin,
    Profile,
    ProfileText,
    Section,
)
from search.lines import lines

if TYPE_CHECKING:
    from profiles.models import User


def parts(user: User) -> list[Part]:
    return [
        Part(
            name="profile_texts",
            title=_("What you say of yourself"),
            keys={
                "language": _("Language"),
                "headline": _("headline"),
                "about": _("about me"),
                "help_with": _("available to help with"),
            },
            rows=lambda: _texts(user),
        ),
        Part(
            name="audiences",
            title=_("Who reads which field of your profile"),
            keys={"field": _("Field"), "audience": _("Who reads it")},
            rows=lambda: _audiences(user),
        ),
        Part(
            name="contact_ways",
            title=_("How one can reach you"),
            keys={"kind": _("Kind"), "value": _("address or number"), "audience": _("Who reads it")},
            rows=lambda: _columns(ContactWay.objects.filter(profile__user=user), "kind", "value", "audience"),
        ),
        Part(
            name="sections",
            title=_("Sections of your page"),
            keys={
                "kind": _("Kind"),
                "title": _("Title"),
                "text": _("text"),
                "url": _("Address"),
                "hidden": _("hidden"),
                "audience": _("Who reads it"),
            },
            rows=lambda: _sections(user),
        ),
        Part(
            name="pins",
            title=_("Pinned on your page"),
            keys={"kind": _("Kind"), "title": _("Title")},
            rows=lambda: _pins(user),
        ),
        Part(
            name="organisations",
            title=_("Organisations you proposed"),
            keys={
                "name": _("name"),
                "country": _("country"),
                "website": _("website"),
                "created_at": _("Sent"),
            },
            rows=lambda: _columns(
                Organisation.objects.filter(proposed_by=user), "name", "country", "website", "created_at"
            ),
        ),
        Part(
            name="follows",
            title=_("Themes, people and organisations you follow"),
            keys={"kind": _("Kind"), "name": _("Name"), "created_at": _("Followed since")},
            rows=lambda: _follows(user),
        ),
        Part(
            name="blocks",
            title=_("People you have blocked"),
            keys={"name": _("Name"), "created_at": _("When")},
            rows=lambda: _blocks(user),
        ),
        Part(
            name="contact_requests",
            title=_("Messages of contact"),
            keys={
                "way": _("Direction"),
                "name": _("Name"),
                "text": _("message"),
                "answer": _("answer"),
                "state": _("State"),
                "created_at": _("Sent"),
                "answered_at": _("Answered"),
            },
            rows=lambda: _contact_requests(user),
        ),
    ]


def _columns(rows: Any, *names: str) -> Iterator[Row]:
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        yield {name: value_of(row, name) for name in names}


def _texts(user: User) -> Iterator[Row]:
    for row in ProfileText.objects.filter(profile__user=user).order_by("pk"):
        words = {name: Words(getattr(row, name), row.language) for name in ("headline", "about", "help_with")}
        yield {"language": language_of(row.language), **words}


def _audiences(user: User) -> Iterator[Row]:
    for field in (*FIXED, *CHOSEN):
        audience = Audience(audience_of(user, field))
        yield {
            "field": Coded(field, _label(field)),
            "audience": Coded(audience.name.lower(), str(audience.label)),
        }


def _label(field: str) -> str:
    for model in (get_user_model(), Profile, ProfileText):
        with suppress(FieldDoesNotExist):
            return str(getattr(model._meta.get_field(field), "verbose_name", field))
    return str(_("languages spoken")) if field == "languages" else field


def _sections(user: User) -> Iterator[Row]:
    for row in Section.objects.filter(profile__user=user).order_by("position", "pk"):
        yield {
            "kind": value_of(row, "kind"),
            "title": Words(row.title, row.language),
            "text": Words(row.text, row.language),
            "url": row.url,
            "hidden": row.hidden,
            "audience": value_of(row, "audience"),
        }


def _pins(user: User) -> Iterator[Row]:
    """Their titles are said by search, which knows who may read what."""
    rows = list(Pin.objects.filter(profile__user=user).order_by("position", "pk"))
    readable = lines(user, [(row.kind, row.object_id) for row in rows])
    for row in rows:
        line = readable.get((row.kind, row.object_id))
        yield {"kind": row.kind, "title": Words(line.title, line.language) if line else ""}


def _follows(user: User) -> Iterator[Row]:
    rows = Follow.objects.filter(user=user).select_related("person", "organisation", "theme")
    for row in rows.prefetch_related("theme__names").order_by("pk"):
        if row.theme:
            kind, name = Coded("theme", str(_("Theme"))), row.theme.name
        elif row.organisation:
            kind, name = Coded("organisation", str(_("organisation"))), row.organisation.name
        else:
            kind, name = Coded("person", str(_("person"))), _name_of(row.person, user)
        yield {"kind": kind, "name": name, "created_at": row.created_at}


def _blocks(user: User) -> Iterator[Row]:
    for row in Block.objects.filter(user=user).select_related("person").order_by("pk"):
        yield {"name": str(row.person.display_name), "created_at": row.created_at}


def _contact_requests(user: User) -> Iterator[Row]:
    """Both ends have read the whole of it. What they said of themselves elsewhere is not here."""
    rows = ContactRequest.objects.filter(Q(sender=user) | Q(recipient=user))
    for row in rows.select_related("sender", "recipient").order_by("pk").iterator(chunk_size=CHUNK):
        sent = row.sender_id == user.pk
        other = row.recipient if sent else row.sender
        yield {
            "way": Coded("sent" if sent else "received", str(_("Sent") if sent else _("Received"))),
            "name": str(other.display_name),
            "text": Words(row.text, row.language),
            "answer": Words(row.answer, ""),
            "state": value_of(row, "state"),
            "created_at": row.created_at,
            "answered_at": row.answered_at,
        }


def _name_of(person: Any, user: User) -> str:
    """As long as they have a page for this reader."""
    return str(person.display_name) if person and may_see_profile(user, person) else ""
