"""What hangs on a topic besides its posts, in whatever table, when posts or a whole topic go to another one.

Found through the models, so that a table that is added later needs no line here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db import models

from forum.forum_conversation.models import Post, Topic

# Their own code takes care of them (moving, rereading.py).
APART: Final = {"post", "readmark", "moved", "topic_subscribers"}
OF_TOPIC: Final = {"first_post", "last_post"}


class Conflict(Exception):
    """Both topics have a row in a table that allows one for each."""


def follow_posts(posts: Sequence[int], old: Topic, new: Topic) -> None:
    """Rows that name a post and its topic go with the post; what the old topic says of it alone is taken back."""
    for rows, topic in _tables():
        for name in _columns_to(rows.model, Post):
            rows.filter(**{topic: old.pk, f"{name}__in": posts}).update(**{topic: new.pk})
    # A chosen answer is one to the question that stays: away from it, it is an answer to nothing, and the question
    # is open again.
    for name in _chosen_posts():
        Topic.objects.filter(pk=old.pk, **{f"{name}__in": posts}).update(**{name: None})


def follow_topic(old: Topic, new: Topic) -> None:
    """Raises Conflict. Where a person has a row of both topics, the one of the new topic stays."""
    for rows, topic in _tables():
        mine = rows.filter(**{topic: old.pk})
        rules = list(_unique_with(rows.model, topic))
        if [] in rules and mine.exists() and rows.filter(**{topic: new.pk}).exists():
            raise Conflict
        for others in filter(None, rules):
            for row in mine.values("pk", *others):
                pk = row.pop("pk")
                if rows.filter(**{topic: new.pk}, **row).exists():
                    rows.filter(pk=pk).delete()
        mine.update(**{topic: new.pk})
    for name in _chosen_posts():
        here, there = (
            Topic.objects.filter(pk=pk).values_list(name, flat=True).get() for pk in (old.pk, new.pk)
        )
        if here and there:
            raise Conflict
        Topic.objects.filter(pk=old.pk).update(**{name: None})
        if here:
            Topic.objects.filter(pk=new.pk).update(**{name: here})


def _tables() -> Iterator[tuple[models.QuerySet[Any], str]]:
    """(all rows, the column that leads to the topic)"""
    # Hidden ones too: a relation that has no name on the topic is one all the same.
    for relation in Topic._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel) or relation.many_to_many:
            continue
        model: Any = relation.related_model
        if model._meta.auto_created or model._meta.model_name in APART:
            continue
        yield model._base_manager.all(), relation.field.name


def _columns_to(model: Any, target: type[models.Model]) -> list[str]:
    return [f.name for f in model._meta.fields if f.is_relation and f.related_model is target]


def _chosen_posts() -> list[str]:
    return [name for name in _columns_to(Topic, Post) if name not in OF_TOPIC]


def _unique_with(model: Any, column: str) -> Iterator[list[str]]:
    """The other columns of each rule by which rows of one topic are unique."""
    sets = [
        list(rule.fields) for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)
    ]
    sets += [list(rule) for rule in model._meta.unique_together]
    sets += [[column]] if model._meta.get_field(column).unique else []
    yield from ([name for name in rule if name != column] for rule in sets if column in rule)
