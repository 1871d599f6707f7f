"""machina's topics and posts with our columns. Never import `*` from machina here: it would rebind these names."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from machina.apps.forum_conversation.abstract_models import AbstractPost, AbstractTopic

from communities.public_ids import new_public_id


class Topic(AbstractTopic):
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    # People are emptied, never deleted; machina's cascade would take everyone's replies along.
    poster = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)

    class Meta(AbstractTopic.Meta):
        abstract = False


class Post(AbstractPost):
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    poster = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, related_name="posts", on_delete=models.PROTECT
    )

    class Meta(AbstractPost.Meta):
        abstract = False
        indexes = [models.Index(fields=["topic", "id"], name="post_topic_id")]
