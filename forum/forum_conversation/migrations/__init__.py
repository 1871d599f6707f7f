"""Ours follow machina's own, which stay where they are."""

from machina.apps.forum_conversation import migrations as theirs

__path__ += theirs.__path__
