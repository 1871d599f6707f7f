from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from communities.models import Activity
from news.comments import posting
from news.comments.models import Comment, Report, State
from news.comments.refusals import Closed, Gone, TooDeep, TooLate, TooOften
from tests.news.comments.conftest import address, committed, new_address, typed
from tests.pages.test_translations import translated

pytestmark = pytest.mark.django_db
# Drawn anew each time, from no cache.
UNKEPT = {"Authorization": "none"}


def test_comment_of_a_member_keeps_neither_name_nor_mail_nor_address(page, member, client_of):
    answer = client_of(member).post(new_address(page), typed(member), REMOTE_ADDR="192.0.2.7")
    comment = Comment.objects.get()
    assert answer.status_code == 302 and answer["Location"].endswith(
        f"/fr/news/un-registre/#{comment.anchor}"
    )
    assert (comment.user_name, comment.user_email, comment.user_url, comment.ip_address) == ("", "", "", None)
    assert comment.user == member and comment.is_public and not comment.is_removed


def test_comment_hangs_on_the_source_and_shows_under_every_translation(article, at, say, client, member):
    page = translated(article)
    for place in (page, at(page, "ar"), at(page, "nl")):
        say(f"sous {place.locale.language_code}", under=place)
    assert {row.content_object for row in Comment.objects.all()} == {page}
    for place in (page, at(page, "ar"), at(page, "nl")):
        html = client.get(place.url).content.decode()
        assert [f"sous {code}" in html for code in ("fr", "ar", "nl")] == [True] * 3


def test_comment_of_an_arabic_page_needs_no_english(article, at, say, client):
    page = article("ar", "سجل", slug="sijil")
    say("تعليق", under=at(page, "en"), language="ar")
    assert Comment.objects.get().content_object == page
    assert "تعليق" in client.get(page.url).content.decode()


def test_words_are_rendered_as_in_the_forum(say):
    comment = say(
        "**fort** <script>x</script>\n\n![a](https://x.example/a.png) [y](javascript&colon;alert(1))"
    )
    assert "<strong>fort</strong>" in comment.html and 'dir="auto"' in comment.html
    assert (
        "<script" not in comment.html
        and "<img" not in comment.html
        and 'href="javascript' not in comment.html
    )


def test_comment_is_marked_with_its_language(say, client, page):
    say("مرحبا", language="ar")
    assert 'lang="ar" dir="auto"><p dir="auto">مرحبا' in client.get(page.url).content.decode()


def test_language_is_guessed_from_the_person(page, member, client_of):
    html = client_of(member).get(new_address(page, "en")).content.decode()
    assert '<option value="fr" selected>' in html


def test_answers_stand_below_what_they_answer(say, page, client):
    first, second = say("premier"), say("second")
    answer = say("réponse", parent=first)
    say("encore", parent=answer)
    html = client.get(page.url).content.decode()
    order = [html.index(words) for words in ("premier", "réponse", "encore", "second")]
    assert order == sorted(order)
    assert Comment.objects.get(pk=first.pk).nested_count == 2
    assert [row.level for row in Comment.objects.of(page.translation_key).order_by("thread_id", "order")] == [
        0, 1, 2, 0,
    ]  # fmt: skip
    assert second.thread_id == second.pk


def test_answer_below_the_second_depth_is_refused_in_words(say, member, client_of, page):
    deep = say("trois", parent=say("deux", parent=say("un")))
    with pytest.raises(TooDeep):
        say("quatre", parent=deep)
    here = address("reply_new", deep.public_id)
    client = client_of(member)
    assert client.get(here).status_code == 403
    answer = client.post(here, typed(member, "Mes mots restent"))
    assert answer.status_code == 403
    assert "Mes mots restent" in answer.content.decode()
    assert Comment.objects.count() == 3


def test_answer_to_what_is_gone_is_refused_in_words(say, member):
    first = say("un")
    Comment.objects.filter(pk=first.pk).update(state=State.HIDDEN)
    with pytest.raises(Gone):
        say("deux", parent=first)


def test_same_form_twice_makes_one_comment(page, member, client_of):
    client, form = client_of(member), typed(member)
    answers = [client.post(new_address(page), form) for _time in range(2)]
    assert Comment.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]


def test_form_without_a_key_keeps_the_words(page, member, client_of):
    answer = client_of(member).post(new_address(page), typed(member, "Gardez-moi", key="x"))
    assert answer.status_code == 200 and "Gardez-moi" in answer.content.decode()
    assert not Comment.objects.exists()


def test_eleventh_comment_in_an_hour_waits_and_keeps_the_words(page, member, client_of, say):
    for number in range(posting.PER_HOUR):
        say(f"numéro {number}")
    with pytest.raises(TooOften):
        say("un de trop")
    answer = client_of(member).post(new_address(page), typed(member, "Gardez-moi"))
    assert answer.status_code == 429 and "Gardez-moi" in answer.content.decode()
    Comment.objects.update(submit_date=timezone.now() - timedelta(minutes=61))
    assert say("une heure plus tard")


