from pages.models import LandingProposal
from tests.routes import Route


def a_theme(space):
    from themes.models import Theme

    theme, _made = Theme.objects.get_or_create(slug="of-the-suite")
    return {"theme": theme.slug}


def a_stand_in(space):
    from wagtail.models import Page

    return {
        "page_id": Page.objects.filter(alias_of__isnull=False, live=True, locale__language_code="nl")
        .first()
        .pk
    }


# Pages themselves (`wagtail_serve`) are declared with the wiring; tests/pages/test_serving.py tries them.


def _with_words(space):
    return {"slug": space.slug, "language": "fr"}


def _with_proposal(space):
    made = LandingProposal.objects.create(space=space, text="A text", language="en")
    return {"slug": space.slug, "public_id": made.public_id}


ROUTES = [
    Route("space_landing", "space:manage"),
    Route("space_words", "space:manage", make=_with_words),
    Route("space_address", "space:manage"),
    Route("space_figures", "space:manage", method="post"),
    Route("space_facilitator", "space:manage", method="post"),
    Route("landing_proposal_new", "space:manage"),
    Route("landing_proposal", "space:manage", make=_with_proposal),
    Route("space_hiding", "space:manage"),
    Route("sitemap", "open", make=lambda space: {}),
    Route("sitemap_part", "open", make=lambda space: {"code": "fr", "part": 1}),
    Route("news_feed", "open", make=lambda space: {}),
    Route("news_theme_feed", "open", make=a_theme),
    Route("translation_wish", "open", make=a_stand_in),
]
