"""The access table of addresses, gathered from every room, and the URLconf it is held against."""

import importlib
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from tests.routes import Route

TESTS = Path(__file__).parent

# Addresses that belong to no room of ours, or to config.
WIRING = [
    Route("front_door", "open"),
    Route("health", "open"),
    Route("robots", "open"),
    Route("security_txt", "open"),
    Route("manifest", "open"),
    Route("favicon", "open"),
    Route("face_css", "open"),
    Route("config.views.one_door", "open", make=None, note="walls: each leads to the one sign-in view"),
    Route("rendition", "open", make=None, note="pictures of public pages; tests/config"),
    Route("wagtail_serve", "open", make=None, note="public pages; tests/pages"),
]
# name spaces mounted whole: (prefix of the name, policy, where they are tried)
MOUNTED = [
    ("wagtail", "cms", "Wagtail's admin and document view: behind CmsDoorMiddleware, tests/config"),
    ("account_", "thirdparty", "allauth: tests/profiles"),
    ("mfa_", "thirdparty", "allauth: tests/profiles"),
    ("usersessions_", "thirdparty", "allauth: tests/profiles"),
]


def declared() -> dict[str, Route]:
    routes = {route.name: route for route in WIRING}
    for path in sorted(TESTS.glob("*/routes.py")):
        module = importlib.import_module(f"tests.{path.parent.name}.routes")
        for route in module.ROUTES:
            assert route.name not in routes, f"{route.name} is declared twice"
            routes[route.name] = route
    return routes


def mounted(resolver: URLResolver | None = None, path: str = "", namespaces: tuple = ()) -> dict[str, str]:
    """name -> path pattern, for every pattern of the URLconf."""
    found = {}
    resolver = resolver or get_resolver()
    for pattern in resolver.url_patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = namespaces + ((pattern.namespace,) if pattern.namespace else ())
            found |= mounted(pattern, here, inner)
        elif isinstance(pattern, URLPattern):
            name = pattern.name or f"{pattern.callback.__module__}.{pattern.callback.__name__}"
            found[":".join((*namespaces, name))] = here
    return found
