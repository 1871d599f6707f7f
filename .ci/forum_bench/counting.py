"""How many statements an answer took, in a header: for the settings of the benchmark alone."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

HEADER = "X-Statements"
# Not the application's doing: a transaction's ends, and the first words on a connection.
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET ", "SELECT 1", "PRAGMA")


class Counting:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = 0

        def count(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
            nonlocal asked
            asked += not sql.startswith(NOT_COUNTED)
            return execute(sql, *args)

        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response[HEADER] = str(asked)
        return response


def trivial(request: HttpRequest) -> HttpResponse:
    """The yardstick: one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM django_migrations WHERE id = 1")
        return HttpResponse(str(cursor.fetchone()))
