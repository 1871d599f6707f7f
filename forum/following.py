"""How closely a person follows a topic or a whole space: everything, new topics and mentions, mentions, nothing.

Without a row the quiet default holds (recipients.py). What a topic says counts before what its space says. Muted
means nothing at all, as in Discourse: no mail and no line in the list either, mentions included; whoever mutes has
asked not to be reached, and a list that fills up all the same would be one more thing to look away from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from communities.permissions import require

if TYPE_CHECKING:
    from communities.models import Space
    from forum.forum_conversation.models import Topic
    from profiles.models import User


class Level(models.IntegerChoices):
    MUTED = 0, _("Nothing at all")
    MENTIONS = 1, _("Only when somebody mentions me")
    TOPICS = 2, _("New topics, and when somebody mentions me")
    EVERYTHING = 3, _("Everything that is written")


class Subscription(models.Model):
    """Of a topic, or of a space (`topic` is empty)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey("communities.Space", null=True, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(
        "forum_conversation.Topic", null=True, on_delete=models.CASCADE, related_name="subscriptions"
    )
    level = models.PositiveSmallIntegerField(choices=Level)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "topic"], name="one_subscription_per_topic"),
            models.UniqueConstraint(fields=["person", "space"], name="one_subscription_per_space"),
            models.CheckConstraint(
                name="subscription_of_one_thing",
                condition=Q(space=None, topic__isnull=False) | Q(space__isnull=False, topic=None),
            ),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"


def own(user: User, space: Space, topic: Topic | None = None) -> int | None:
    """The level somebody chose; None: the default."""
    return _of(user, space, topic).values_list("level", flat=True).first()


@transaction.atomic
def follow(user: User, space: Space, level: int | None, topic: Topic | None = None) -> None:
    """None: back to the default. Raises Refused."""
    require(user, "subscribe", space)
    if level is None:
        _of(user, space, topic).delete()
        return
    where = {"topic": topic} if topic else {"space": space}
    Subscription.objects.update_or_create(person=user, **where, defaults={"level": level})


def with_level(people: QuerySet[User], space: Space, topic: Topic | None = None) -> Any:
    """`level` of each: the topic's, else the space's, else None."""
    levels = [_level(space=space.pk)]
    if topic is not None:
        levels.insert(0, _level(topic=topic.pk))
    return people.annotate(level=Coalesce(*levels) if len(levels) > 1 else levels[0])


def without_muted(people: QuerySet[User], space: Space, topic: Topic | None = None) -> QuerySet[User]:
    """For whatever reaches a person because of a topic or space: mentions and announcements too."""
    return with_level(people, space, topic).filter(Q(level=None) | Q(level__gt=Level.MUTED))


def hearing_of_topic(people: QuerySet[User], space: Space, default: Exists) -> QuerySet[User]:
    """Of readers: those who asked for new topics, and of those who asked for nothing special the default."""
    return with_level(people, space).filter(Q(level__gte=Level.TOPICS) | (Q(level=None) & Q(default)))


def hearing_of_reply(people: QuerySet[User], space: Space, topic: Topic, default: Q) -> QuerySet[User]:
    """Nobody else is looked at: neither all the people of the network, nor all that each of them ever wrote."""
    asked = Subscription.objects.filter(Q(topic=topic.pk) | Q(space=space.pk)).order_by().values("person")
    rows = with_level(people.filter(default | Q(pk__in=asked)), space, topic)
    # Who asked for nothing special is here by the default.
    return rows.filter(Q(level=Level.EVERYTHING) | Q(level=None))


def forget_in_space(user: User, space: Space) -> None:
    """Leaving erases (house.md, habit 5)."""
    here = Q(space=space.pk) | Q(topic__forum__space_tie__space=space.pk)
    Subscription.objects.filter(here, person=user.pk).delete()


def copy(old: Topic, new: Topic) -> None:
    """For answers that were split off: whoever asked for something goes on as before."""
    rows = Subscription.objects.filter(topic=old.pk).values("person", "level")
    Subscription.objects.bulk_create(
        [Subscription(person_id=row["person"], topic=new, level=row["level"]) for row in rows]
    )


def _of(user: User, space: Space, topic: Topic | None) -> QuerySet[Subscription]:
    where = {"topic": topic.pk} if topic else {"space": space.pk}
    return Subscription.objects.filter(person=user.pk, **where)


def _level(**where: int) -> Subquery:
    return Subquery(Subscription.objects.filter(person=OuterRef("pk"), **where).values("level")[:1])
