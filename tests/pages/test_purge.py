"""A space that becomes hidden leaves no word in any table but its own."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, CommentReply, Page, PageLogEntry, Workflow

from communities import presenting
from communities.founding import found, hide
from news.models import NewsPage
from pages import translations
from pages.landing import open_landing
from pages.models import SpacePage
from search.models import SearchEntry
from tests.every_column import columns_with
from tests.public_pages import locale

WORD = "Zibelinekin"
# As PostgreSQL's dictionaries and SQLite's stemmers leave it; in other scripts JSON keeps it escaped.
STEMS = ("zibelin", "زبلنكي", "zibéli")
SLUG = "zibelinekin-slug"
# The space's own words: its members go on reading them.
OWN = {"communities_spacetext"}


def tables_with(*words):
    return {place for place in columns_with(*words) if place.partition(".")[0] not in OWN}


@pytest.fixture
def lived_in(facilitator, editor, root, django_capture_on_commit_callbacks):
    """A closed space whose landing page was renamed, edited, translated, discussed, scheduled and proposed for."""
    with django_capture_on_commit_callbacks(execute=True):
        space = found(
            {
                "fr": {"name": f"{WORD} ancien", "purpose": f"{WORD} purpose"},
                "en": {"name": f"{WORD} en", "purpose": f"{WORD} purpose"},
                "ar": {"name": "زبلنكينا", "purpose": "زبلنكينا هنا"},
            },
            by=None,
            facilitator=facilitator,
            visibility="closed",
            join_policy="request",
            language="fr",
            slug=f"{SLUG}-first",
        )
        presenting.write(space, "fr", by=facilitator, name="Zibélinékin", purpose=f"{WORD} purpose")
        presenting.readdress(space, SLUG, by=facilitator)
        presenting.agree_to_figures(space, ["since"], by=facilitator)
        page = SpacePage.objects.get(space=space, place="fr")
        page.body = [("heading", f"Le travail de {WORD}"), ("text", f"<p>{WORD} écrit ici. Zibélinékin.</p>")]
        page.save_revision(user=editor, log_action=True).publish(user=editor)
        (translation,) = translations.translate(page, ["en"])
        body = [("heading", f"The work of {WORD}"), ("text", f"<p>{WORD} writes.</p>")]
        translations.publish(translations.fill(translation, {"body": body}), by=editor)
        translations.translate(page, ["nl"])
        translations.translate(page, ["ar"])
        edited_by_hand(page, editor, root)
    return space


def edited_by_hand(page, editor, root):
    """What Wagtail keeps of an editor's day: a draft, a date, a workflow, remarks, redirects, a log."""
    Redirect.objects.create(old_path=f"/fr/communities/{SLUG}-old", redirect_page=page)
    Redirect.objects.create(old_path="/somewhere", redirect_link=f"/fr/communities/{SLUG}/")
    page.get_parent().specific.save_revision(user=editor, log_action=True)
    page.search_description = f"{WORD} brouillon"
    remark = Comment.objects.create(page=page, user=editor, text=f"{WORD} ?", contentpath="body")
    CommentReply.objects.create(comment=remark, user=root, text=f"{WORD} !")
    draft = page.save_revision(user=editor, log_action=True)
    page.go_live_at = timezone.now() + timedelta(days=3)
    page.save_revision(user=editor, approved_go_live_at=page.go_live_at, log_action=True)
    workflow = Workflow.objects.filter(active=True).first()
    state = workflow.start(page, root)
    state.current_task_state.specific.reject(user=editor, comment=f"{WORD} : pas encore")
    PageLogEntry.objects.log_action(
        page, "wagtail.rename", data={"title": {"old": "Zibélinékin", "new": "x"}}
    )
    assert draft.pk


@pytest.fixture
def listed_in(lived_in, article, django_capture_on_commit_callbacks):
    """An article in which the link stands deeper: in an answer, and in a list of related pages."""
    page = SpacePage.objects.get(space=lived_in, place="fr")
    other, third = article("fr", title="Questions"), article("fr", title="Un troisième")
    text = f'<p>Voir <a linktype="page" id="{page.pk}">{WORD}</a> donc.</p>'
    other.body = [
        ("faq", {"questions": [{"question": "Où ?", "answer": text}]}),
        ("related", {"title": "", "pages": [page, third]}),
        ("related", {"title": f"Autour de {WORD}", "pages": [page]}),
    ]
    with django_capture_on_commit_callbacks(execute=True):
        other.save_revision().publish()
    return NewsPage.objects.get(pk=other.pk)


