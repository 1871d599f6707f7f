from wagtail.models import Locale

from news.comments import posting
from news.comments.models import Comment, Follower, Guest, State
from news.models import NewsIndexPage, NewsPage
from profiles.models import User
from tests.routes import Route


def _page():
    found = NewsPage.objects.filter(slug="commented").first()
    if found is None:
        index = NewsIndexPage.objects.get(locale=Locale.objects.get(language_code="en"))
        index.add_child(instance=NewsPage(title="Commented", slug="commented"))
    return found or NewsPage.objects.get(slug="commented")


def _comment():
    by = User.objects.get(email="member@cast.example")
    return Comment.objects.filter(user=by).first() or posting.post(_page(), "A remark", "en", by=by)


def of_page(space):
    return {"key": _page().translation_key}


def of_comment(space):
    return {"public_id": _comment().public_id}


def _token(space):
    comment = posting.post(_page(), "A guest's", "en", by=User(), user_name="Guest", state=State.UNCONFIRMED)
    return {"token": Guest.objects.create(comment=comment, email="guest@x.example", language="en").token}


def _follower(space):
    row, _made = Follower.objects.get_or_create(
        about=_page().translation_key, email="f@x.example", language="en"
    )
    return {"token": row.token}


ROUTES = [
    Route("comments:comments", "open", make=of_page),
    Route("comments:comment", "open", make=of_comment),
    Route("comments:comment_new", "network in words", make=of_page),
    Route("comments:reply_new", "network in words", make=of_comment),
    Route("comments:report_new", "network in words", make=of_comment),
    Route("comments:subscription", "network in words", make=of_page),
    Route("comments:sent", "open", make=of_page),
    Route("comments:report_sent", "open", make=of_page),
    Route("comments:address_sent", "open", make=of_page),
    Route("comments:following", "owner", make=_follower, note="tests/news/comments/test_followers.py"),
    Route("comments:edit", "owner", make=of_comment, note="tests/news/comments/test_posting.py"),
    Route("comments:removal", "owner", make=of_comment, note="tests/news/comments/test_posting.py"),
    Route("comments:confirmation", "owner", make=_token, note="tests/news/comments/test_guests.py"),
    Route(
        "comments:unsubscribing",
        "open",
        make=lambda space: {"token": "nobody-has-this-one"},
        note="the token is the right: tests/news/comments/test_subscriptions.py",
    ),
    Route("resource_feed", "open", make=lambda space: {}),
    Route(
        "resource_citation",
        "owner",
        make=None,
        note="of a public resource alone: tests/news/resources/test_citation.py",
    ),
    Route(
        "public_document", "owner", make=None, note="of something public alone: tests/news/test_documents.py"
    ),
]
