from tests.routes import Route

# Pages themselves (`wagtail_serve`) are declared with the wiring; tests/pages/test_serving.py tries them.
ROUTES = [
    Route("sitemap", "open", make=lambda space: {}),
    Route("news_feed", "open", make=lambda space: {}),
]
