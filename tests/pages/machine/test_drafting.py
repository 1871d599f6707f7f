"""Drafts of a page by a server that runs here: what is sent, what is kept, nothing by halves."""

import pytest
from wagtail.models import PageViewRestriction
from wagtail_localize.models import StringTranslation

from pages import translations
from pages.machine.drafting import ask_for_drafts, make_drafts
from pages.machine.problems import Problem
from pages.models import MachineRun
from pages.passages import passages
from tests.pages.machine import conftest as manners


def rows(translation):
    return {passage.path: passage for passage in passages(translation)}


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    def do(translation, by):
        with django_capture_on_commit_callbacks(execute=True):
            run = ask_for_drafts(translation, by=by)
        if run.pk:
            run.refresh_from_db()
        return run

    return do


def test_empty_passages_are_drafted_and_marked(begun, translation_server, ask, editor):
    translation = begun()
    run = ask(translation, editor)
    assert (run.problem, run.filled, run.damaged) == ("", 5, 0)
    assert run.ended_at and run.host == "127.0.0.1"
    assert rows(translation)["title"].words == "Un registre (ar)"
    assert rows(translation)["title"].is_unread
    assert (rows(translation)["slug"].words, rows(translation)["slug"].kind) == (
        "un-registre",
        translations.MANUAL,
    )
    sent = [question["q"] for path, question in translation_server.asked if path == "/translate"]
    assert sent == [
        ["Un registre", "En deux mots.", "Sous-titre", "Premier paragraphe.", "Second <b>paragraphe</b>."]
    ]


def test_what_a_person_wrote_is_neither_sent_nor_touched(begun, translation_server, ask, editor):
    translation = begun()
    intro = translation.source.stringsegment_set.get(context__path="intro")
    StringTranslation.objects.create(
        translation_of=intro.string, context=intro.context, locale=translation.target_locale, data="بكلمتين",
        translation_type=translations.MANUAL,
    )  # fmt: skip
    assert ask(translation, editor).filled == 4
    assert rows(translation)["intro"].words == "بكلمتين"
    assert "En deux mots." not in str(translation_server.asked)


def test_passage_written_while_the_machine_thinks_stays(begun, translation_server, ask, editor, db):
    translation = begun()
    intro = translation.source.stringsegment_set.get(context__path="intro")

    def meanwhile(answers, question):
        answers.drafts([f"{text} ({question['target']})" for text in question["q"]])

    translation_server.behave = meanwhile
    original = translations.fill_by_machine

    def late(*args, **kwargs):
        StringTranslation.objects.create(
            translation_of=intro.string, context=intro.context, locale=translation.target_locale, data="يد",
            translation_type=translations.MANUAL,
        )  # fmt: skip
        return original(*args, **kwargs)

    translations.fill_by_machine = late
    try:
        assert ask(translation, editor).filled == 4
    finally:
        translations.fill_by_machine = original
    assert rows(translation)["intro"].words == "يد"


def test_damaged_draft_is_left_empty_and_counted(begun, translation_server, ask, editor):
    translation = begun()
    translation_server.behave = lambda answers, question: answers.drafts(
        [
            text.replace("<b>", "<b onclick='x()'>") + "<script>x</script>" * (text == "Sous-titre")
            for text in question["q"]
        ]
    )
    run = ask(translation, editor)
    assert (run.problem, run.filled, run.damaged) == ("", 3, 2)
    assert "script" not in str(list(StringTranslation.objects.values_list("data", flat=True)))


@pytest.mark.parametrize(
    ("behave", "problem"),
    [
        (manners.slow, Problem.SLOW),
        (manners.status(500), Problem.BROKEN),
        (manners.body(b"nonsense"), Problem.NONSENSE),
        (manners.body(b'{"translatedText": []}'), Problem.NONSENSE),
    ],
)
def test_server_misbehaves_nothing_is_saved_and_the_host_is_named(
    behave, problem, begun, translation_server, ask, editor
):
    translation = begun()
    translation_server.behave = behave
    run = ask(translation, editor)
    assert run.problem == problem and run.ended_at and "127.0.0.1" in run.words
    assert not translations.machine_drafts(translation).exists()


def test_second_batch_fails_first_is_not_saved_either(begun, translation_server, ask, editor):
    translation = begun(intro="x" * 499)
    body = [("text", f"<p>{word * 700}</p>") for word in ("un ", "deux ", "trois ")]
    page = translation.source.get_source_instance()
    page.body = body
    page.save_revision().publish()
    answers = iter([manners.well, manners.status(500)])
    translation_server.behave = lambda self, question: next(answers)(self, question)
    assert ask(translation, editor).problem == Problem.BROKEN
    assert not translations.machine_drafts(translation).exists()


def test_language_that_the_server_does_not_know_is_named(begun, translation_server, ask, editor):
    translation_server.known = ["en", "fr"]
    run = ask(begun(), editor)
    assert run.problem == Problem.UNKNOWN_LANGUAGE
    assert run.words == "127.0.0.1 does not translate from French into Arabic. Nothing was changed."


def test_page_that_is_not_open_to_everyone_is_never_sent(begun, translation_server, ask, editor):
    translation = begun()
    page = translation.source.get_source_instance()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert ask(translation, editor).problem == Problem.CLOSED
    assert translation_server.asked == []


def test_right_that_ended_before_the_worker_came_sends_nothing(begun, translation_server, ask, translator_ar):
    translation = begun("nl")
    run = MachineRun.objects.create(translation=translation, asked_by=translator_ar)
    make_drafts.call(run.pk)
    run.refresh_from_db()
    assert run.problem == Problem.NOT_YOURS and translation_server.asked == []


def test_off_nothing_empty_and_under_way_are_said(begun, translation_server, ask, editor, settings):
    translation = begun()
    MachineRun.objects.create(translation=translation)
    assert ask(translation, editor).problem == Problem.RUNNING
    MachineRun.objects.all().delete()
    assert ask(translation, editor).filled == 5
    assert ask(translation, editor).problem == Problem.NOTHING
    settings.MACHINE_TRANSLATION_URL = ""
    assert ask(translation, editor).problem == Problem.OFF


def test_run_delivered_twice_is_made_once(begun, translation_server, ask, editor):
    run = ask(begun(), editor)
    asked = len(translation_server.asked)
    make_drafts.call(run.pk)
    assert len(translation_server.asked) == asked


def test_run_of_a_worker_that_died_does_not_stand_in_the_way(begun, translation_server, ask, editor):
    from datetime import timedelta

    from django.utils import timezone

    translation = begun()
    MachineRun.objects.create(translation=translation, asked_at=timezone.now() - timedelta(hours=1))
    assert ask(translation, editor).filled == 5
