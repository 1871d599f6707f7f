"""Moving a topic to another space, splitting answers off, making one topic of two. Each is one transaction.

Nothing is copied and nothing deleted: posts keep their ids, so that their addresses, files, reports and all that
hangs on them hold. Of two topics that become one, the row of the first stays as an empty number that nobody sees.
"""

from forum.moving.merging import merge
from forum.moving.readers import Change, change_of_readers
from forum.moving.relocating import move
from forum.moving.rows import Unmovable
from forum.moving.splitting import split

__all__ = ["Change", "Unmovable", "change_of_readers", "merge", "move", "split"]
