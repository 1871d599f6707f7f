"""Out as a PO file and back in: unchanged changes nothing, wrong changes nothing, and says where."""

import subprocess

import polib
import pytest
from wagtail_localize.models import StringTranslation

from pages import translations
from pages.passages import Change, passages, write
from pages.po.export import as_bytes, as_po, as_zip
from pages.po.importing import LARGEST, Unusable, take_in

LINK = '<p>Voir <a href="https://example.org/">le guide</a> demain.</p>'


@pytest.fixture
def translation(begun):
    """Half done: one by a person, one by a machine, the others empty; and the same words twice in a passage."""
    found = begun(body=[("text", LINK), ("text", "<ul><li>Oui</li><li>Oui</li></ul>")])
    by_path = {passage.path: passage for passage in passages(found)}
    write(found, [Change(by_path["title"], "سجل")], by=None)
    write(found, [Change(by_path["intro"], "بكلمتين «\\n»", unread=True, tool="LibreTranslate, x")], by=None)
    return found


def rows(translation):
    names = ("context__path", "data", "translation_type", "tool_name", "last_translated_by", "updated_at")
    return sorted(
        map(str, StringTranslation.objects.filter(locale=translation.target_locale).values_list(*names))
    )


def raw(translation, change=lambda file: None):
    file = as_po(translation)
    change(file)
    return as_bytes(file)


def entry(file, path):
    return next(one for one in file if one.msgctxt == path or (path == "link" and "guide" in one.msgid))


def faults(translation, content, by=None):
    before = rows(translation)
    with pytest.raises(Unusable) as unusable:
        take_in(translation, content, by)
    assert rows(translation) == before
    return [str(fault) for fault in unusable.value.faults]


def test_file_is_read_by_standard_tools(translation, glossary, tmp_path):
    glossary(fr="registre", ar={"words": "السجل", "avoid": "الدفتر"})
    path = tmp_path / "x.po"
    path.write_bytes(raw(translation))
    checked = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", str(path)], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")
    file = polib.pofile(str(path))
    assert len(file) == len(passages(translation)) == 5
    assert entry(file, "title").comment == "Glossary: registre = السجل; better not: الدفتر"
    assert entry(file, "intro").fuzzy and "LibreTranslate" in entry(file, "intro").comment
    assert entry(file, "link").msgid == 'Voir <a id="a1">le guide</a> demain.'


def test_round_trip_unchanged_changes_nothing(translation, editor):
    before = rows(translation)
    assert take_in(translation, raw(translation), editor) == 0
    assert take_in(translation, b"\xef\xbb\xbf" + raw(translation).replace(b"\n", b"\r\n"), editor) == 0
    assert rows(translation) == before


def test_changed_passage_is_that_persons_and_no_other_is_touched(translation, translator_ar):
    def change(file):
        entry(file, "link").msgstr = 'انظر <a id="a1">الدليل</a> غدا.'

    assert take_in(translation, raw(translation, change), translator_ar) == 1
    row = StringTranslation.objects.get(data__contains="الدليل")
    assert (row.translation_type, row.last_translated_by, row.has_error) == ("manual", translator_ar, False)
    assert len(rows(translation)) == 4


def test_fuzzy_waits_for_a_person_and_taking_the_mark_off_is_going_over(translation, editor):
    assert translations.machine_drafts(translation).count() == 1

    def unmark(file):
        entry(file, "intro").flags = []
        entry(file, "title").flags = ["fuzzy"]

    assert take_in(translation, raw(translation, unmark), editor) == 2
    unread = translations.machine_drafts(translation).values_list("context__path", flat=True)
    assert list(unread) == ["title"]


def test_empty_msgstr_takes_nothing_away(translation, editor):
    def empty(file):
        for one in file:
            one.msgstr = ""

    assert take_in(translation, raw(translation, empty), editor) == 0


@pytest.mark.parametrize(
    "words",
    [
        "انظر الدليل",
        'انظر <a id="a2">الدليل</a>',
        'انظر <a id="a1" href="https://x.example">الدليل</a>',
        'انظر <a id="a1">الدليل</a><script>alert(1)</script>',
        'انظر <a id="a1">الدليل</a><img src=x onerror=alert(1)>',
        'انظر <a id="a1">الدليل</a><!-- x -->',
        "x" * 30_000,
    ],
)
def test_wrong_marks_are_named_by_line_and_nothing_else_is_saved(words, translation, editor):
    def change(file):
        entry(file, "title").msgstr = "عنوان آخر"
        entry(file, "link").msgstr = words

    content = raw(translation, change)
    line = content.split(b"guide")[0].count(b"\n") + 1
    (fault,) = faults(translation, content, editor)
    assert fault.startswith("Line ") and abs(int(fault.split()[1].strip(":")) - line) <= 6


def test_unknown_place_and_reworded_source_are_named(translation, editor):
    def change(file):
        entry(file, "title").msgctxt = "nowhere"
        entry(file, "intro").msgid = "Autre chose"
        file.append(polib.POEntry(msgctxt="slug", msgid="un-registre", msgstr="other"))

    found = faults(translation, raw(translation, change), editor)
    assert len(found) == 3
    assert "not on the page" in found[0] and "twice" in found[2]


def test_file_of_another_page_or_language_is_refused(translation, begun, article, editor):
    other = begun(title="Autre page", slug="autre")
    assert "another page" in faults(translation, raw(other), editor)[0]
    (dutch,) = translations.translate(translation.source.get_source_instance(), ["nl"])
    assert "another language (nl)" in faults(translation, raw(dutch), editor)[0]
    relabelled = raw(dutch).replace(b"Language: nl", b"Language: ar")
    assert "another page" in faults(translation, relabelled, editor)[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no PO file"),
        (b"\x89PNG\r\n\x1a\n\x00", "UTF-8"),
        (b"msgid \0", "no PO file"),
        (b"/etc/passwd msgid", "broken"),
        (b'msgid "a\nmsgstr "b"', "broken"),
        ('msgid "à"\nmsgstr "é"\n'.encode("latin-1"), "UTF-8"),
        (b'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "b"\n', "another page"),
        (b"x" * (LARGEST + 1), "too large"),
    ],
)
def test_file_that_cannot_be_read_is_refused(content, said, translation, editor):
    assert said in faults(translation, content, editor)[0]


def test_latin_1_is_named_with_its_line(translation, editor):
    text = raw(translation).decode().replace("سجل", "registré")
    content = text.encode("latin-1", "ignore")
    assert faults(translation, content, editor)[0].startswith("Line ")


def test_many_faults_are_cut_short(translation, editor):
    def change(file):
        file.extend(polib.POEntry(msgctxt=f"x{number}", msgid="x", msgstr="y") for number in range(50))

    found = faults(translation, raw(translation, change), editor)
    assert len(found) == 21 and "30 more" in found[-1]


def test_language_in_one_archive_each_file_comes_back(translation, begun, editor):
    import io
    import zipfile

    other = begun(title="Autre page", slug="autre")
    archive = zipfile.ZipFile(io.BytesIO(as_zip([translation, other])))
    assert len(archive.namelist()) == 2
    for one, name in zip([translation, other], archive.namelist(), strict=True):
        assert take_in(one, archive.read(name), editor) == 0
