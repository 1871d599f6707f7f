"""The record: what staff, facilitators and moderators did. Rows are added, never changed, and hang together.

A row is written in the transaction of the deed and sealed right after its commit: it gets its number and a digest
over itself and the digest before it. Sealing takes turns on one row, in a transaction of its own that holds nothing
else: two deeds at once neither wait for each other nor lock each other out. Whatever was left unsealed (a process
that died in between) is sealed with the next row, by `tick`, and before every verification.

The digest covers ids and not names, and of the reason a salted digest alone: when a person is erased, what was
written of them goes (words and salt) and the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Final

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

BATCH: Final = 500
HEAD: Final = 1


class RecordQuerySet(models.QuerySet["Record"]):
    def update(self, **_columns: Any) -> int:
        raise TypeError("The record is append-only.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("The record is append-only.")

    def with_line(self) -> RecordQuerySet:
        """What a line of a list shows."""
        return self.select_related("actor", "person")

    def of_office(self) -> RecordQuerySet:
        """What staff did as staff. Deeds inside a space are not among them, whoever did them."""
        from communities.verbs import OF_STAFF

        return self.filter(Q(space__isnull=True) | Q(verb__in=OF_STAFF))

    def concerning(self, user_id: int) -> RecordQuerySet:
        """One person's own: what they did, and what was done to them."""
        return self.filter(Q(actor=user_id) | Q(person=user_id))

    def for_moderators(self) -> RecordQuerySet:
        """Who asked to come in, and why somebody was removed, is the facilitators' to know."""
        from communities.verbs import OF_MODERATION

        return self.filter(verb__in=OF_MODERATION)


class Record(models.Model):
    verb = models.CharField(max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # The id stays when the space is gone: a column that changes would break the chain.
    space = models.ForeignKey(
        "communities.Space",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="records",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)
    reason_salt = models.CharField(max_length=32, blank=True, editable=False)
    reason_digest = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # Both empty until it is sealed.
    number = models.PositiveBigIntegerField(null=True, unique=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        app_label = "communities"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["digest"], name="record_unsealed", condition=Q(digest="")),
            models.Index(fields=["space", "-id"], name="record_by_space"),
        ]

    def __str__(self) -> str:
        return f"record {self.pk} ({self.verb})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("The record is append-only.")
        if self.reason:
            self.reason_salt = secrets.token_hex(16)
            self.reason_digest = digest_of_reason(self.reason_salt, self.reason)
        super().save(*args, **kwargs)
        transaction.on_commit(seal, robust=True)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("The record is append-only.")


class RecordHead(models.Model):
    """One row: how many there are and the last digest, so that a cut at the end shows as well."""

    count = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        app_label = "communities"

    def __str__(self) -> str:
        return f"{self.count}:{self.digest}"


def digest_of_reason(salt: str, reason: str) -> str:
    return hashlib.sha256(f"{salt}:{reason}".encode()).hexdigest()


def digest_of(row: Record, number: int, before: str) -> str:
    """Who, what, to whom, where, when, why, and all that went before. The form is for good: rows are checked by it."""
    held = [
        before,
        number,
        row.verb,
        row.actor_id,
        row.space_id,
        row.person_id,
        row.created_at.astimezone(UTC).isoformat(timespec="microseconds"),
        row.reason_digest,
    ]
    return hashlib.sha256(json.dumps(held, separators=(",", ":")).encode()).hexdigest()


def seal() -> int:
    """Seals what is committed and not sealed yet, oldest first. Returns how many rows."""
    sealed = 0
    while done := _seal_some():
        sealed += done
    return sealed


@transaction.atomic
def _seal_some() -> int:
    rows = Record.objects.filter(digest="").order_by("pk")
    if not rows.exists():
        return 0
    head = _locked_head()
    batch = list(rows[:BATCH])
    for row in batch:
        head.count += 1
        head.digest = digest_of(row, head.count, head.digest)
        _columns(Q(pk=row.pk), number=head.count, digest=head.digest)
    head.save()
    return len(batch)


def _locked_head() -> RecordHead:
    """Writing to it first makes others wait, on both databases."""
    if not RecordHead.objects.filter(pk=HEAD).update(count=F("count")):
        RecordHead.objects.bulk_create([RecordHead(pk=HEAD)], ignore_conflicts=True)
        RecordHead.objects.filter(pk=HEAD).update(count=F("count"))
    return RecordHead.objects.get(pk=HEAD)


def forget_reasons(which: Q) -> None:
    """For an erasure: the words go, their salt too, so that nobody can try words against the digest."""
    _columns(which & ~Q(reason=""), reason="", reason_salt="")


def _columns(which: Q, **columns: Any) -> None:
    """The two changes that a row knows; the triggers of the database let no other one through."""
    models.QuerySet(Record).filter(which).update(**columns)


# Verification ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """`number` is the place in the record at which something is wrong."""

    number: int
    what: str

    def __str__(self) -> str:
        return f"{self.number}: {self.what}"


MISSING: Final = "removed"
CHANGED: Final = "changed, or not in its place"
REASON: Final = "its reason was changed or taken out"
CUT: Final = "the end does not fit: rows were removed or added behind the back of the record"


def verify() -> Iterator[Finding]:
    """Every edit, removal and reordering since the record began. Seals first what waits for it."""
    seal()
    before, due = "", 1
    for row in Record.objects.exclude(digest="").order_by("number").iterator(chunk_size=BATCH):
        number = row.number or 0
        yield from (Finding(missing, MISSING) for missing in range(due, number))
        # After a gap nobody can say what went before: the row is checked by its successor.
        if number == due and row.digest != digest_of(row, number, before):
            yield Finding(number, CHANGED)
        if not _reason_holds(row):
            yield Finding(number, REASON)
        before, due = row.digest, number + 1
    head = RecordHead.objects.filter(pk=HEAD).first() or RecordHead()
    if (head.count, head.digest) != (due - 1, before):
        yield Finding(head.count, CUT)


def _reason_holds(row: Record) -> bool:
    if row.reason:
        return row.reason_digest == digest_of_reason(row.reason_salt, row.reason)
    return not row.reason_digest or _was_erased(row)


def _was_erased(row: Record) -> bool:
    """A reason may be gone when the record itself says later that one of the two was erased."""
    people = [person for person in (row.actor_id, row.person_id) if person]
    later = Record.objects.filter(verb="account_erased", person__in=people, number__gt=row.number)
    return later.exists()
