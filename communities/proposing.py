"""A member proposes a space; staff accept it from a template and name who facilitates it, or decline with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from communities.activity import record
from communities.founding import found
from communities.models import Record, Space, SpaceProposal
from communities.public_ids import new_public_id
from communities.shapes import TEMPLATES
from communities.staffdesk import staff
from communities.submissions import claim

if TYPE_CHECKING:
    from profiles.models import User

State = SpaceProposal.State


@transaction.atomic
def propose(*, by: User, key: str, **words: Any) -> SpaceProposal:
    """A form sent twice gives the proposal that the first sending made."""
    made = SpaceProposal(public_id=new_public_id(), by=by, **words)
    first = claim(key, by=by, answer=made.public_id)
    if first != made.public_id:
        return SpaceProposal.objects.get(public_id=first)
    made.save()
    record("space_proposed", actor=by, target=made, recipients=staff())
    return made


@transaction.atomic
def accept(
    proposal: SpaceProposal, *, by: User, template: str, facilitator: User, **changed: Any
) -> Space | None:
    """None when it was decided before. `changed`: columns of the space that staff set otherwise."""
    if not _decide(proposal, State.ACCEPTED, by=by):
        return None
    words = {"name": proposal.name, "purpose": proposal.purpose}
    space = found_from(
        template,
        {proposal.language: words},
        by=by,
        facilitator=facilitator,
        languages=proposal.languages,
        **changed,
    )
    SpaceProposal.objects.filter(pk=proposal.pk).update(space=space)
    Record.objects.create(verb="proposal_accepted", actor=by, person=proposal.by)
    told = [proposal.by, *([facilitator] if facilitator != proposal.by else [])]
    record("own_proposal_accepted", actor=by, space=space, recipients=told[:1])
    record("own_made_facilitator", actor=by, space=space, recipients=told[1:])
    return space


@transaction.atomic
def decline(proposal: SpaceProposal, *, by: User, reason: str) -> bool:
    if not _decide(proposal, State.DECLINED, by=by, reason=reason):
        return False
    Record.objects.create(verb="proposal_declined", actor=by, person=proposal.by, reason=reason)
    record("own_proposal_declined", actor=by, target=proposal, recipients=[proposal.by])
    return True


def _decide(proposal: SpaceProposal, state: str, *, by: User, reason: str = "") -> bool:
    """A decision is taken once, whoever clicks first."""
    pending = SpaceProposal.objects.filter(pk=proposal.pk, state=State.PENDING)
    return bool(pending.update(state=state, decided_by=by, decided_at=timezone.now(), reason=reason))


def found_from(template: str, words: dict[str, dict[str, str]], **fields: Any) -> Space:
    """A space from a template: `words` has its name and purpose in at least one language, the first is the main one.

    Raises KeyError for an unknown template.
    """
    chosen = TEMPLATES[template]
    main = next(iter(words))
    texts: dict[str, dict[str, str]] = {}
    for code in [main, *(code for code, _name in settings.LANGUAGES if code != main)]:
        with override(code):
            first = {name: str(text) for name, text in chosen.texts.items()}
        # Until somebody translates it, the name is the same in every language.
        texts[code] = {"name": words[main]["name"], **first, **words.get(code, {})}
    return found(texts, **{"language": main, **chosen.fields, **fields})