@pytest.mark.parametrize("words", ["", "   ", "x" * 3001])
def test_empty_and_endless_comments_are_refused_in_words(words, page, member, client_of):
    answer = client_of(member).post(new_address(page), typed(member, words))
    assert answer.status_code == 200 and 'aria-invalid="true"' in answer.content.decode()
    assert not Comment.objects.exists()


def test_closed_page_says_so_and_keeps_what_is_there(page, say, member, client_of, client):
    say("avant la fin")
    page.comments_closed = True
    page.save_revision().publish()
    with pytest.raises(Closed):
        say("trop tard")
    html = client.get(page.url).content.decode()
    assert "avant la fin" in html and str(page.translation_key) not in html and "/replies/" not in html
    assert client_of(member).get(new_address(page)).status_code == 403
    answer = client_of(member).post(new_address(page), typed(member, "Gardez-moi"))
    assert answer.status_code == 403 and "Gardez-moi" in answer.content.decode()
    assert Comment.objects.count() == 1


def test_closing_of_the_source_counts_for_its_translations(article, at, say):
    page = translated(article)
    page.comments_closed = True
    page.save_revision().publish()
    with pytest.raises(Closed):
        say(under=at(page, "ar"))


def test_page_closes_after_the_days_that_were_set(page, say, site_options, client):
    site_options(close_after_days=30)
    assert say()
    Page.objects.filter(pk=page.pk).update(first_published_at=timezone.now() - timedelta(days=31))
    page.refresh_from_db()
    with pytest.raises(Closed):
        say()
    assert "/replies/" not in client.get(page.url).content.decode()
    site_options(close_after_days=0)
    assert say()


def test_author_edits_within_a_quarter_of_an_hour(say, member, client_of, page):
    comment = say("avant")
    answer = say("réponse", parent=comment)
    here, client = address("edit", comment.public_id), client_of(member)
    assert client.post(here, {"words": "après", "language": "en"}).status_code == 302
    comment.refresh_from_db()
    assert (comment.comment, comment.language) == ("après", "en") and comment.edited_at
    answer.refresh_from_db()
    assert answer.is_public
    Comment.objects.update(submit_date=timezone.now() - timedelta(minutes=16))
    assert client.get(here).status_code == 403
    late = client.post(here, {"words": "trop tard", "language": "en"})
    assert late.status_code == 403 and "trop tard" in late.content.decode()
    comment.refresh_from_db()
    assert comment.comment == "après"
    with pytest.raises(TooLate):
        posting.edit(comment, "x", "fr", by=member)


@pytest.mark.parametrize("name", ["stranger", "editor", "root", "newcomer", "visitor"])
@pytest.mark.parametrize("verb", ["edit", "removal"])
def test_nobody_else_edits_or_removes(name, verb, say, cast, client_of):
    comment = say("à moi")
    answer = client_of(cast[name]).post(address(verb, comment.public_id), {"words": "x", "language": "fr"})
    assert answer.status_code == 403
    comment.refresh_from_db()
    assert comment.comment == "à moi" and comment.is_shown


def test_removed_comment_without_answers_leaves_nothing(say, member, client_of):
    comment = say("à moi", parent=say("autre"))
    client_of(member).post(address("removal", comment.public_id))
    assert not Comment.objects.filter(pk=comment.pk).exists()
    assert Comment.objects.get().nested_count == 0
    assert not Activity.objects.filter(target_id=comment.pk, kind__in=posting.KINDS).exists()


def test_removed_comment_with_answers_leaves_an_empty_place(say, member, stranger, client_of, page, client):
    comment = say("mots à retirer")
    answer = say("réponse", parent=comment, by=stranger)
    client_of(member).post(address("removal", comment.public_id))
    html = client.get(page.url).content.decode()
    assert "mots à retirer" not in html and "réponse" in html and comment.anchor in html
    assert "mots" not in str(Comment.objects.filter(pk=comment.pk).values().get())
    assert client.get(address("comment", comment.public_id)).status_code == 404
    # The last answer takes the empty place along.
    client_of(stranger).post(address("removal", answer.public_id))
    assert not Comment.objects.exists()


def test_page_with_many_comments_asks_as_much_as_with_one(page, say, cast, client):
    people = [person for name, person in cast.items() if name not in ("visitor", "newcomer", "suspended")]

    def count():
        committed()
        client.get(page.url, headers=UNKEPT)
        with CaptureQueriesContext(connection) as captured:
            client.get(page.url, headers=UNKEPT)
        return len(captured)

    none = count()
    say()
    one = count()
    for number in range(29):
        parent = Comment.objects.order_by("?").filter(level__lt=2).first() if number % 2 else None
        say(f"numéro {number}", by=people[number % len(people)], parent=parent)
    assert count() == one == none


def test_comments_cost_an_article_one_query(page, say, client, monkeypatch):
    say()

    def count():
        committed()
        client.get(page.url, headers=UNKEPT)
        with CaptureQueriesContext(connection) as captured:
            client.get(page.url, headers=UNKEPT)
        return len(captured)

    whole = count()
    monkeypatch.setattr("news.comments.threads.under", lambda page: None)
    assert whole - count() == 1


