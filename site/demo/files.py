"""The demo world's files, made in code so that the repository holds no font and, but for one film, no binary.

Each maker gives the same bytes for the same arguments (pictures: with the same release of Pillow) and
stays below 100 KB at the sizes the demo uses. Nothing is drawn from chance but through `seed`.
"""

import io
import math
import struct
import unicodedata
import wave
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random

from PIL import Image, ImageDraw, ImageFont

TEAL, PAPER, OCHRE, INK = "#095153", "#fcf9f2", "#b5741d", "#20302f"
Point = tuple[float, float]
Size = tuple[int, int]

# ── PDF (ISO 32000-1, only what a page of text needs) ───────────────────────

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 595, 842, 64  # A4 in points
BODY_SIZE, TITLE_SIZE, LEADING = 11, 20, 1.5
# Advance widths of Helvetica for ASCII 32-126 in thousandths of the size, from Adobe's font metrics.
HELVETICA = [
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *[556] * 10,
    *(278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833),
    *(722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333),
    *(556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500),
    *(278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
]
Line = tuple[str, int, float]  # text, size in points, distance to the line above in points


def pdf(title: str, paragraphs: list[str], language: str) -> bytes:
    """One or more A4 pages of text under the woven band, with title and language in the metadata.

    The readers' built-in Helvetica is used, so only the letters of Windows-1252 can be written:
    `UnicodeEncodeError` for anything else, Arabic included.
    """
    pages = [_page_content(page, number) for number, page in enumerate(_pages(title, paragraphs), start=1)]
    kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(len(pages)))
    font = "<</Type/Font/Subtype/Type1/BaseFont/{}/Encoding/WinAnsiEncoding>>"
    objects = [
        f"<</Type/Catalog/Pages 2 0 R/Lang({language})/ViewerPreferences<</DisplayDocTitle true>>>>".encode(),
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
        b"<</Title<FEFF" + title.encode("utf-16-be").hex().upper().encode() + b">>>",
    ]
    for index, content in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {PAGE_WIDTH} {PAGE_HEIGHT}]/Contents {7 + 2 * index} 0 R"
            "/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(content), content))
    return _pdf_file(objects)


def _pdf_file(objects: list[bytes]) -> bytes:
    """Header, numbered objects, cross-reference table; object 1 is the catalogue, object 5 the metadata."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R/Info 5 0 R>>\n" % (len(objects) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _pages(title: str, paragraphs: list[str]) -> Iterator[list[Line]]:
    room = float(PAGE_HEIGHT - 3 * MARGIN)
    page: list[Line] = []
    for line in _lines(title, paragraphs):
        if sum(step for _, _, step in page) + line[2] > room:
            yield page
            page = []
        page.append(line)
    yield page


def _lines(title: str, paragraphs: list[str]) -> Iterator[Line]:
    for text in _wrapped(title, TITLE_SIZE):
        yield text, TITLE_SIZE, TITLE_SIZE * LEADING
    for paragraph in paragraphs:
        for index, text in enumerate(_wrapped(paragraph, BODY_SIZE)):
            yield text, BODY_SIZE, BODY_SIZE * LEADING * (1 if index else 1.7)


def _wrapped(text: str, size: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if line and _width(longer) * size > PAGE_WIDTH - 2 * MARGIN:
            yield line
            longer = word
        line = longer
    yield line


def _width(text: str) -> float:
    """Width at size 1; a letter with an accent counts as its base letter, any other sign as a wide one."""
    bases = (ord(unicodedata.normalize("NFKD", letter)[0]) - 32 for letter in text)
    return sum(HELVETICA[base] if 0 <= base < len(HELVETICA) else 600 for base in bases) / 1000


def _page_content(lines: list[Line], number: int) -> bytes:
    out = bytearray(_band())
    y = PAGE_HEIGHT - 1.5 * MARGIN
    for text, size, step in lines:
        y -= step
        out += _shown(text, size, MARGIN, y, bold=size == TITLE_SIZE)
    return bytes(out + _shown(f"Justice ExPEERience, CC BY 4.0, {number}", 9, MARGIN, MARGIN / 2))


def _shown(text: str, size: int, x: float, y: float, *, bold: bool = False) -> bytes:
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")
    return b"BT /F%d %d Tf %.1f %.1f Td (%b) Tj ET\n" % (2 if bold else 1, size, x, y, escaped)


def _band() -> bytes:
    """A strip of the woven pattern along the head of the page."""
    top, height, tooth = PAGE_HEIGHT, 40, 17
    fill, stroke = b"%.3f %.3f %.3f rg\n", b"%.3f %.3f %.3f RG 3 w\n"
    out = fill % _unit(TEAL) + b"0 %d %d %d re f\n" % (top - height, PAGE_WIDTH, height)
    for colour, phase in ((PAPER, 0), (OCHRE, 1)):
        out += stroke % _unit(colour)
        for index in range(PAGE_WIDTH // tooth + 2):
            y = top - (10 if (index + phase) % 2 else 30)
            out += b"%d %d %b\n" % (index * tooth, y, b"l" if index else b"m")
        out += b"S\n"
    return out + fill % _unit(INK)


def _unit(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red / 255, green / 255, blue / 255


# ── Sound ───────────────────────────────────────────────────────────────────

RATE = 8000  # samples per second; with 16 bits, one second weighs 16 KB
PENTATONIC = (392.0, 440.0, 523.25, 587.33, 659.25)  # hertz


def audio(seconds: int, seed: int) -> bytes:
    """A quiet chime as mono WAV: one note a second, each fading out over the next ones."""
    random = Random(seed)
    notes = [(start, random.choice(PENTATONIC)) for start in range(max(1, seconds - 2))]
    samples = (_chime(index / RATE, notes, seconds) for index in range(seconds * RATE))
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(b"".join(struct.pack("<h", round(9000 * sample)) for sample in samples))
    return out.getvalue()


def _chime(time: float, notes: list[tuple[int, float]], end: int) -> float:
    """Loudness between -1 and 1 at a time in seconds; soft at both ends, so that nothing clicks."""
    total = 0.0
    for start, pitch in notes:
        age = time - start
        if age > 0:
            total += math.sin(math.tau * pitch * age) * math.exp(-2.5 * age) * min(1, age * 40)
    return max(-1.0, min(1.0, total * min(1, (end - time) * 4)))


# ── Pictures: angles that cross and dots, as in the mark ────────────────────


class Loom:
    """A ground to weave on, twice as large as the picture so that slanting edges come out smooth."""

    def __init__(self, size: Size, ground: str) -> None:
        self.size = size
        self.width, self.height = size[0] * 2, size[1] * 2
        self.picture = Image.new("RGB", (self.width, self.height), ground)
        self.draw = ImageDraw.Draw(self.picture)
        self.stroke = min(self.width, self.height) // 22

    def thread(self, points: list[Point], colour: str, thickness: float = 1) -> None:
        self.draw.line(points, colour, round(self.stroke * thickness), joint="curve")

    def dot(self, x: float, y: float, colour: str, thickness: float = 1) -> None:
        self.draw.circle((x, y), self.stroke * thickness, colour)

    def mark(self, x: float, y: float, reach: float, left: str, right: str) -> None:
        """The mark of the site: two angles whose points meet, and a dot behind each."""
        for side, colour in ((-1, left), (1, right)):
            edge = x + side * reach
            self.thread([(edge, y - reach), (x, y), (edge, y + reach)], colour, 0.6)
            self.dot(edge, y, colour, 0.5)

    def write(self, text: str, x: float, y: float, size: int, colour: str) -> None:
        """Pillow's built-in font knows the English alphabet only: `UnicodeEncodeError` for anything else."""
        text.encode("ascii")
        self.draw.text((x * 2, y * 2), text, colour, ImageFont.load_default(size * 2))

    def jpeg(self) -> bytes:
        out = io.BytesIO()
        small = self.picture.resize(self.size, Image.Resampling.LANCZOS)
        small.save(out, "JPEG", quality=76, optimize=True)
        return out.getvalue()


