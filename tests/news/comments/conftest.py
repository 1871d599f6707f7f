"""Comments made for one test."""

import pytest
from django.db import connection
from django.urls import reverse

from communities.submissions import new_key
from news.comments import posting
from news.comments.models import CommentSettings


@pytest.fixture
def page(article):
    return article("fr", "Un registre")


@pytest.fixture
def say(page, member):
    """`say("words", by=stranger, parent=comment)`: a comment under `page`, by `member` unless said otherwise."""

    def make(words="Une remarque.", *, by=None, parent=None, language="fr", under=None, **more):
        return posting.post(under or page, words, language, by=by or member, parent=parent, **more)

    return make


@pytest.fixture
def visitors_allowed(db, site_options):
    site_options(visitors_may_comment=True)


@pytest.fixture
def site_options(db):
    def choose(**values):
        from wagtail.models import Site

        row, _made = CommentSettings.objects.get_or_create(site=Site.objects.get(is_default_site=True))
        for name, value in values.items():
            setattr(row, name, value)
        row.save()

    return choose


def new_address(page, language="fr"):
    return in_language(reverse("comments:comment_new", args=[page.translation_key]), language)


def address(name, *args, language="fr"):
    return in_language(reverse(f"comments:{name}", args=args), language)


def in_language(path, language):
    return f"/{language}/" + path.split("/", 2)[2]


def typed(person, words="Une remarque.", **more):
    return {"words": words, "language": "fr", "key": new_key(person, "comment"), **more}


def committed():
    """As if all that went before had been: what is pending keeps nothing beside the public pages."""
    for _within, callback, _robust in connection.run_on_commit:
        if callback.__module__ == "communities.freshness":
            callback()
    connection.run_on_commit.clear()
