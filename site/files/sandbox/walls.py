"""What a child cannot do any more, should a file take it over: open a file, call somebody, gain rights.

Landlock (landlock(7), Linux 5.13 and later; calls over TCP since 6.7). Where the kernel has none, the limits and the
empty environment are all there is: `shut` then says so.
"""

from __future__ import annotations

import ctypes
import os
from typing import Final

CREATE_RULESET, RESTRICT_SELF = 444, 446  # the same numbers on every architecture
ASK_VERSION: Final = 1
NO_NEW_PRIVILEGES: Final = 38
# Bits that each version of the interface knows: of files, of the network, of signals and abstract sockets.
FILES: Final = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
NETWORK_FROM, SCOPES_FROM = 4, 6


class Rules(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64)]


def shut() -> bool:
    """Whether the kernel has done it. What is open already stays open."""
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(ASK_VERSION))
    if version < 1:
        return False
    rules = Rules(
        files=(1 << FILES[min(version, max(FILES))]) - 1,
        network=0b11 if version >= NETWORK_FROM else 0,
        scopes=0b11 if version >= SCOPES_FROM else 0,
    )
    size = 24 if version >= SCOPES_FROM else 16 if version >= NETWORK_FROM else 8
    ruleset = libc.syscall(CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), ctypes.c_uint32(0))
    if ruleset < 0:
        return False
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    done = libc.syscall(RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)) == 0
    os.close(ruleset)
    return done
