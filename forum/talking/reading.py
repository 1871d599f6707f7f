"""What in a rendered text depends on who reads it: names of people, and the ways back to quoted posts.

The stored text has neither names nor addresses of the space: a name that was changed or forgotten, a slug that
was drawn anew are right everywhere at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from communities.permissions import in_network
from forum.talking.models import Mention

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from forum.forum_conversation.models import Post

_REL: Final = 'rel="nofollow noopener ugc"'
# As `communities.markup.render` writes `[@](/people/<id>/)` and `[↩](#p<id>)`.
_PERSON: Final = re.compile(rf'<a href="/people/(\w+)/" {_REL}>@</a>')
_POST: Final = re.compile(rf'<a href="#p(\w+)" {_REL}>↩</a>')
BACK: Final = "↩"


def bare(rendered: str) -> str:
    """Without what stands for people and posts: for the search, which knows no reader."""
    return _POST.sub("", _PERSON.sub("", rendered))


def with_names(rendered: str, people: Iterable[int]) -> str:
    """For its own author, before it is published."""
    rows = get_user_model().objects.filter(pk__in=list(people)) if people else ()
    names = {person.public_id: _shown(person, person, True) for person in rows}
    return _PERSON.sub(lambda match: names.get(match[1], match[0]), rendered)


def for_reader(posts: Sequence[Post], space: Space, reader: AnyUser) -> None:
    """Puts in, in memory only, what stands for people and posts. One query where somebody is named, else none."""
    named = [post for post in posts if '">@</a>' in post._content_rendered]
    if named:
        _put_names(named, _names(posts, named, space, reader))
    here = {post.public_id for post in posts}
    for post in posts:
        if ">↩</a>" in post._content_rendered:
            post._content_rendered = _POST.sub(_way_back(space, here), post._content_rendered)


def _names(
    posts: Sequence[Post], named: list[Post], space: Space, reader: AnyUser
) -> dict[tuple[int, str], str]:
    """Outside the space a member is named only where they write themselves."""
    rows = Mention.objects.filter(post__in=[post.pk for post in named]).select_related("person")
    voices = {post.poster_id for post in posts}
    is_inside = space.rights.is_inside
    return {
        (row.post_id, row.person.public_id): _shown(row.person, reader, is_inside or row.person_id in voices)
        for row in rows
    }


def _shown(person: Any, reader: AnyUser, may_know: bool) -> str:
    if not person.email:
        return format_html('<span class="mention">@{}</span>', _("Former member"))
    if not may_know:
        return format_html('<span class="mention">@{}</span>', _("a member of this space"))
    name = format_html("@<bdi>{}</bdi>", person.display_name)
    if not (in_network(reader) and person.is_active and person.is_approved):
        return format_html('<span class="mention">{}</span>', name)
    own = format_html(" {}", "own") if person.pk == reader.pk else ""
    return format_html('<a class="mention{}" href="{}">{}</a>', own, person.get_absolute_url(), name)


def _put_names(named: list[Post], names: dict[tuple[int, str], str]) -> None:
    """What nobody bound (typed by hand) stays a link without a name: it asks for the right itself."""
    for post in named:
        post._content_rendered = _PERSON.sub(
            lambda match, pk=post.pk: names.get((pk, match[1]), match[0]),  # type: ignore[misc]
            post._content_rendered,
        )


def _way_back(space: Space, here: set[str]) -> Any:
    """To the place on this page, or to the post's own address, which asks whether it may be read."""
    posts = f"{reverse('forum:topics', args=[space.slug])}posts/"
    words = _("Show the quoted post")

    def link(match: re.Match[str]) -> str:
        url = f"#p{match[1]}" if match[1] in here else f"{posts}{match[1]}/"
        return format_html('<a href="{}">{}<span class="hush">{}</span></a>', url, BACK, words)

    return link
