"""The glossary of the demo world holds together: every term in every language, and brought in once."""

import io

import pytest
from django.core.management.base import OutputWrapper

from demo import glossary
from demo.content import tables
from demo.progress import Progress
from demo.world import World
from pages.glossary.lookup import Glossary
from pages.models import Term, Wording
from themes.models import Theme

TERMS = tables("glossary", "term")


def test_every_term_is_said_in_every_language_and_under_a_known_theme():
    known = {row["slug"] for row in tables("themes", "theme")}
    for row in TERMS:
        assert all(row[code]["words"] for code in glossary.LANGUAGES)
        assert row.get("theme", "fair-trial") in known


@pytest.mark.parametrize("source", glossary.LANGUAGES)
@pytest.mark.parametrize("target", glossary.LANGUAGES)
def test_every_wording_is_found_by_itself_and_raises_no_doubt(source, target, db):
    world = World(Progress(OutputWrapper(io.StringIO())))
    world.themes = {theme.slug: theme for theme in Theme.objects.all()}
    glossary.load(world)
    asked = Glossary(source, target)
    for row in TERMS:
        words, wanted = row[source]["words"], row[target]["words"]
        assert wanted in [hint.preferred for hint in asked.hints(f"… {words}, …")]
        assert [doubt for doubt in asked.doubts(words, wanted) if doubt.hint.preferred == wanted] == []


def test_loaded_twice_is_once(db):
    for _time in range(2):
        glossary.load(World(Progress(OutputWrapper(io.StringIO()))))
    assert (Term.objects.count(), Wording.objects.count()) == (len(TERMS), 4 * len(TERMS))
