"""The spaces one may know of, as a list of cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from django.contrib.auth.models import AnonymousUser

from communities.models import Space
from communities.permissions import InNetwork, in_network
from communities.prepared import Prepared
from themes.models import named_by

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from communities.querysets import SpaceQuerySet

PER_PAGE: Final = 50


def known(user: AnyUser) -> SpaceQuerySet:
    return Space.objects.known_to(user).with_standing(user).with_card().mine_first()


_FIRST: Final = Prepared(lambda user_id: known(cast("AnyUser", InNetwork(user_id)))[:PER_PAGE])
_FIRST_OF_VISITORS: Final = Prepared(lambda: known(AnonymousUser())[:PER_PAGE])


class Cards:
    """My spaces, then the others, to be cut into pages; the first was prepared."""

    def __init__(self, user: AnyUser) -> None:
        self.user = user

    def count(self) -> int:
        return Space.objects.known_to(self.user).count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Space]:
        if in_network(self.user) and part.start == 0 and part.stop <= PER_PAGE:
            spaces = _FIRST(user_id=self.user.pk)[: part.stop]
        elif not self.user.is_authenticated and part.start == 0 and part.stop <= PER_PAGE:
            spaces = _FIRST_OF_VISITORS()[: part.stop]
        else:
            spaces = list(known(self.user)[part])
        name_themes(spaces)
        return spaces


def name_themes(spaces: Sequence[Space]) -> None:
    """`space.theme_names`, in the reader's language. One query."""
    rows: Any = Space.themes.through.objects.filter(space__in=[space.pk for space in spaces])
    columns = ("space", "theme__slug", "theme__names__language", "theme__names__name")
    found = named_by(rows.order_by("theme__slug").values_list(*columns))
    for space in spaces:
        space.theme_names = found.get(space.pk, [])
