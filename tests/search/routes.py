"""The addresses of this room."""

from tests.routes import Route

ROUTES = [Route("search:search", "open", make=lambda space: {})]
