"""The full-text index, by vendor. Both index the analysed columns as they are: no stemming, no folding."""

from django.db import migrations

# `é` parts title and body: our analyser never emits it, so no phrase runs from one into the other, as in FTS5.
POSTGRESQL = [
    """
    ALTER TABLE search_searchentry
      ADD COLUMN terms_vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title_terms), 'A')
        || setweight(to_tsvector('simple'::regconfig, 'é ' || body_terms), 'B')
      ) STORED,
      ADD COLUMN title_vector tsvector GENERATED ALWAYS AS (
        to_tsvector('simple'::regconfig, title_words)
      ) STORED
    """,
    "CREATE INDEX search_terms_vector ON search_searchentry USING gin (terms_vector)",
    "CREATE INDEX search_title_vector ON search_searchentry USING gin (title_vector)",
]
POSTGRESQL_BACK = ["ALTER TABLE search_searchentry DROP COLUMN terms_vector, DROP COLUMN title_vector"]

_COLUMNS = "title_terms, body_terms, title_words"
_OLD = "old.title_terms, old.body_terms, old.title_words"
_NEW = "new.title_terms, new.body_terms, new.title_words"
_ADD = f"INSERT INTO search_index (rowid, {_COLUMNS}) VALUES (new.id, {_NEW});"  # noqa: S608 -- constants
# FTS5 takes a row out by being told what it held.
_TAKE = f"INSERT INTO search_index (search_index, rowid, {_COLUMNS}) VALUES ('delete', old.id, {_OLD});"  # noqa: S608
SQLITE = [
    f"""
    CREATE VIRTUAL TABLE search_index USING fts5(
      {_COLUMNS}, content='search_searchentry', content_rowid='id', tokenize="unicode61 remove_diacritics 0"
    )
    """,
    f"CREATE TRIGGER search_put AFTER INSERT ON search_searchentry BEGIN {_ADD} END",
    f"CREATE TRIGGER search_drop AFTER DELETE ON search_searchentry BEGIN {_TAKE} END",
    f"""
    CREATE TRIGGER search_change AFTER UPDATE OF {_COLUMNS} ON search_searchentry
    BEGIN {_TAKE} {_ADD} END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER search_put",
    "DROP TRIGGER search_drop",
    "DROP TRIGGER search_change",
    "DROP TABLE search_index",
]


def create(apps, schema_editor):
    _run(schema_editor, {"postgresql": POSTGRESQL, "sqlite": SQLITE})


def remove(apps, schema_editor):
    _run(schema_editor, {"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK})


def _run(schema_editor, by_vendor):
    for statement in by_vendor[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, remove)]
