"""Wagtail, the comments below its pages, and what the rooms take from machina."""

from typing import Any

from config.settings.data import MAX_UPLOAD_BYTES
from config.settings.ground import BASE_URL, SITE_NAME, env

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
# Renditions in WebP, thumbnails of the CMS too: Wagtail's JPEG and PNG keep GPS and EXIF.
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"jpeg": "webp", "png": "webp", "webp": "webp"}
WAGTAILDOCS_EXTENSIONS = [
    "pdf",
    "docx",
    "odt",
    "rtf",
    "txt",
    "md",
    "csv",
    "xlsx",
    "ods",
    "pptx",
    "odp",
    "epub",
    "jpg",
    "jpeg",
    "png",
    "webp",
    "mp3",
    "ogg",
    "m4a",
    "wav",
    "mp4",
    "webm",
]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = MAX_UPLOAD_BYTES
WAGTAILDOCS_MAX_UPLOAD_SIZE = MAX_UPLOAD_BYTES
# As files.cleaning.images: larger ones are refused before they are decoded.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
# Whatever editors upload is cleaned before Wagtail keeps it.
WAGTAILDOCS_DOCUMENT_FORM_BASE = "files.cms_forms.CleanDocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "files.cms_forms.CleanImageForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "synced"
SITE_ID = 1
# For security.txt: mailto: or https: addresses. The contact page where there is none.
SECURITY_CONTACTS: list[str] = env.list("SECURITY_CONTACTS", default=[])
# What publishing clears: our own page cache, and a cache in front of the site when there is one.
WAGTAILFRONTENDCACHE = {"pages": {"BACKEND": "pages.page_cache.ClearingBackend"}}
if _front := env("FRONT_CACHE_LOCATION", default=""):
    WAGTAILFRONTENDCACHE["front"] = {
        "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
        "LOCATION": _front,
    }

# django-comments-xtd: only `news` speaks to it; its own addresses and JSON are not mounted.
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MODEL = "news.comments.models.Comment"
COMMENTS_XTD_MAX_THREAD_LEVEL = 2
# Its own ways are a net behind ours, hence as strict as they can be, for every kind of object.
COMMENTS_XTD_CONFIRM_EMAIL = True
COMMENTS_XTD_APP_MODEL_OPTIONS = {
    "default": {
        "who_can_post": "users",
        "allow_flagging": False,
        "allow_feedback": False,
        "show_feedback": False,
    }
}

# machina: models only. Markdown is ours, through nh3.
MACHINA_MARKUP_LANGUAGE: tuple[str, dict[str, Any]] = ("communities.markup.render", {})
MACHINA_MARKUP_WIDGET = None

# Drafts of translations by a machine: a LibreTranslate server of the network's own. Without an address, none.
MACHINE_TRANSLATION_URL = env("MACHINE_TRANSLATION_URL", default="")
MACHINE_TRANSLATION_KEY = env("MACHINE_TRANSLATION_KEY", default="")
MACHINE_TRANSLATION_TIMEOUT = env.float("MACHINE_TRANSLATION_TIMEOUT", default=20)
