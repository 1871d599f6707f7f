"""How much of everything. What lies beyond is refused with words; each number has its reason."""

from __future__ import annotations

from typing import Final

# Pictures. A telephone's largest ordinary photograph has 50 million pixels; decoded, this many take 256 MB.
MAX_PIXELS: Final = 64_000_000
# WebP's own limit for a side, in pixels.
MAX_SIDE: Final = 16_383
# A page of A4 can still be read at 220 dots an inch; larger ones only cost the reader's line.
LONGEST_SIDE: Final = 2560
# Screenshots stay sharp without loss; a photograph saved as PNG would be ten times what it needs to be.
MOST_WITHOUT_LOSS: Final = 1024 * 1024  # bytes

# What is shown of a picture before it is opened: a phone's column, wide screens show it no larger.
SMALL: Final = (480, 640)
# A picture of so few bytes is shown as it is.
LIGHT: Final = 10 * 1024  # bytes
# Tried one after the other until it is light; below the last, faces and writing begin to blur.
SMALL_QUALITIES: Final = (60, 45, 30)

# PDF. The longest report of a truth commission we know has some 2,000 pages.
MOST_PAGES: Final = 5_000
MOST_OBJECTS: Final = 300_000
MOST_EMBEDDED_PICTURE: Final = 64 * 1024 * 1024  # bytes of one unpacked JPEG

# Archives: office files, e-books, zip.
MOST_PARTS: Final = 5_000
MOST_UNPACKED: Final = 200 * 1024 * 1024  # bytes of all parts together
# Deflate reaches 1,032; a sheet full of numbers some 30. Small ones may be as dense as they like.
MOST_RATIO: Final = 150
DENSE_FROM: Final = 16 * 1024 * 1024  # bytes unpacked
# Office files inside office files.
DEEPEST: Final = 2
