"""A post that had arrived, sent once more with other words: both are shown, and none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from communities.submissions import FIELD, SentBefore, put_in
from forum.forum_conversation.models import Post
from forum.history import version_of_post

if TYPE_CHECKING:
    from communities.models import Space
    from forum.forms.writing import WritingForm


def sent_before(request: HttpRequest, space: Space, form: WritingForm, before: SentBefore) -> HttpResponse:
    """One's first text may be changed into the second, or the second published beside it, with a key of its own."""
    first = _first(request, space, before.answer)
    put_in(form, FIELD, before.fresh)
    form.hold()
    context: dict[str, Any] = {
        "space": space,
        "tab": "forum",
        "form": form,
        "first": first,
        "had_files": bool(request.FILES),
    }
    if first is not None and first.may_be_edited_by(request.user, space.rights) and not first.topic.is_locked:
        context["version"] = version_of_post(first)
        context["edit_url"] = reverse("forum:post_edit", args=[space.slug, first.public_id])
    return render(request, "forum/sent_before.html", context, status=409)


def _first(request: HttpRequest, space: Space, answer: str) -> Post | None:
    """What came of the first sending, a topic or a reply; None when it is out of sight meanwhile."""
    opens = Q(topic__public_id=answer, topic__first_post=F("pk"))
    rows = Post.objects.in_space(space).filter(
        Q(public_id=answer) | opens, approved=True, topic__approved=True
    )
    found = rows.select_related("topic").filter(poster=request.user.pk).first()
    if found is not None:
        found.topic.space = space
    return found
