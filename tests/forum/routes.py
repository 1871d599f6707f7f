from datetime import timedelta

from django.utils import timezone

from communities.models import Membership, Space
from communities.roles import Role
from forum import polling
from forum.forum_conversation.models import Post
from forum.kinds import TopicKind
from forum.models import Notice, WaitingPost
from forum.posting import edit, open_topic
from forum.written import Revision
from tests.routes import Route

DRAFTS = "whose draft it is: tests/forum/test_scheduling.py"
FORMS = {"subject": "A subject", "content": "A few words", "language": "fr"}


def written_in(space: Space, by_role: int = Role.FACILITATOR):
    by = Membership.objects.get(space=space, role=by_role, user__is_active=True).user
    return open_topic(space, by, "A subject", "A few words", "fr")


def _topic(space):
    return {"slug": space.slug, "public_id": written_in(space).public_id}


def _decision(space):
    by = Membership.objects.get(space=space, role=Role.FACILITATOR, user__is_active=True).user
    draft = polling.Draft(["This way", "That way"])
    topic = open_topic(space, by, "A decision", "Words", "fr", kind=TopicKind.DECISION, poll=draft)
    return {"slug": space.slug, "public_id": topic.public_id}


def _revision(space):
    """The opening words, changed after the time in which a slip leaves no trace."""
    topic = written_in(space)
    post = Post.objects.select_related("topic").get(pk=topic.first_post.pk)
    Post.objects.filter(pk=post.pk).update(created=timezone.now() - timedelta(hours=1))
    edit(post, post.poster, content="Other words")
    revision = Revision.objects.get(post=post)
    return {"slug": space.slug, "public_id": post.public_id, "revision_id": revision.public_id}


def _post(space):
    return {"slug": space.slug, "public_id": written_in(space).first_post.public_id}


def _waiting(space):
    by = Membership.objects.get(space=space, role=Role.FACILITATOR, user__is_active=True).user
    row = WaitingPost.objects.create(space=space, by=by, subject="A subject", content="Words", language="en")
    return {"slug": space.slug, "public_id": row.public_id}


def _notice(space):
    person = Membership.objects.get(space=space, role=Role.FACILITATOR, user__is_active=True).user
    row = Notice.objects.create(space=space, person=person, words="Words")
    return {"slug": space.slug, "public_id": row.public_id}


ROUTES = [
    Route("forum:topics", "space:read"),
    Route("forum:topic_new", "space:post"),
    Route("forum:people", "space:post"),
    Route("forum:topic", "space:read", make=_topic),
    Route("forum:unread", "space:read", make=_topic),
    Route("forum:reading", "space:subscribe", method="post"),
    Route("forum:post", "space:read", make=_post),
    Route("forum:answers", "space:read", make=_post),
    Route("forum:reactions", "space:see_members", make=_post),
    Route("forum:bookmark", "space:subscribe", make=_post),
    Route("saved:saved", "network"),
    Route(
        "forum:post_edit",
        "space:owner",
        make=_post,
        note="whose post it is decides, after the space: tests/forum/test_views.py",
    ),
    Route("forum:history", "space:read", make=_post),
    Route("forum:revision_hiding", "space:moderate", make=_revision),
    Route("forum:revision_restoration", "space:moderate", make=_revision, method="post"),
    Route("forum:removal", "space:owner", make=_post, note="whose post: tests/forum/test_bin.py"),
    Route(
        "forum:put_back", "space:owner", make=_post, method="post", note="whose post: tests/forum/test_bin.py"
    ),
    Route("forum:bin", "space:remove"),
    Route("forum:draft", "space:post", make=_topic, method="post", data=FORMS),
    Route("forum:topic_draft", "space:post", method="post", data=FORMS),
    Route("forum:publication", "space:owner", make=_topic, method="post", note=DRAFTS),
    Route("forum:topic_publication", "space:owner", method="post", note=DRAFTS),
    Route("drafts:drafts", "network"),
    Route("forum:report_new", "space:report", make=_post),
    Route("forum:cases", "space:moderate"),
    Route("forum:waiting_approval", "space:moderate", make=_waiting, method="post"),
    Route("forum:waiting_refusal", "space:moderate", make=_waiting),
    Route(
        "forum:waiting_withdrawal",
        "space:owner",
        make=_waiting,
        method="post",
        note="its author's alone: tests/forum/test_approving.py",
    ),
    Route("forum:notice", "space:owner", make=_notice, note="one person's: tests/forum/test_approving.py"),
    Route("forum:notice_new", "space:moderate", make=_post),
    Route("forum:hiding", "space:moderate", make=_post),
    Route("forum:restoration", "space:moderate", make=_post, method="post"),
    Route("forum:settlement", "space:moderate", make=_post, method="post"),
    Route(
        "forum:kind",
        "space:owner",
        make=_topic,
        method="post",
        data={"kind": "question"},
        note="whose topic it is decides, after the space: tests/forum/test_kinds.py",
    ),
    *(
        Route(
            f"forum:{name}",
            "space:owner",
            make=_post,
            method="post",
            note="whose question it is decides, after the space: tests/forum/test_solving.py",
        )
        for name in ("solution", "solution_withdrawal")
    ),
    Route("forum:ballot", "space:vote", make=_decision, method="post", data={"choice": "0"}),
    Route("forum:ballot_withdrawal", "space:vote", make=_decision, method="post"),
    *(
        Route(
            f"forum:{name}",
            "space:owner",
            make=_decision,
            method=method,
            note="whose decision it is decides, after the space: tests/forum/test_polling.py",
        )
        for name, method in (("poll_edit", "get"), ("poll_closure", "post"))
    ),
    Route("forum:closure", "space:moderate", make=_topic, method="post"),
    Route("forum:reopening", "space:moderate", make=_topic, method="post"),
    Route("forum:subscription", "space:subscribe", make=_topic),
    Route("forum:space_subscription", "space:subscribe"),
    Route("subscriptions", "account"),
    Route("forum:relocation", "space:moderate", make=_topic),
    Route("forum:pace", "space:moderate", make=_topic),
    Route("forum:split", "space:moderate", make=_topic),
    Route("forum:merger", "space:moderate", make=_topic),
    Route("forum:pin", "space:moderate", make=_topic, method="post"),
    Route("forum:unpinning", "space:moderate", make=_topic, method="post"),
]
