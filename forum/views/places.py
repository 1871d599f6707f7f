"""Where topics and posts stand."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from communities.models import Space
from forum.forum_conversation.models import Post, Topic
from forum.paging import page_of_position
from forum.ready import topic_of


def topic_or_404(request: HttpRequest, space: Space, public_id: str) -> Topic:
    """One of the space that was authorised."""
    found = topic_of(space, request.user, public_id)
    if found is None:
        raise Http404
    return found


def address_of(post: Post, *, is_last: bool = False) -> str:
    """The page of the topic that shows the post, and the place on it. `is_last`: the topic at hand has counted it."""
    position = (
        post.topic.posts_count if is_last else Post.objects.of(post.topic).filter(pk__lte=post.pk).count()
    )
    number = page_of_position(position)
    asked = {"page": str(number)} if number > 1 else {}
    # What is folded is opened by the server: not every browser does it for a place inside.
    asked |= {"at": post.public_id} if post.aside else {}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{post.topic.get_absolute_url()}{query}#p{post.public_id}"