def test_more_than_fifty_go_on_on_a_page_of_their_own(page, say, client, monkeypatch):
    monkeypatch.setattr(posting, "PER_HOUR", 100)
    for number in range(52):
        last = say(f"numéro-{number}-")
    html = client.get(page.url).content.decode()
    assert "numéro-49-" in html and "numéro-50-" not in html and "?page=2" in html
    there = client.get(address("comment", last.public_id))["Location"]
    assert there == address("comments", page.translation_key) + f"?page=2#{last.anchor}"
    second = client.get(there)
    assert "numéro-51-" in second.content.decode() and "numéro-49-" not in second.content.decode()
    assert "csrfmiddlewaretoken" not in second.content.decode() and not second.cookies
    for wrong in ("?page=3", "?page=0", "?page=x", "?page=²"):
        assert client.get(address("comments", page.translation_key) + wrong).status_code == 404


def test_page_carries_no_form_and_no_cookie_for_a_visitor(page, say, client):
    say()
    answer = client.get(page.url)
    section = answer.content.decode().partition('id="comments"')[2].partition("</section>")[0]
    assert "<form" not in section and "csrf" not in section and not answer.cookies


def test_permanent_address_leads_to_the_readers_language(article, at, say, client):
    page = translated(article)
    comment = say(under=page)
    for code in ("fr", "ar", "nl"):
        answer = client.get(address("comment", comment.public_id, language=code))
        assert answer["Location"] == f"{at(page, code).url}#{comment.anchor}" if code != "fr" else page.url


def test_unknown_page_or_comment_is_not_found(client, page):
    for here in (address("comments", uuid4()), address("comment", "nobody"), address("comment_new", uuid4())):
        assert client.get(here).status_code == 404


def test_standing_pages_take_no_comments(client, member, client_of):
    from pages.models import HomePage

    home = HomePage.objects.get(locale__language_code="fr")
    assert client_of(member).get(address("comment_new", home.translation_key)).status_code == 404


def test_restricted_page_takes_its_comments_out_of_reach(page, say, member, editor, client_of, client):
    from wagtail.models import PageViewRestriction

    comment = say("mot secret")
    moderator = client_of(editor)
    assert "mot secret" in moderator.get("/cms/comments/?pile=shown").content.decode()
    restriction = PageViewRestriction.objects.create(
        page=page.get_translation(page.locale), restriction_type="password", password="x"
    )
    addresses = [address("comment", comment.public_id), address("comments", page.translation_key),
                 address("comment_new", page.translation_key), address("reply_new", comment.public_id),
                 address("edit", comment.public_id), address("removal", comment.public_id),
                 address("report_new", comment.public_id), address("subscription", page.translation_key)]  # fmt: skip
    assert {client_of(member).get(here).status_code for here in addresses} == {404}
    assert "mot secret" not in moderator.get("/cms/comments/?pile=shown").content.decode()
    assert "mot secret" not in client.get(page.url).content.decode()
    restriction.delete()
    assert client.get(addresses[0]).status_code == 302


def test_withdrawn_page_takes_its_comments_out_of_reach(page, say, client):
    comment = say()
    page.unpublish()
    assert client.get(address("comment", comment.public_id)).status_code == 404


def test_deleted_page_takes_everything_along(page, say, member, stranger):
    from django_comments.models import CommentFlag

    from news.comments import moderation, subscriptions
    from news.comments.models import Guest, Subscription

    comment = say("un")
    say("deux", parent=comment, by=stranger)
    moderation.report(comment, by=stranger, reason="spam")
    CommentFlag.objects.create(user=member, comment=comment, flag="x")
    Guest.objects.create(comment=comment, email="g@x.example", language="fr")
    subscriptions.follow(page.translation_key, member, "all")
    page.delete()
    from django_comments.models import Comment as Row
    from django_comments_xtd.models import XtdComment

    for model in (Comment, XtdComment, Row, CommentFlag, Report, Guest, Subscription):
        assert not model.objects.exists(), model
    assert not Activity.objects.filter(kind__in=posting.KINDS).exists()


def test_deleted_source_hands_its_comments_to_the_translation(article, at, say, client):
    page = translated(article)
    comment = say("reste ici", under=page)
    arabic = at(page, "ar")
    page.delete()
    comment = Comment.objects.get(pk=comment.pk)
    assert comment.content_object == arabic
    assert "reste ici" in client.get(arabic.url).content.decode()
    assert say("encore", under=at(arabic, "ar")).content_object == arabic


def test_deleted_translation_leaves_the_comments_where_they_are(article, at, say):
    page = translated(article)
    comment = say(under=at(page, "ar"))
    at(page, "ar").delete()
    assert Comment.objects.get(pk=comment.pk).content_object == page


def test_content_type_of_a_comment_is_never_the_bare_page(say):
    assert say().content_type != ContentType.objects.get_for_model(Page)
