"""A space and its node in machina's tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from machina.apps.forum.models import Forum

from forum.models import SpaceForum

if TYPE_CHECKING:
    from communities.models import Space


def forum_of(space: Space) -> Forum:
    """The space's node, made when there is none yet: spaces also come from imports and older worlds."""
    tie = SpaceForum.objects.filter(space=space.pk).select_related("forum").first()
    return tie.forum if tie else _made_for(space)


@transaction.atomic
def _made_for(space: Space) -> Forum:
    """Under the space's row lock, so that two first topics at once share one node."""
    type(space).objects.select_for_update().get(pk=space.pk)
    tie = SpaceForum.objects.filter(space=space.pk).select_related("forum").first()
    if tie is None:
        # The name is machina's alone and shown nowhere: it must not tell what a hidden space is called.
        node = Forum.objects.create(name=f"space {space.pk}", type=Forum.FORUM_POST)
        tie = SpaceForum.objects.create(space=space, forum=node)
    return tie.forum


def give_a_forum(space: Space) -> None:
    """For `communities.hooks.on_found`."""
    forum_of(space)
