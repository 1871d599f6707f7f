from tests.routes import Route

ROUTES = [
    Route(
        "stored_file",
        "owner",
        make=None,
        note="the room that owns the file decides: tests/forum/test_attachments.py",
    ),
    Route(
        "stored_small",
        "owner",
        make=None,
        note="the same door as the file's own: tests/forum/test_attachments.py, tests/files/test_views.py",
    ),
]
