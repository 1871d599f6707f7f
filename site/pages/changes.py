"""Hears every write to the database, and turns `communities.freshness` for what a public page may show.

Rooms say `freshness.changed()` where they know it. That alone would rest on nobody ever forgetting it, in an
`update()`, a cascade, a package's own tables; what was withdrawn would then stand there for minutes. So it is the
other way round: whatever is written counts as public, except for the tables named here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from django.db.backends.signals import connection_created

from communities import freshness

# Read by no page that is kept (a test holds every one of them against this list), and written all the time.
UNSEEN: Final = (
    "account_",
    "communities_activity",
    "communities_grant",
    "communities_notification",
    "communities_record",
    "communities_submission",
    "django_content_type",
    "django_migrations",
    "django_session",
    "django_tasks",
    "entrance_",
    "forum_conversation_topic_subscribers",
    "forum_tracking_",
    "mfa_",
    "pages_baseline",
    "pages_tree",
    "pages_wish",
    "news_comments_follower",
    "news_comments_guest",
    "news_comments_report",
    "news_comments_subscription",
    "profiles_block",
    "profiles_contactrequest",
    "profiles_follow",
    "search_",
    "space_forum_readmark",
    "sqlite_",
    "usersessions_",
    "wagtail_localize_",
    "wagtailadmin_",
    "wagtailcore_apitoken",
    "wagtailcore_comment",
    "wagtailcore_modellogentry",
    "wagtailcore_pagelogentry",
    "wagtailcore_pagesubscription",
    "wagtailcore_referenceindex",
    "wagtailcore_revision",
    "wagtailcore_task",
    "wagtailcore_uploadedfile",
    "wagtailcore_workflow",
    # Made while a page is rendered, and of the image's row, which is heard, alone.
    "wagtailimages_rendition",
    "wagtailsearch_",
    "wagtailusers_",
)
_READS: Final = (
    "SELECT",
    "(SELECT",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "PRAGMA",
    "BEGIN",
    "EXPLAIN",
    "SHOW",
    "SET ",
)
_WRITTEN: Final = re.compile(
    r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"?(\w+)", re.IGNORECASE
)
# Signing in changes nothing that anybody else sees.
_SIGNED_IN: Final = re.compile(r'UPDATE "profiles_user" SET "last_login" = [^,]+ WHERE')


def listen() -> None:
    connection_created.connect(_attach, dispatch_uid="pages.changes")


def _attach(connection: Any, **kwargs: Any) -> None:
    if hear not in connection.execute_wrappers:
        connection.execute_wrappers.append(hear)


def hear(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    result = execute(sql, params, many, context)
    if not str(sql).startswith(_READS) and changes_public(str(sql)):
        freshness.changed()
    return result


def changes_public(sql: str) -> bool:
    """True for whatever is not plainly a write to one of the tables above."""
    if sql.lstrip().upper().startswith(_READS):
        return False
    written = _WRITTEN.match(sql)
    if written is None:
        return True
    return not written[1].startswith(UNSEEN) and not _SIGNED_IN.match(sql)
