"""What readers said to a post, below it: chips with counts, and the menu to say something oneself.

Put together here rather than in a template: twenty posts with five buttons each would cost more there than all
the rest of the page. All buttons belong to the one form `react` of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from forum.talking.reactions import ICONS, Kind, Said, Tally, tallies

if TYPE_CHECKING:
    from communities.models import Space
    from communities.permissions import AnyUser
    from forum.forum_conversation.models import Post

# Stands for the address of the post where a piece is the same for all of them.
HERE: Final = "\0"
BUTTON: Final = '<button{} form="react" formaction="{}" name="{}" value="{}"{}>{}</button>'


@lru_cache(maxsize=len(settings.LANGUAGES) + 1)
def _drawn(language: str) -> list[SafeString]:
    """Icons and words, which are the same on every page in that language."""
    kinds = [(ICONS[kind], kind.label) for kind in Kind]
    drawn = render_to_string("forum/reaction_words.html", {"kinds": kinds})
    return [SafeString(line) for line in drawn.strip().split("\n")]


class Feet:
    """For one page and one reader: what is the same below every post is made once."""

    def __init__(self, space: Space, reader: AnyUser) -> None:
        self.reader = reader
        self.may_react = space.rights.allows("react")
        self.may_see_who = space.rights.allows("see_members")
        self.posts_url = f"{reverse('forum:topics', args=[space.slug])}posts/"
        self.menu_words, self.who_words, *words = _drawn(get_language() or "")
        self.words = dict(zip(Kind.values, words, strict=True))
        self.menus: dict[frozenset[str], SafeString] = {}

    def put_under(self, posts: Sequence[Post]) -> None:
        """`post.foot`. One query where anybody said anything, else none."""
        found = tallies(posts, self.reader)
        for post in posts:
            post.foot = self.of(post, found.get(post.pk) or Tally())

    def of(self, post: Post, tally: Tally) -> SafeString:
        url = f"{self.posts_url}{post.public_id}/reactions/"
        chips = format_html_join("", "{}", ((self._chip(said, url),) for said in tally.said))
        who = format_html('<a class="btn bare" href="{}">{}</a>', url, self.who_words)
        who = who if tally.said and self.may_see_who else SafeString("")
        menu = (
            SafeString(self._menu(frozenset(tally.own)).replace(HERE, url))
            if self.may_react
            else SafeString("")
        )
        return menu + chips + who

    def _chip(self, said: Said, url: str) -> SafeString:
        words = format_html("{} <b>{}</b>", self.words[said.kind], number_format(said.count))
        if not self.may_react:
            return format_html('<span class="chip">{}</span>', words)
        name, pressed = ("take", "true") if said.is_own else ("give", "false")
        state = format_html(' aria-pressed="{}"', pressed)
        return format_html(BUTTON, SafeString(' class="chip"'), url, name, said.kind, state, words)

    def _menu(self, own: frozenset[str]) -> SafeString:
        """What one has said already is taken back by its chip."""
        if own not in self.menus:
            items = (
                (format_html(BUTTON, "", HERE, "give", kind, "", words),)
                for kind, words in self.words.items()
                if kind not in own
            )
            self.menus[own] = format_html(
                '<details class="menu"><summary>{}</summary><ul class="menu-box">{}</ul></details>',
                self.menu_words,
                format_html_join("", "<li>{}</li>", items),
            )
        return self.menus[own]
