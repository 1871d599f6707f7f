from tests.routes import Route

ROUTES = [
    Route(
        "stored_file",
        "owner",
        make=None,
        note="the room that owns the file decides: tests/forum/test_attachments.py",
    ),
]
