from tests.routes import Route

ROUTES = [
    Route("resource_feed", "open", make=lambda space: {}),
    Route(
        "resource_citation",
        "owner",
        make=None,
        note="of a public resource alone: tests/news/test_resources_citation.py",
    ),
]