def image(title: str, seed: int, size: Size = (1200, 675)) -> bytes:
    """A woven picture as JPEG: `seed % 6` chooses the weave, the rest varies it; a title is written below.

    The alternative texts in `content/news.toml` describe the weaves in the order of `WEAVES`.
    """
    loom = Loom(size, TEAL)
    WEAVES[seed % len(WEAVES)](loom, Random(seed))
    if title:
        band = loom.height * 0.86
        loom.draw.rectangle((0, band, loom.width, loom.height), PAPER)
        loom.write(title, size[0] * 0.04, size[1] * 0.89, size[1] // 18, TEAL)
    return loom.jpeg()


def poster(title: str, lines: list[str], size: Size = (900, 1200)) -> bytes:
    """Few large English sentences under a woven head, as JPEG (for which letters, see `Loom.write`)."""
    loom = Loom(size, PAPER)
    loom.draw.rectangle((0, 0, loom.width, loom.height // 5), TEAL)
    reach = loom.height / 14
    for index in range(9):
        loom.mark(loom.width * index / 8, loom.height / 10, reach, PAPER, OCHRE)
    loom.write(title, size[0] * 0.08, size[1] * 0.25, size[0] // 12, TEAL)
    for index, line in enumerate(lines):
        y = size[1] * (0.40 + 0.11 * index)
        loom.dot(loom.width * 0.1, (y + size[0] / 40) * 2, OCHRE, 0.4)
        loom.write(line, size[0] * 0.15, y, size[0] // 26, INK)
    return loom.jpeg()


def portrait(seed: int, size: Size = (320, 320)) -> bytes:
    """A person without a face, head and shoulders of angles, as JPEG: nobody real can be taken for it."""
    random = Random(seed)
    ground, skin, cloth = random.sample((TEAL, PAPER, OCHRE, "#7a8f6a", "#8a4b3a", "#3d5a80"), 3)
    loom = Loom(size, ground)
    middle, reach = loom.width / 2, loom.width * 0.48
    bright = random.randrange(1, 4)
    for row in range(5):
        y = loom.height * (0.62 + 0.13 * row)
        foot = y + reach * 0.7
        shoulders = [(middle - reach, foot), (middle, y), (middle + reach, foot)]
        loom.thread(shoulders, skin if row == bright else cloth, 1.6)
    loom.draw.circle((middle, loom.height * 0.36), loom.width * random.uniform(0.15, 0.18), skin)
    return loom.jpeg()


def _zigzag(start: Point, end: Point, teeth: int, depth: float) -> list[Point]:
    """Points from `start` to `end` that swing to either side of the straight line, first by +`depth`."""
    (x0, y0), (x1, y1) = start, end
    length = math.hypot(x1 - x0, y1 - y0)
    across = (y0 - y1) / length, (x1 - x0) / length
    points = []
    for tooth in range(teeth + 1):
        part, side = tooth / teeth, depth if tooth % 2 else -depth
        points.append((x0 + (x1 - x0) * part + across[0] * side, y0 + (y1 - y0) * part + across[1] * side))
    return points


def _two_hands(loom: Loom, random: Random) -> None:
    """Two lines of angles cross again and again."""
    middle, teeth = loom.height / 2, random.choice((7, 9))
    for depth, colour in ((loom.height / 4, PAPER), (-loom.height / 4, OCHRE)):
        loom.thread(_zigzag((0, middle), (loom.width, middle), teeth, depth), colour)
    for tooth in range(teeth + 1):
        loom.dot(loom.width * tooth / teeth, middle, PAPER if tooth % 2 else OCHRE, 0.8)


def _four_threads(loom: Loom, random: Random) -> None:
    """Four threads leave one point and meet again further on."""
    middle, turn = loom.height / 2, random.uniform(0.12, 0.16)
    start, end = (loom.width * 0.12, middle), (loom.width * 0.88, middle)
    for before, after, colour in ((-3, 1, PAPER), (-1, 3, OCHRE), (1, -3, PAPER), (3, -1, OCHRE)):
        first = loom.width * (0.5 - turn), middle + before * loom.height * 0.13
        second = loom.width * (0.5 + turn), middle + after * loom.height * 0.13
        loom.thread([start, first, second, end], colour, 0.8)
    for point in (start, end):
        loom.dot(*point, PAPER, 1.3)


def _large_around_small(loom: Loom, random: Random) -> None:
    """Large angles surround a small one and leave it room."""
    x, y = loom.width * random.uniform(0.45, 0.55), loom.height / 2
    for ring in range(3, 8):
        reach = loom.height * 0.13 * ring
        for side in (-1, 1):
            edge = x + side * reach * 0.35
            loom.thread([(edge, y - reach), (edge + side * reach, y), (edge, y + reach)], PAPER, 0.7)
    loom.mark(x, y, loom.height * 0.09, OCHRE, OCHRE)


def _one_way_out(loom: Loom, random: Random) -> None:
    """A closed row of angles with one gap, through which a thread leaves."""
    left, right = loom.width * 0.2, loom.width * 0.8
    top, bottom = loom.height * 0.16, loom.height * 0.84
    gap, depth = loom.height * random.uniform(0.44, 0.56), loom.height * 0.035
    above, below = (right, gap - depth * 3), (right, gap + depth * 3)
    corners = [above, (right, top), (left, top), (left, bottom), (right, bottom), below]
    fence: list[Point] = []
    for start, end in pairwise(corners):
        pairs = max(1, round(math.dist(start, end) / (depth * 6)))
        fence += _zigzag(start, end, pairs * 2, -depth)
    loom.thread(fence, PAPER, 0.7)
    way = _zigzag((loom.width * 0.55, gap), (loom.width, gap), 9, depth * 0.8)
    loom.thread([(loom.width / 2, gap), *way], OCHRE, 0.8)
    loom.dot(loom.width / 2, gap, OCHRE)


def _one_of_many(loom: Loom, random: Random) -> None:
    """Many small crossings, one of them in a stronger colour."""
    columns, rows = 8, 4
    chosen = random.randrange(2, columns - 2), random.randrange(1, rows - 1)
    for column in range(columns):
        for row in range(rows):
            quiet = "#d9a55e" if (column, row) == chosen else "#2f7375"
            x, y = loom.width * (column + 0.5) / columns, loom.height * (row + 0.5) / rows
            loom.mark(x, y, loom.height / rows * 0.32, quiet, quiet)


def _one_thread(loom: Loom, random: Random) -> None:
    """One unbroken thread from one corner to the other, angle by angle."""
    thread: list[Point] = []
    rows = random.choice((3, 5))
    for row in range(rows):
        y, ends = loom.height * (row + 0.5) / rows, [loom.width * 0.08, loom.width * 0.92]
        start, end = ends if row % 2 == 0 else ends[::-1]
        thread += _zigzag((start, y), (end, y), 12, loom.height / rows * 0.22 * (1 if row % 2 == 0 else -1))
    loom.thread(thread, PAPER, 0.8)
    for point in (thread[0], thread[-1]):
        loom.dot(*point, OCHRE, 1.4)


WEAVES: tuple[Callable[[Loom, Random], None], ...] = (
    _two_hands,
    _four_threads,
    _large_around_small,
    _one_way_out,
    _one_of_many,
    _one_thread,
)
