"""The catalogues of all four languages are complete, and the check that says so sees what it should."""

import gettext

import catalogues
import polib
import pytest

LANGUAGES = ["en", "fr", "ar", "nl"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_complete(language):
    assert len(catalogues.catalogue(language)) > 0
    assert list(catalogues.problems_of(language)) == []


def test_catalogues_hold_the_same_messages():
    first, *others = ({catalogues.key(entry) for entry in catalogues.catalogue(name)} for name in LANGUAGES)
    assert all(other == first for other in others)


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_rule_reaches_every_form(language):
    rule = gettext.c2py(catalogues.PLURALS[language].partition("plural=")[2].rstrip(";"))
    assert {rule(n) for n in range(200)} == set(range(catalogues.forms(language)))


@pytest.mark.parametrize(
    ("source", "translation", "faithful"),
    [
        ("Hello %(name)s", "Bonjour %(name)s", True),
        ("Hello %(name)s", "Bonjour", False),
        ("Hello %(name)s", "Bonjour %(nom)s", False),
        ("%(a)s, %(b)s", "%(b)s ، %(a)s", True),
        ("{number} of {total}", "{number} sur {total}", True),
        ("{number} of {total}", "{number} sur total", False),
        ("100%% of %(total)s", "%(total)s, soit 100 %%", True),
        ("Read <a href='%(url)s'>this</a>", "Lisez <a href='%(url)s'>ceci</a>", True),
        ("Read <a href='%(url)s'>this</a>", "Lisez <b>%(url)s</b>", False),
    ],
)
def test_translation_keeps_placeholders_and_tags(source, translation, faithful):
    assert catalogues.faithful(polib.POEntry(msgid=source, msgstr=translation), 2) is faithful


@pytest.mark.parametrize(
    ("forms", "faithful"),
    [
        (["une réponse", "%(n)s réponses"], True),
        (["%(n)s réponse", "des réponses"], False),
        (["%(n)s réponse", "%(x)s réponses"], False),
        (["%(n)s réponses"], False),
    ],
)
def test_plural_translation_needs_every_form_and_its_number(forms, faithful):
    entry = polib.POEntry(
        msgid="%(n)s reply", msgid_plural="%(n)s replies", msgstr_plural=dict(enumerate(forms))
    )
    assert catalogues.faithful(entry, 2) is faithful


def test_untranslated_and_fuzzy_entries_are_problems(monkeypatch):
    file = catalogues.empty("fr")
    file.append(polib.POEntry(msgid="Topic", msgstr=""))
    file.append(polib.POEntry(msgid="Post", msgstr="Message", flags=["fuzzy"]))
    monkeypatch.setattr(catalogues, "catalogue", lambda language: file)
    assert list(catalogues.problems_of("fr")) == ["fr: not translated: 'Topic'", "fr: fuzzy: 'Post'"]


def test_compiling_writes_what_is_older_than_its_source_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    file = catalogues.empty("fr")
    file.append(polib.POEntry(msgid="Topic", msgstr="Sujet"))
    file.save(str(source))
    assert catalogues.compile_stale() == 1
    assert catalogues.compile_stale() == 0
    with source.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Topic") == "Sujet"
    assert sorted(path.name for path in source.parent.iterdir()) == ["django.mo", "django.po"]
