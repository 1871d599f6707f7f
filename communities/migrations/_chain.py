"""Chains the record as it is, and lets the database refuse what the code never does.

As the record's first digest was made: changing this later would break the chain of sites that have it.
"""

import hashlib
import json
import secrets
from datetime import UTC

REFUSAL = "The record is append-only."
# Content never changes; a place and a digest are given once; a reason can only go.
WRONG = """
    {new}.id IS DISTINCT FROM {old}.id OR {new}.verb IS DISTINCT FROM {old}.verb
    OR {new}.actor_id IS DISTINCT FROM {old}.actor_id OR {new}.space_id IS DISTINCT FROM {old}.space_id
    OR {new}.person_id IS DISTINCT FROM {old}.person_id
    OR {new}.created_at IS DISTINCT FROM {old}.created_at
    OR {new}.reason_digest IS DISTINCT FROM {old}.reason_digest
    OR ({old}.digest <> '' AND ({new}.number IS DISTINCT FROM {old}.number
                                OR {new}.digest IS DISTINCT FROM {old}.digest))
    OR ({new}.reason <> {old}.reason AND {new}.reason <> '')
    OR ({new}.reason_salt <> {old}.reason_salt AND {new}.reason_salt <> '')
"""
_PG_WRONG = WRONG.format(new="NEW", old="OLD")
_LITE_WRONG = WRONG.format(new="NEW", old="OLD").replace("IS DISTINCT FROM", "IS NOT")
POSTGRESQL = [
    f"""
    CREATE FUNCTION communities_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN RAISE EXCEPTION '{REFUSAL}'; END IF;
      IF {_PG_WRONG} THEN RAISE EXCEPTION '{REFUSAL}'; END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER communities_record_kept BEFORE UPDATE OR DELETE ON communities_record
    FOR EACH ROW EXECUTE FUNCTION communities_record_refuse()
    """,
]
SQLITE = [
    f"""
    CREATE TRIGGER communities_record_kept BEFORE UPDATE ON communities_record
    WHEN {_LITE_WRONG} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,
    f"""
    CREATE TRIGGER communities_record_stays BEFORE DELETE ON communities_record
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER communities_record_kept ON communities_record",
    "DROP FUNCTION communities_record_refuse()",
]
SQLITE_BACK = ["DROP TRIGGER communities_record_kept", "DROP TRIGGER communities_record_stays"]


def chain(apps, schema_editor):
    record, head_of = apps.get_model("communities", "Record"), apps.get_model("communities", "RecordHead")
    count, digest = 0, ""
    for row in record.objects.order_by("pk").iterator(chunk_size=500):
        if row.reason:
            row.reason_salt = secrets.token_hex(16)
            row.reason_digest = hashlib.sha256(f"{row.reason_salt}:{row.reason}".encode()).hexdigest()
        count += 1
        digest = row.digest = _digest(row, count, digest)
        row.number = count
        row.save(update_fields=["reason_salt", "reason_digest", "number", "digest"])
    head_of.objects.update_or_create(pk=1, defaults={"count": count, "digest": digest})


def _digest(row, number, before):
    moment = row.created_at.astimezone(UTC).isoformat(timespec="microseconds")
    held = [before, number, row.verb, row.actor_id, row.space_id, row.person_id, moment, row.reason_digest]
    return hashlib.sha256(json.dumps(held, separators=(",", ":")).encode()).hexdigest()


def guard(apps, schema_editor):
    _run(schema_editor, {"postgresql": POSTGRESQL, "sqlite": SQLITE})


def let_go(apps, schema_editor):
    _run(schema_editor, {"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK})


def _run(schema_editor, by_vendor):
    if schema_editor.connection.vendor == "postgresql":
        # Foreign keys are checked at the end of a transaction; a table with checks waiting takes no trigger.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE", params=None)
    for statement in by_vendor[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
