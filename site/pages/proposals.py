"""Facilitators propose, editors publish: what happens to a proposal for a landing page.

Whoever calls has asked before: `require(by, "manage", space)` for a facilitator, `is_editor` for an editor.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model

from communities import joining
from communities.activity import Line, record, register_kind, register_resolver
from communities.models import Space
from communities.public_ids import new_public_id
from communities.submissions import claim
from files import readers, store
from files.cleaning import CleanFile
from files.models import StoredFile
from pages.models import LandingProposal, LandingProposalFile

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from profiles.models import User

KIND: Final = "landing_proposal"
MOST_FILES: Final = 6
State = LandingProposal.State


def is_editor(user: AnyUser) -> bool:
    """Who sees proposals in the CMS. Translators have no such right: nothing is theirs to translate yet."""
    return bool(
        user.is_authenticated
        and user.is_active
        and user.has_perm("wagtailadmin.access_admin")
        and user.has_perm("pages.change_landingproposal")
    )


def for_editors() -> Any:
    """Of spaces that everyone may know. Hiding deletes the others; should a row be left, it shows nowhere."""
    rows = LandingProposal.objects.exclude(space__visibility="hidden")
    return rows.select_related("space", "by", "editor").prefetch_related("space__texts")


def waiting() -> int:
    return int(for_editors().filter(state__in=[State.NEW, State.TAKEN]).count())


def may_read_file(user: AnyUser, stored: StoredFile) -> bool:
    """For `files.readers`: the facilitators of the space and the editors."""
    rows = LandingProposal.objects.filter(files__stored=stored.pk)
    if is_editor(user) and rows.exclude(space__visibility="hidden").exists():
        return True
    return rows.filter(space__in=Space.objects.allowing(user, "manage")).exists()


@transaction.atomic
def propose(
    space: Space, *, by: User, text: str, language: str, files: Iterable[CleanFile] = (), key: str
) -> LandingProposal:
    """A form sent twice gives what the first sending made. Raises ValueError for a hidden space."""
    if space.is_hidden:
        raise ValueError("a hidden space has no public page")
    public_id = new_public_id()
    first = claim(key, by=by, answer=public_id)
    if first != public_id:
        return LandingProposal.objects.get(public_id=first)
    proposal = LandingProposal.objects.create(
        public_id=public_id, space=space, by=by, text=text, language=language
    )
    for file in files:
        kept = store.keep(file, kind=KIND, by=by)
        LandingProposalFile.objects.create(proposal=proposal, stored=kept)
    others = joining.facilitators(space)
    record("landing_proposed", actor=by, space=space, target=proposal, recipients=others)
    return proposal


@transaction.atomic
def answer(proposal: LandingProposal, state: str, *, by: User, words: str = "") -> None:
    """Taken up, done or declined; its facilitators hear of the last two. The same answer again tells nobody."""
    row = LandingProposal.objects.select_for_update().get(pk=proposal.pk)
    if row.state == state:
        return
    row.state, row.answer, row.editor = state, words or row.answer, by
    row.save(update_fields=["state", "answer", "editor", "changed_at"])
    if state in (State.DONE, State.DECLINED):
        people = joining.facilitators(row.space)
        record("landing_answered", actor=by, space=row.space, target=row, recipients=people)


@transaction.atomic
def use_picture(file: LandingProposalFile, *, by: User) -> Any:
    """The picture becomes one of the CMS. Once: a second call gives the same.

    Its name says nothing of the space, which may be hidden one day. Raises ValueError when it is no picture.
    """
    row = LandingProposalFile.objects.select_for_update().select_related("stored").get(pk=file.pk)
    if not row.stored.is_image:
        raise ValueError("not a picture")
    if row.image is None:
        ending = row.stored.content_type.rpartition("/")[2].replace("jpeg", "jpg")
        name = f"{row.stored.token[:10]}.{ending}"
        with row.stored.content.open("rb") as content:
            image = get_image_model()(
                title=str(_("Picture for a landing page, %(number)s")) % {"number": row.pk},
                file=ContentFile(content.read(), name=name),
                uploaded_by_user=by,
            )
            image.save()
        row.image = image
        row.save(update_fields=["image"])
    return row.image


def lines(user: AnyUser, ids: set[int]) -> dict[int, Line]:
    """For `communities.activity`: the proposals of spaces that `user` manages."""
    managed = Space.objects.allowing(user, "manage")
    rows = LandingProposal.objects.filter(pk__in=ids, space__in=managed).select_related("space")
    return {row.pk: Line(row.text[:80], row.get_absolute_url(), row.language) for row in rows}


def register() -> None:
    readers.register(KIND, may_read_file)
    register_resolver("landing_", lines)
    register_kind(
        "landing_proposed",
        sentence=_("%(actor)s proposed a change to the public page"),
        mail=_("A change to the public page of a space that you facilitate was proposed."),
        right="manage",
    )
    register_kind(
        "landing_answered",
        sentence=_("The editors answered a proposal for the public page"),
        mail=_("The editors answered a proposal for the public page of a space that you facilitate."),
        right="manage",
    )
