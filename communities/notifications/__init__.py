"""Who hears: an outbox row in the transaction of the deed, a mail after its commit."""

from communities.notifications.delivery import deliver, muted, send_waiting

__all__ = ["deliver", "muted", "send_waiting"]