@pytest.fixture
def linked_to(lived_in, article, django_capture_on_commit_callbacks):
    """Another page that leads there by a block, a link in its text and an address, in two languages."""
    page = SpacePage.objects.get(space=lived_in, place="fr")
    english = SpacePage.objects.get(space=lived_in, place="en")
    text = f'<p>Lire <a linktype="page" id="{page.pk}">{WORD} ici</a> et plus loin.</p>'
    other = article("fr", title="Un article voisin")
    other.body = [
        ("text", text),
        ("cta", {"text": f"Vers {WORD}", "page": page, "url": ""}),
        ("cta", {"text": f"Chez {WORD}", "page": None, "url": f"/communities/{SLUG}/"}),
    ]
    with django_capture_on_commit_callbacks(execute=True):
        other.save_revision().publish()
        (translation,) = translations.translate(other, ["en"])
        link = f'<p>Read <a linktype="page" id="{page.pk}">{WORD} here</a> and on.</p>'
        blocks = [
            ("text", link),
            ("cta", {"text": f"To {WORD}", "page": page.pk, "url": ""}),
            ("cta", {"text": f"At {WORD}", "page": None, "url": f"/communities/{SLUG}/"}),
        ]
        fields = {"title": "A neighbour", "slug": other.slug, "intro": "In short.", "body": blocks}
        translations.publish(translations.fill(translation, fields))
    assert english
    return NewsPage.objects.get(pk=other.pk)


def test_hide_leaves_no_word_behind(
    lived_in, linked_to, listed_in, facilitator, django_capture_on_commit_callbacks
):
    before = {place.partition(".")[0] for place in tables_with(*STEMS)}
    # The test would prove nothing where nothing was written.
    assert {
        "wagtailcore_page", "wagtailcore_revision", "wagtailcore_pagelogentry", "wagtailcore_comment",
        "wagtailcore_commentreply", "wagtailcore_taskstate", "wagtail_localize_string",
        "wagtail_localize_stringtranslation", "wagtail_localize_translationsource", "search_searchentry",
        "pages_spacepage", "news_newspage", "wagtailsearch_indexentry",
    } <= before  # fmt: skip
    assert {"communities_oldaddress.slug", "wagtailredirects_redirect.old_path"} <= tables_with(SLUG)
    with django_capture_on_commit_callbacks(execute=True):
        hide(lived_in, by=facilitator)
    assert tables_with(*STEMS) == set()
    assert tables_with(SLUG) == set()
    assert not SpacePage.objects.filter(space=lived_in).exists()
    assert not SearchEntry.objects.filter(kind="space", title__icontains=WORD).exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_hide_other_pages_keep_what_is_no_link(lived_in, linked_to, facilitator, at):
    hide(lived_in, by=facilitator)
    for code, words in (("fr", "plus loin"), ("en", "and on")):
        page = at(linked_to, code)
        assert [block.block_type for block in page.body] == ["text"]
        assert words in str(page.body) and "<a" not in str(page.body)
        answer = Client().get(page.get_url())
        assert answer.status_code == 200 and words in answer.content.decode()


def test_hide_a_list_that_led_there_alone_goes_with_its_title(lived_in, listed_in, facilitator):
    hide(lived_in, by=facilitator)
    page = NewsPage.objects.get(pk=listed_in.pk)
    assert [block.block_type for block in page.body] == ["faq", "related"]
    assert "donc." in str(page.body) and "Un troisième" in Client().get(page.get_url()).content.decode()


def test_mentions_what_was_written_by_hand_elsewhere_is_listed(lived_in, article):
    page = article("fr", title=f"Ce que {WORD} en dit")
    article("fr", title="Autre chose")
    article("fr", title=f"Brouillon sur {WORD} en", live=False)
    assert presenting.mentions(lived_in) == [(page.title, page.get_url())]


def test_hide_old_address_is_the_ordinary_404(lived_in, facilitator):
    assert Client().get(f"/fr/communities/{SLUG}/").status_code == 200
    hide(lived_in, by=facilitator)
    for path in (f"/fr/communities/{SLUG}/", f"/ar/communities/{SLUG}/", f"/fr/communities/{SLUG}-old/"):
        assert Client().get(path).status_code == 404


def test_hide_other_pages_keep_their_strings(lived_in, article, facilitator):
    page = article("fr", title=f"{WORD[:5]} ailleurs")
    (translation,) = translations.translate(page, ["ar"])
    hide(lived_in, by=facilitator)
    assert translations.missing_strings(translation) > 0


def test_open_landing_hidden_space_is_refused(hidden_space):
    with pytest.raises(ValueError):
        open_landing(hidden_space)
    assert not hidden_space.landing_pages.exists()


def test_page_still_there_asks_the_space_on_every_serve(closed_space):
    """Should a purge ever miss one: the page itself refuses."""
    page = SpacePage.objects.filter(space=closed_space, locale=locale("en")).first()
    assert Client().get(page.get_url()).status_code == 200
    type(closed_space).objects.filter(pk=closed_space.pk).update(visibility="hidden", join_policy="invite")
    answer = Client().get(page.get_url())
    assert answer.status_code == 404 and closed_space.name not in answer.content.decode()
    assert page.get_url() not in Client().get("/sitemap.xml").content.decode()
    assert closed_space.name not in Client().get("/en/communities/").content.decode()
    assert closed_space.name not in Client().get("/en/").content.decode()
