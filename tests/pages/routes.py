from tests.routes import Route

ROUTES = [
    Route("sitemap", "open", make=lambda space: {}),
    Route("news_feed", "open", make=lambda space: {}),
    Route("wagtail_serve", "open", make=lambda space: {"path": "news/"}, note="tests/pages/test_serving.py"),
    Route("wagtailcore_login", "thirdparty", note="walled up: config.views.one_door"),
    Route("wagtailcore_authenticate_with_password", "thirdparty", note="walled up: config.views.one_door"),
    Route("pages_translations", "thirdparty", note="in /cms/: tests/pages/test_walk.py"),
]
