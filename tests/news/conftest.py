from tests.public_pages import article, at, locale, resource

__all__ = ["article", "at", "locale", "resource"]
