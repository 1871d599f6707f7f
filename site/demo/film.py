"""Draws the frames of content/breathing.mp4, the demo world's one film, which a machine without ffmpeg cannot make.

Made once, from the folder `site`, with Debian's ffmpeg:

    python -m demo.film | ffmpeg -f image2pipe -framerate 12 -i - -c:v libx264 -profile:v baseline -pix_fmt yuv420p \\
        -crf 30 -preset veryslow -g 48 -movflags +faststart -bitexact demo/content/breathing.mp4
"""

from __future__ import annotations

import io
import math
import sys
from collections.abc import Iterator
from typing import Final

from PIL import Image

from demo.files import OCHRE, PAPER, TEAL, Loom

SIZE: Final = (480, 270)
PER_SECOND, SECONDS, BREATH = 12, 12, 4  # frames, seconds, seconds


def frames() -> Iterator[bytes]:
    """The mark opens and closes three times, as slowly as one breathes; the end joins the beginning."""
    for number in range(PER_SECOND * SECONDS):
        time = number / PER_SECOND
        yield _frame((1 - math.cos(math.tau * time / BREATH)) / 2, int(time // BREATH))


def _frame(open_: float, breaths: int) -> bytes:
    loom = Loom(SIZE, TEAL)
    x, y, reach = loom.width / 2, loom.height * 0.46, loom.height * (0.16 + 0.16 * open_)
    for side, colour in ((-1, PAPER), (1, OCHRE)):
        near, far = x + side * reach * 0.5 * open_, x + side * reach * (1 + 0.5 * open_)
        loom.thread([(far, y - reach), (near, y), (far, y + reach)], colour, 0.7)
        loom.dot(far, y, colour, 0.6 + 0.4 * open_)
    for number in range(SECONDS // BREATH):
        colour = PAPER if number <= breaths else "#2f7375"
        loom.dot(x + (number - 1) * loom.height * 0.09, loom.height * 0.92, colour, 0.4)
    out = io.BytesIO()
    loom.picture.resize(SIZE, Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()


if __name__ == "__main__":
    for frame in frames():
        sys.stdout.buffer.write(frame)
