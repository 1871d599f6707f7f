"""The style sheet: light, readable in both schemes, the same from both sides."""

import gzip
import math
import re

import pytest

from config import face
from pages.frame.models import Accent

SHEETS = {path.name: path.read_text(encoding="utf-8") for path in face.component_files()}
LIMIT = 10 * 1024

PHYSICAL = re.compile(
    r"""(?:^|[\s;{(])(?:
        (?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)
      | border-(?:top|bottom)-(?:left|right)-radius
      | (?:left|right|top|bottom|width|height|(?:min|max)-(?:width|height))
      | overflow-[xy]
    )\s*:""",
    re.VERBOSE,
)
PHYSICAL_VALUE = re.compile(r"(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)")


def without_media_queries(css: str) -> str:
    """`@media (min-width: …)` asks about the window, it directs nothing."""
    return re.sub(r"@(?:media|container)[^{]*{", "{", css)


@pytest.mark.parametrize("name", SHEETS)
def test_css_directs_nothing_by_physical_side(name):
    css = without_media_queries(SHEETS[name])
    assert not PHYSICAL.findall(css) + PHYSICAL_VALUE.findall(css)


def test_the_search_for_physical_sides_finds_them():
    for line in (
        "margin-left: 1px",
        "{ left: 0",
        "text-align: right",
        "; width: 3px",
        "border-top-left-radius: 2px",
    ):
        assert PHYSICAL.search(line + ":") or PHYSICAL_VALUE.search(line), line
    assert not PHYSICAL.search("inset-inline-start: 0; border-block-end: 1px; max-inline-size: 3px")


@pytest.mark.parametrize("name", SHEETS)
def test_css_asks_no_other_host(name):
    assert not re.search(r"url\(|@import|https?:|//\w", SHEETS[name])


@pytest.mark.parametrize("name", SHEETS)
def test_css_uses_no_capitals_no_letter_spacing(name):
    assert not re.search(r"text-transform|letter-spacing|font-style\s*:\s*italic(?![^}]*})", SHEETS[name])


def test_joined_css_stays_within_its_weight():
    assert len(gzip.compress(face.joined(), 9)) <= LIMIT


STATIC = face.CSS.parent


@pytest.mark.parametrize(
    ("files", "limit"),
    [
        (["js/page.js"], 2 * 1024),
        (["js/page.js", "js/toolbar.js"], 5 * 1024),
        (["js/page.js", "js/toolbar.js", "js/uploads.js"], 8 * 1024),
        (["icons/icons.svg"], 4 * 1024),
        (["icons/mark.svg"], 1024),
    ],
    ids=["every page", "with the toolbar", "with uploads", "icons", "mark"],
)
def test_scripts_and_icons_stay_within_their_weight(files, limit):
    assert sum(len(gzip.compress((STATIC / file).read_bytes(), 9)) for file in files) <= limit


def test_icons_bring_their_licence():
    assert (STATIC / "icons" / "LICENSE").read_text().startswith("ISC License")


def test_joined_css_begins_with_tokens_and_ends_with_print():
    names = [path.stem for path in face.component_files()]
    assert names[:4] == ["tokens", "base", "layout", "nav"]
    assert names[-1] == "print"
    assert sorted(names) == sorted(path.stem for path in face.CSS.glob("*.css"))


# Contrast -------------------------------------------------------------------------------------------------
def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Relative luminance (WCAG 2) of an oklch colour, brought into sRGB by cutting. Ottosson's matrices."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long, medium, short = (
        (lightness + ka * a + kb * b) ** 3
        for ka, kb in (
            (0.3963377774, 0.2158037573),
            (-0.1055613458, -0.0638541728),
            (-0.0894841775, -1.2914855480),
        )
    )
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (min(max(part, 0.0), 1.0) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    light, dark = max(one, other), min(one, other)
    return (light + 0.05) / (dark + 0.05)


OKLCH = r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+|var\(--h\))\)"


def colours() -> dict[str, tuple[float, float]]:
    """Every token as (luminance in light, luminance in dark); `hue-1` to `hue-8` with their own angle."""
    css = SHEETS["tokens.css"]
    found = {}
    for name, *numbers in re.findall(rf"--([\w-]+): light-dark\({OKLCH}, {OKLCH}\);", css):
        angles = dict(re.findall(r"\.(hue-\d) { --h: (\d+); }", css)) if name == "hue" else {name: None}
        for label, angle in angles.items():
            light, dark = numbers[:3], numbers[3:]
            found[label] = tuple(
                luminance(float(lig) / 100, float(chroma), float(angle or hue))
                for lig, chroma, hue in (light, dark)
            )
    return found


