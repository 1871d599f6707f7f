"""What is left of a person's words when they leave for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from files import store
from files.models import StoredFile
from forum import bin, entries, marks, polling, uploads
from forum.forum_conversation.models import Post, Topic
from forum.models import Hiding, PostFile, Report, Revision, Upload
from forum.talking import mentions

if TYPE_CHECKING:
    from profiles.models import User


def erase(user: User, words_too: bool) -> None:
    """Posts stay where they stand and are counted as before; what they said is gone if the author wants that.

    A topic keeps its title, and a decision its options: they name what belongs to others as well.
    """
    marks.forget(user)
    polling.forget(user)
    mentions.forget(user)
    bin.forget(user)
    uploads.discard_all(Upload.objects.filter(user=user.pk))
    Report.objects.filter(by=user).exclude(settled_at=None).delete()
    # Written about them: it goes with them, as a reason in the record does.
    Report.objects.filter(post__poster=user).update(words="")
    Hiding.objects.filter(post__poster=user).update(reason="")
    own = Post.objects.filter(poster=user.pk)
    own.update(updated_by=None, update_reason="", username="")
    if not words_too:
        return
    Report.objects.filter(by=user.pk).update(words="")
    Hiding.objects.filter(by=user.pk).update(reason="")
    files = PostFile.objects.filter(post__poster=user.pk)
    kept = list(StoredFile.objects.filter(pk__in=files.values("stored")))
    files.delete()
    for stored in kept:
        store.discard(stored)
    Revision.objects.filter(post__poster=user.pk).delete()
    own.update(content="", _content_rendered="", updates_count=0)
    entries.drop_replies(own.values_list("pk", flat=True))
    entries.put_all(entries.of_topics(Topic.objects.filter(poster=user.pk, approved=True)))
