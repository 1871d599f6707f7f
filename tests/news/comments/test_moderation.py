import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities import freshness
from communities.models import Record
from news.comments import moderation
from news.comments.models import Comment, Report, State
from tests.news.comments.conftest import address, committed

pytestmark = pytest.mark.django_db
QUEUE = "/cms/comments/"


@pytest.fixture
def decide(editor, client_of):
    client = client_of(editor)

    def send(comment, decision, **more):
        here = f"{QUEUE}{comment.public_id}/decision/"
        return client.post(here, {"decision": decision, **more}, follow=True)

    return send


def test_hidden_comment_is_gone_for_everybody_and_comes_back(say, decide, page, client, editor, member):
    comment = say("mots cachés")
    decide(comment, "hide", reason="nomme quelqu’un")
    assert "mots cachés" not in client.get(page.url).content.decode()
    assert client.get(address("comment", comment.public_id)).status_code == 404
    row = Record.objects.get(verb="comment_hidden")
    assert (row.actor, row.person, row.reason) == (editor, member, "nomme quelqu’un")
    comment.refresh_from_db()
    assert comment.hidden_by == editor and comment.hidden_at and comment.is_removed and not comment.is_public
    decide(comment, "restore")
    assert "mots cachés" in client.get(page.url).content.decode()
    comment.refresh_from_db()
    assert (comment.hidden_by, comment.hidden_at, comment.hidden_reason) == (None, None, "")
    assert Record.objects.filter(verb="comment_restored").count() == 1


def test_hidden_comment_leaves_its_place_to_its_answers_and_loads_no_word(say, page, client, editor):
    comment = say("mots cachés")
    say("une réponse", parent=comment)
    moderation.hide(comment, by=editor)
    html = client.get(page.url).content.decode()
    assert "mots cachés" not in html and "une réponse" in html and "La rédaction a masqué" in html
    row = Comment.objects.of(page.translation_key).standing().with_voice().get(pk=comment.pk)
    assert row.body == "" and {"comment", "html"} <= row.get_deferred_fields()


def test_hidden_answers_leave_no_place(say, page, client, editor):
    comment = say("reste")
    first = say("cachée", parent=comment)
    second = say("cachée aussi", parent=first)
    for one in (first, second):
        moderation.hide(one, by=editor)
    html = client.get(page.url).content.decode()
    assert "reste" in html and first.anchor not in html and second.anchor not in html


def test_hiding_leaves_the_answers_themselves_as_they_are(say, editor):
    comment = say()
    answer = say(parent=comment)
    moderation.hide(comment, by=editor)
    answer.refresh_from_db()
    assert answer.is_shown and answer.is_public


def test_author_is_told_without_a_word_of_the_comment(
    say, editor, member, django_capture_on_commit_callbacks
):
    comment = say("mots cachés")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        moderation.hide(comment, by=editor, reason="motif")
    (letter,) = mail.outbox
    assert letter.to == [member.email] and "mots" not in letter.body and "motif" not in letter.body


def test_two_editors_at_once_decide_once(say, decide):
    comment = say()
    decide(comment, "hide")
    answer = decide(comment, "hide")
    assert "Somebody has decided" in answer.content.decode() or "message" in answer.content.decode()
    assert Record.objects.filter(verb="comment_hidden").count() == 1


def test_report_reaches_the_queue_and_the_editors_in_neutral_words(
    say, stranger, editor, client_of, page, django_capture_on_commit_callbacks
):
    comment = say("mots à voir")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of(stranger).post(
            address("report_new", comment.public_id), {"reason": "person", "words": "On le reconnaît"}
        )
    assert answer.status_code == 302
    (letter,) = mail.outbox
    whole = letter.subject + letter.body
    assert letter.to == [editor.email]
    assert not [word for word in ("mots à voir", "On le reconnaît", page.title, "Stranger") if word in whole]
    html = client_of(editor).get(f"{QUEUE}?pile=reported").content.decode()
    assert "mots à voir" in html and "On le reconnaît" in html and "Stranger" in html


