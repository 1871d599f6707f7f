"""Others posted while somebody wrote: shown once, before the answer is published beside them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest

from communities.submissions import put_in
from forum.forum_conversation.models import Post

if TYPE_CHECKING:
    from forum.forms.posts import ReplyForm
    from forum.forum_conversation.models import Topic

# Seconds. A lively conversation is read while it goes on: asking in it would only be in the way. Who wrote for
# longer than that has not seen what came, and may wish to answer it as well.
UNASKED: Final = 60
MOST_SHOWN: Final = 5
LONGEST: Final = 30  # characters


def seen_now(topic: Topic) -> str:
    """For a hidden field: the last post there is, and when that was. Nobody gains anything by changing it."""
    return f"{topic.last_post_id or 0}.{int(time.time())}"


def asks_first(request: HttpRequest, topic: Topic, form: ReplyForm) -> bool:
    """True, with `form.newer` to be shown, when others wrote since the form was opened, a minute ago or longer.

    Asked once: the form that is shown again has seen them. No query where nothing is newer.
    """
    seen, _dot, at = form.cleaned_data.get("seen", "")[:LONGEST].partition(".")
    if not ((seen + at).isascii() and seen.isdecimal() and at.isdecimal()) or int(seen) >= (
        topic.last_post_id or 0
    ):
        return False
    if time.time() - int(at) < UNASKED:
        return False
    others = Post.objects.of(topic).filter(pk__gt=int(seen)).exclude(poster=request.user.pk)
    form.newer = list(others.with_voice(topic.space)[:MOST_SHOWN])
    put_in(form, "seen", seen_now(topic))
    return bool(form.newer)
