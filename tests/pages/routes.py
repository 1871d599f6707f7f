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
ROUTES = [
    Route("sitemap", "open", make=lambda space: {}),
    Route("news_feed", "open", make=lambda space: {}),
    Route("news_theme_feed", "open", make=a_theme),
    Route("translation_wish", "open", make=a_stand_in),
]