def test_report_counts_once_per_person_and_is_told_once(
    say, stranger, former, django_capture_on_commit_callbacks
):
    comment = say()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        for person in (stranger, stranger, former):
            moderation.report(comment, by=person, reason="spam")
    assert Report.objects.count() == 2 and len(mail.outbox) == 1


def test_report_without_a_reason_is_refused_in_words(say, stranger, client_of):
    comment = say()
    answer = client_of(stranger).post(address("report_new", comment.public_id), {"words": "Gardez-moi"})
    assert answer.status_code == 200 and "Gardez-moi" in answer.content.decode()
    assert not Report.objects.exists()


def test_settled_report_leaves_the_queue_and_the_comment(say, stranger, decide, client, page):
    comment = say("reste")
    moderation.report(comment, by=stranger, reason="spam")
    decide(comment, "settle", pile="reported")
    assert not Comment.objects.reported().exists()
    assert "reste" in client.get(page.url).content.decode()
    assert Record.objects.filter(verb="comment_reports_settled").count() == 1


def test_hiding_settles_the_reports(say, stranger, editor):
    comment = say()
    moderation.report(comment, by=stranger, reason="spam")
    moderation.hide(comment, by=editor)
    assert not Report.objects.filter(settled_at=None).exists()


@pytest.mark.parametrize("wrong", ["", "delete", "hide'"])
def test_unknown_decision_is_not_found(wrong, say, decide):
    assert decide(say(), wrong).status_code == 404


def test_decisions_take_post_alone(say, editor, client_of):
    comment = say()
    answer = client_of(editor).get(f"{QUEUE}{comment.public_id}/decision/?decision=hide")
    assert answer.status_code == 405
    comment.refresh_from_db()
    assert comment.state == State.SHOWN


@pytest.mark.parametrize("query", ["?pile=x", "?language=xx"])
def test_unknown_filter_is_not_found(query, editor, client_of):
    assert client_of(editor).get(QUEUE + query, follow=True).status_code == 404


def test_queue_filters_by_language(say, editor, client_of):
    say("en français"), say("بالعربية", language="ar")
    html = client_of(editor).get(f"{QUEUE}?pile=shown&language=ar").content.decode()
    assert "بالعربية" in html and "en français" not in html


@pytest.mark.parametrize("pile", ["waiting", "reported", "hidden", "shown"])
def test_queue_asks_as_much_for_one_as_for_twenty(pile, say, cast, editor, client_of, article):
    client, people = client_of(editor), [cast[name] for name in ("member", "stranger", "former", "root")]

    def lay(number):
        comment = say(f"{number}", by=people[number % 4], under=article("fr", f"Page {number}"))
        if pile == "reported":
            moderation.report(comment, by=people[(number + 1) % 4], reason="spam")
        if pile in ("waiting", "hidden"):
            Comment.objects.filter(pk=comment.pk).update(state=pile, hidden_by=editor)

    def count():
        client.get(f"{QUEUE}?pile={pile}")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{QUEUE}?pile={pile}")
        return len(captured)

    lay(0)
    one = count()
    for number in range(1, 9):
        lay(number)
    assert count() == one


@pytest.mark.parametrize("deed", ["say", "edit", "remove", "hide", "restore"])
def test_every_change_that_readers_see_is_said(deed, say, editor, member, django_capture_on_commit_callbacks):
    from news.comments import posting

    comment = say()
    if deed == "restore":
        moderation.hide(comment, by=editor)
    committed()
    before = freshness.current()
    with django_capture_on_commit_callbacks(execute=True):
        {
            "say": lambda: say("encore"),
            "edit": lambda: posting.edit(comment, "x", "fr", by=member),
            "remove": lambda: posting.remove(comment, by=member),
            "hide": lambda: moderation.hide(comment, by=editor),
            "restore": lambda: moderation.restore(comment, by=editor),
        }[deed]()
    assert freshness.current() != before


def test_menu_shows_the_queue_to_editors_alone(editor, translator_ar, client_of):
    link = f'"{reverse("news_comments_queue")}"'.strip('"')
    assert link in client_of(editor).get("/cms/").content.decode()
    assert link not in client_of(translator_ar).get("/cms/").content.decode()
