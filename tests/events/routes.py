from tests.events.making import announced
from tests.routes import Route


def _open_event(space):
    return {"slug": announced(None).slug}


ROUTES = [
    Route("events:events", "open"),
    # Events of spaces: tests/events/test_visibility.py tries person × visibility × openness.
    Route("events:event", "open", make=_open_event),
    Route("events:event_ics", "open", make=_open_event),
    Route("events:space_events", "space:read"),
    Route("events:event_new", "space:announce"),
]
