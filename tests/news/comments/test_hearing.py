import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django_comments.signals import comment_will_be_posted
from wagtail.models import Page

from news.comments import leaving, moderation, subscriptions
from news.comments.models import Comment, Report, Subscription
from tests.canaries import WORD
from tests.news.comments.conftest import address

pytestmark = pytest.mark.django_db


def callbacks(resolver):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from callbacks(pattern)
        elif isinstance(pattern, URLPattern):
            yield pattern.callback.__module__


def test_no_address_of_comments_xtd_is_mounted():
    modules = set(callbacks(get_resolver()))
    assert "news.comments.views.reading" in modules
    assert not [name for name in modules if name.startswith(("django_comments", "rest_framework"))]


@pytest.mark.parametrize("kind", [Page, ContentType])
def test_net_refuses_what_takes_no_comments(kind, say):
    comment = say()
    comment.content_type = ContentType.objects.get_for_model(kind)
    answers = dict(comment_will_be_posted.send(sender=Comment, comment=comment, request=None))
    assert False in answers.values()


def test_net_refuses_what_did_not_come_through_our_views(page):
    stray = Comment(content_type=ContentType.objects.get_for_model(page), object_pk=str(page.pk))
    assert False in dict(comment_will_be_posted.send(sender=Comment, comment=stray, request=None)).values()


def test_library_s_own_view_posts_nothing(page, visitor, member):
    from django_comments.views.comments import post_comment
    from django_comments_xtd.forms import XtdCommentForm

    for target, user in ((Page.objects.get(pk=page.pk), visitor), (page, visitor), (page, member)):
        form = XtdCommentForm(target)
        data = {name: form[name].value() or "" for name in form.fields}
        data |= {"name": "x", "email": "x@x.example", "comment": "x", "reply_to": "0"}
        request = RequestFactory().post("/", data)
        request.user, request._dont_enforce_csrf_checks = user, True
        assert post_comment(request).status_code == 400
    assert not Comment.objects.exists()


def test_strictest_way_is_the_default_for_every_kind(settings):
    assert settings.COMMENTS_XTD_APP_MODEL_OPTIONS["default"]["who_can_post"] == "users"
    assert not settings.COMMENTS_XTD_APP_MODEL_OPTIONS["default"]["allow_feedback"]


def test_emptied_account_leaves_a_former_member(
    say, member, stranger, page, client, django_capture_on_commit_callbacks
):
    comment = say("reste ici")
    Comment.objects.filter(pk=comment.pk).update(user_name="Member", user_email=member.email)
    subscriptions.follow(page.translation_key, member, "all")
    moderation.report(say(by=stranger), by=member, reason="spam")
    assert "Member" in client.get(page.url).content.decode().partition('id="comments"')[2]
    email = member.email
    with django_capture_on_commit_callbacks(execute=True):
        member.empty()
    section = client.get(page.url).content.decode().partition('id="comments"')[2].partition("</section>")[0]
    assert "reste ici" in section and "Ex-membre" in section and "<bdi>Member</bdi>" not in section
    rows = str([list(model.objects.values()) for model in (Comment, Report, Subscription)])
    assert email not in rows and "Member" not in rows
    assert not Subscription.objects.exists() and Report.objects.get().by is None


def test_person_takes_their_comments_along(say, member, stranger, editor):
    mine = say("à moi")
    moderation.hide(say("caché"), by=editor)
    say("d’une autre", by=stranger)
    (part,) = [part for part in leaving.parts(member) if part.name == "comments"]
    found = list(part.rows())
    assert [row["content"].text for row in found] == ["à moi", "caché"]
    assert found[0]["address"].endswith(f"/comments/{mine.public_id}/")


WORDS = ["zqhiddenxv", "zqplacexv", "zqreasonxv", "zqreportxv", "zqunconfirmedxv", "zqwaitingxv"]


@pytest.fixture
def canaries(page, say, editor, visitor, visitors_allowed, django_capture_on_commit_callbacks):
    """A word in everything that is not to be seen."""
    from news.comments import guests

    with django_capture_on_commit_callbacks(execute=True):
        moderation.hide(say("zqhiddenxv"), by=editor, reason="zqreasonxv")
        above = say("zqplacexv")
        say("une réponse", parent=above)
        moderation.hide(above, by=editor)
        shown = say("visible")
        moderation.report(shown, by=editor, reason="other", words="zqreportxv")
        for word in ("zqunconfirmedxv", "zqwaitingxv"):
            guests.post(page, word, "fr", name=f"{word}name", email=f"{word}@guest.example")
        guests.confirm(Comment.objects.get(comment="zqwaitingxv").guest)
    return [shown.public_id, above.public_id]


@pytest.mark.parametrize(
    "name", ["visitor", "newcomer", "member", "stranger", "staff", "translator_ar", "suspended"]
)
def test_nothing_hidden_held_or_private_shows_anywhere(name, canaries, page, cast, client_of):
    client = client_of(cast[name])
    found = ["/fr/", "/fr/news/", "/fr/news/atom/", "/fr/notifications/", "/fr/feed/", "/sitemap.xml"]
    found += [page.url, page.url.replace("/fr/", "/ar/"), address("comments", page.translation_key)]
    found += ["/cms/comments/", "/cms/comments/?pile=hidden", "/cms/comments/?pile=reported"]
    found += [f"/fr/search/?q={word}" for word in WORDS]
    for comment in Comment.objects.all():
        found += [address(verb, comment.public_id) for verb in ("comment", "reply_new", "edit", "report_new")]
    for url in found:
        html = client.get(url, follow=True).content.decode()
        seen = [word for word in WORDS if word in html and word != url.partition("?q=")[2]]
        assert seen == [], url


def test_editors_find_what_is_held_hidden_and_reported_and_no_mail_address(canaries, editor, client_of):
    client = client_of(editor)
    whole = "".join(
        client.get(f"/cms/comments/?pile={pile}").content.decode()
        for pile in ("waiting", "hidden", "reported")
    )
    for word in ("zqhiddenxv", "zqplacexv", "zqreasonxv", "zqreportxv", "zqwaitingxv"):
        assert word in whole
    assert "zqunconfirmedxv" not in whole and "@guest.example" not in whole


def test_no_mail_carries_a_word(canaries):
    assert len(mail.outbox) > 2
    for letter in mail.outbox:
        whole = letter.subject + letter.body + "".join(str(part.content) for part in letter.alternatives)
        assert not WORD.search(whole)
