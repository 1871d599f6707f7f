import time

import pytest

from forum.forum_conversation.models import Topic
from forum.posting import open_topic, reply


@pytest.fixture
def topic_in(facilitator):
    """Opens a topic of the facilitator's in a space, with so many replies of hers."""

    def make(space, replies: int = 0, subject: str = "A subject", content: str = "Opening words") -> Topic:
        topic = open_topic(space, facilitator, subject, content, "en")
        for number in range(replies):
            reply(topic, facilitator, f"Reply {number + 1}")
        return topic

    return make


@pytest.fixture
def slowly(monkeypatch):
    """`slowly(module, name)`: what that function does takes long enough for whoever runs beside it."""

    def make(module, name):
        quick = getattr(module, name)

        def slow(*args, **kwargs):
            result = quick(*args, **kwargs)
            time.sleep(0.2)
            return result

        monkeypatch.setattr(module, name, slow)

    return make
