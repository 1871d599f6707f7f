from communities import joining
from profiles.models import User
from tests.routes import Route


def _with_request(space):
    """Somebody of the network asks to come in (whatever the policy: the address is what is tried)."""
    asker = User.objects.get(email="editor@cast.example")
    return {"slug": space.slug, "public_id": joining.ask(space, asker, "").public_id}


def _observer(space):
    return {"slug": space.slug, "public_id": User.objects.get(email="observer@cast.example").public_id}


def _invitation(space):
    from django.utils import timezone

    from communities.models import Invitation

    row, _made = Invitation.objects.get_or_create(
        space=space, email="guest@people.example", language="en", defaults={"expires_at": timezone.now()}
    )
    return {"slug": space.slug, "public_id": row.public_id}


def _newcomer(space):
    return {"public_id": User.objects.get(email="newcomer@cast.example").public_id}


def _frozen(space):
    from django.utils import timezone

    from communities.models import Space

    space = Space.objects.get(visibility="closed")
    Space.objects.filter(pk=space.pk).update(frozen_at=timezone.now())
    return {"pk": space.pk}


def _proposed(space):
    from communities.models import SpaceProposal

    by = User.objects.get(email="stranger@cast.example")
    words = {"name": "N", "purpose": "P", "audience": "A", "language": "en", "languages": ["en"]}
    return {"public_id": SpaceProposal.objects.create(by=by, **words).public_id}


def _granted(space):
    from datetime import timedelta

    from django.utils import timezone

    from communities import grants

    person = User.objects.get(email="former@cast.example")
    grant = grants.give(person, "read_space", space, until=timezone.now() + timedelta(days=1))
    return {"slug": space.slug, "pk": grant.pk}


def _in_library(kind="note"):
    """The member's own: whoever may not arrange another's thing is no less a stranger to it."""

    def make(space):
        from tests.communities.library.shelf import thing_in

        return {"slug": space.slug, "public_id": thing_in(space, kind).public_id}

    return make


def _thrown_away(space):
    """Whatever its state: an archived or frozen space is tried as well."""
    from django.utils import timezone

    from communities.models import LibraryItem

    given = _in_library()(space)
    LibraryItem.objects.filter(public_id=given["public_id"]).update(removed_at=timezone.now())
    return given


LIBRARY = [
    Route("library:library", "space:read"),
    Route("library:item", "space:read", make=_in_library()),
    Route("library:versions", "space:read", make=_in_library()),
    Route("library:version", "space:read", make=lambda space: {**_in_library()(space), "number": 1}),
    Route("library:bin", "space:remove"),
    Route("library:files_new", "space:upload"),
    Route("library:link_new", "space:upload"),
    Route("library:note_new", "space:upload"),
    Route("library:folder_new", "space:upload"),
    Route("library:version_new", "space:upload", make=_in_library()),
    Route("library:details", "space:owner", make=_in_library()),
    Route("library:place", "space:owner", make=_in_library()),
    Route("library:removal", "space:owner", make=_in_library()),
    Route("library:restoration", "space:owner", make=_thrown_away, method="post"),
]

ROUTES = [
    *LIBRARY,
    Route("communities:spaces", "open"),
    Route("communities:space", "space:read"),
    Route("communities:about", "space:read"),
    Route("communities:members", "space:see_members"),
    Route("communities:member", "space:manage", make=_observer),
    Route("communities:role", "space:manage", make=_observer, method="post", data={"role": "20"}),
    Route("communities:suspension", "space:manage", make=_observer, method="post", data={"reason": "a"}),
    Route("communities:reinstatement", "space:manage", make=_observer, method="post"),
    Route("communities:removal", "space:manage", make=_observer, method="post", data={"reason": "a"}),
    Route("communities:handover", "space:manage"),
    Route("communities:membership", "known", method="post"),
    Route("communities:departure", "known"),
    Route("communities:join_request", "known"),
    Route("communities:withdrawal", "known", method="post"),
    Route("communities:requests", "space:admit"),
    Route("communities:approval", "space:admit", make=_with_request, method="post"),
    Route("communities:refusal", "space:admit", make=_with_request, method="post"),
    Route("communities:invitations", "space:invite"),
    Route("communities:links", "space:invite", method="post", data={"uses": "0"}),
    Route("communities:renewal", "space:invite", make=_invitation, method="post"),
    Route("communities:revocation", "space:invite", make=_invitation, method="post"),
    Route("communities:invitation", "open", make=lambda space: {"token": "no-such-token"}),
    Route("communities:invited", "open"),
    Route("communities:invited_acceptance", "account", method="post"),
    Route("communities:invited_refusal", "open", method="post"),
    Route("communities:settings", "space:manage"),
    Route("communities:texts", "space:manage"),
    Route("communities:desk", "space:export"),
    Route("communities:readers", "space:read"),
    Route("communities:grants", "space:manage"),
    Route("communities:grant_withdrawal", "space:manage", make=_granted, method="post"),
    Route("communities:archival", "space:manage"),
    Route("communities:reopening", "space:reopen"),
    Route("communities:whole", "space:export"),
    Route("communities:record", "space:see_record"),
    Route("communities:own_record", "account"),
    Route("communities:staff_record", "staff"),
    Route("communities:proposal_new", "network"),
    Route("communities:proposal", "owner", make=_proposed),
    Route("communities:staff_proposals", "staff"),
    Route("communities:staff_proposal", "staff", make=_proposed),
    Route("communities:proposal_acceptance", "staff", make=_proposed, method="post"),
    Route(
        "communities:proposal_rejection", "staff", make=_proposed, method="post", data={"reason": "a reason"}
    ),
    Route("communities:feed", "account"),
    Route("communities:notifications", "account"),
    Route("communities:reading", "account", method="post"),
    Route("communities:staff", "staff"),
    Route("communities:staff_people", "staff"),
    Route("communities:staff_person", "staff", make=_newcomer),
    Route("communities:staff_approval", "staff", make=_newcomer, method="post"),
    Route("communities:staff_refusal", "staff", make=_newcomer, method="post"),
    Route(
        "communities:staff_suspension", "staff", make=_newcomer, method="post", data={"reason": "a reason"}
    ),
    Route(
        "communities:staff_reinstatement", "staff", make=_newcomer, method="post", data={"reason": "a reason"}
    ),
    Route("communities:staff_spaces", "staff"),
    Route("communities:staff_space_new", "staff"),
    Route("communities:staff_facilitator", "staff", make=_frozen),
]
