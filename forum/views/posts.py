"""One post: where it stands, and its author's changes."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities.models import Space
from communities.permissions import Refused
from communities.submissions import put_in
from communities.views import space_or_404
from forum.forms.posts import EditForm
from forum.forum_conversation.models import Post
from forum.history import EditedMeanwhile, version_of_post
from forum.moved import post_from
from forum.posting import TopicGone, TopicLocked, edit
from forum.views.places import address_of
from forum.views.writing import words_back, words_kept


def post(request: HttpRequest, slug: str, public_id: str) -> HttpResponseBase:
    """The permanent address of a post leads to the page that shows it today."""
    here = space_or_404(request, slug)
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    try:
        found = post_or_404(here, public_id)
    except Http404:
        there = post_from(request.user, here, public_id)
        if there is None:
            raise
        found = there
    return redirect(address_of(found))


@words_kept
def post_edit(request: HttpRequest, slug: str, public_id: str) -> HttpResponseBase:
    here = space_or_404(request, slug, "edit")
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    try:
        return _edited(request, here, public_id)
    except (Http404, TopicGone):
        if request.method != "POST":
            raise Http404 from None
        return words_back(request, here)


def _edited(request: HttpRequest, here: Space, public_id: str) -> HttpResponseBase:
    found = post_or_404(here, public_id)
    if not found.may_be_edited_by(request.user, here.rights):
        raise Refused("edit", here)
    form = _form(request, found)
    context = {"space": here, "tab": "forum", "post": found, "topic": found.topic, "form": form}
    if request.method == "POST" and "preview" not in request.POST and form.is_valid():
        try:
            edit(found, request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except TopicLocked as refusal:
            form.add_error(None, refusal.reason)
        except EditedMeanwhile as meanwhile:
            put_in(form, "version", version_of_post(meanwhile.now))
            return render(request, "forum/post_form.html", {**context, "now": meanwhile.now}, status=409)
        else:
            messages.success(request, _("Your changes are saved."))
            return redirect(address_of(found))
    return render(request, "forum/post_form.html", context)


def post_or_404(space: Space, public_id: str) -> Post:
    """One of the space that was authorised, in a topic that is shown."""
    rows = Post.objects.filter(approved=True, topic__approved=True, topic__forum__space_tie__space=space)
    found = rows.select_related("topic").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    found.topic.space = space
    return found


def _form(request: HttpRequest, post: Post) -> EditForm:
    opens = post.topic.first_post_id == post.pk
    initial: dict[str, object] = {
        "subject": post.topic.subject,
        "content": post.content.raw,
        "language": post.language,
        "version": version_of_post(post),
    }
    initial["themes"] = list(post.topic.themes.values_list("pk", flat=True)) if opens else []
    sent = request.POST if request.method == "POST" else None
    form = EditForm(sent, opens=opens, space=post.topic.space, initial=initial)
    form.post = post
    return form
