"""The whole database read for words: what was to be forgotten stands in no column of no table."""

import json

from django.db import connection


def columns_with(*words: str) -> set[str]:
    """ "table.column", wherever one of `words` stands, text or bytes.

    From the schema itself: a table that somebody adds tomorrow is read as well.
    """
    needles = {form for word in words for form in (word.lower(), json.dumps(word)[1:-1].lower())}
    found_in = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if any(needle in plain(value) for needle in needles):
                        found_in.add(f"{table}.{column}")
    return found_in


def plain(value) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode(errors="ignore").lower()
    return value.lower() if isinstance(value, str) else str(value).lower() if value is not None else ""