COLOURS = colours()
HEX = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", SHEETS["tokens.css"].partition("@supports not")[2]))
TEXT = [
    *(
        (ink, ground)
        for ink in ("ink", "ink-2", "accent", "ochre", "brick")
        for ground in ("paper", "paper-2")
    ),
    ("ink", "accent-soft"),
    ("ink", "ochre-soft"),
    ("ink", "brick-soft"),
    ("ink", "mark"),
    ("accent", "accent-soft"),
    ("ochre", "ochre-soft"),
    ("brick", "brick-soft"),
    ("paper", "accent"),
    ("paper", "ink"),
    *((("paper", f"hue-{number}")) for number in range(1, 9)),
]
CONTROLS = [
    *(("edge", ground) for ground in ("paper", "paper-2", "accent-soft")),
    ("accent", "paper"),
    ("brick", "paper"),
    ("ochre-bright", "paper"),
    *((f"hue-{number}", "paper") for number in range(1, 9)),
]


def hex_luminance(value: str) -> float:
    parts = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_token_was_read():
    assert {"paper", "ink", "accent", "edge", "mark", "hue-1", "hue-8"} <= set(COLOURS)
    assert contrast(luminance(1, 0, 0), luminance(0, 0, 0)) == pytest.approx(21, abs=0.01)
    assert luminance(0.4, 0.06, 200) == pytest.approx(hex_luminance("#10504f"), abs=0.02)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_has_seven_to_one(ink, ground, scheme):
    assert contrast(COLOURS[ink][scheme], COLOURS[ground][scheme]) >= 7


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), CONTROLS)
def test_controls_have_three_to_one(edge, ground, scheme):
    assert contrast(COLOURS[edge][scheme], COLOURS[ground][scheme]) >= 3


@pytest.mark.parametrize(("ink", "ground"), [pair for pair in TEXT if pair[1] in HEX and pair[0] in HEX])
def test_the_set_for_older_phones_has_seven_to_one(ink, ground):
    assert contrast(hex_luminance(HEX[ink]), hex_luminance(HEX[ground])) >= 7


ACCENTS = re.findall(
    rf"\.accent-(\w+) {{ --accent: light-dark\({OKLCH}, {OKLCH}\); --accent-soft: light-dark\({OKLCH}, {OKLCH}\); }}",
    SHEETS["accent.css"],
)
OLD_ACCENTS = re.findall(
    r"\.accent-(\w+) { --accent: (#\w{6}); --accent-soft: (#\w{6}); }", SHEETS["accent.css"]
)


def test_every_accent_that_editors_may_choose_was_read():
    chosen = set(Accent.values) - {Accent.TEAL}
    assert {name for name, *_numbers in ACCENTS} == {name for name, *_hex in OLD_ACCENTS} == chosen


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("accent", ACCENTS, ids=lambda accent: accent[0])
def test_accent_has_seven_to_one_wherever_it_stands(accent, scheme):
    numbers = [float(each) for each in accent[1:]]
    colour, soft = (
        luminance(numbers[at] / 100, *numbers[at + 1 : at + 3]) for at in (scheme * 3, 6 + scheme * 3)
    )
    for ground in (COLOURS["paper"][scheme], COLOURS["paper-2"][scheme], soft):
        assert contrast(colour, ground) >= 7
    assert contrast(COLOURS["ink"][scheme], soft) >= 7


@pytest.mark.parametrize(("name", "colour", "soft"), OLD_ACCENTS)
def test_accent_on_older_phones_has_seven_to_one(name, colour, soft):
    for ground in (HEX["paper"], HEX["paper-2"], soft):
        assert contrast(hex_luminance(colour), hex_luminance(ground)) >= 7
    assert contrast(hex_luminance(HEX["ink"]), hex_luminance(soft)) >= 7


# The answer: no test here may open the database, so it costs no query --------------------------------------
def test_stylesheet_under_its_hash_is_kept_for_ever(client):
    response = client.get(face.face_css())
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "Cookie" not in response.headers["Vary"]
    assert response.content == face.joined()


@pytest.mark.parametrize("address", ["/face.css", "/face.css?v=000000000000"])
def test_stylesheet_under_another_address_is_asked_again(client, address):
    assert client.get(address).headers["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None)],
)
def test_stylesheet_comes_compressed_as_the_browser_likes(client, accept, encoding):
    response = client.get("/face.css", headers={"Accept-Encoding": accept})
    assert response.headers.get("Content-Encoding") == encoding


def test_stylesheet_changes_its_address_when_a_file_changes_in_development(settings, tmp_path, monkeypatch):
    settings.DEBUG = True
    for name, css in SHEETS.items():
        (tmp_path / name).write_text(css)
    monkeypatch.setattr(face, "CSS", tmp_path)
    before = face.face_css()
    (tmp_path / "card.css").write_text(".card { color: red }")
    assert face.face_css() != before
