"""Wiring only: which room answers below which address (house.md, "Addresses")."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config import face, robots, views
from files.views import stored_file, stored_small
from forum.views.following import subscriptions
from news.documents import document
from profiles.sessions.views import quick_exit

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler429 = "config.errors.too_many"  # allauth looks for it
handler500 = "config.errors.server_error"

urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("healthz", views.health, name="health"),
    path("robots.txt", robots.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("", include("pages.sitemap_urls")),
    path("face.css", face.stylesheet, name="face_css"),
    # A name has no slash in it (files.cleaning.safe_name), so this one is no file's own.
    path("files/<str:token>/small/<str:name>", stored_small, name="stored_small"),
    path("files/<str:token>/<path:name>", stored_file, name="stored_file"),
    re_path(r"^documents/(?P<rest>.*)$", document, name="public_document"),
    # For the names that Wagtail reverses.
    path("documents/", include(wagtaildocs_urls)),
    path("renditions/<path:name>", views.rendition, name="rendition"),
    # Wagtail's own doors are walled up before its addresses are mounted: one sign-in view in the whole site.
    re_path(r"^cms/(?:login|password_reset)(?:/.*)?$", views.one_door),
    path("cms/logout/", views.one_door),
    path("_util/<path:rest>", views.one_door),
    path("cms/", include("pages.cms.urls")),
    path("cms/", include(wagtailadmin_urls)),
]

urlpatterns += i18n_patterns(
    path("exit/", quick_exit, name="quick_exit"),
    path("", include("profiles.sessions.urls")),
    path("account/", include("profiles.account_urls")),
    path("", include("profiles.entrance.urls")),
    path("", include("profiles.urls")),
    path("spaces/<slug:slug>/forum/", include("forum.urls")),
    path("subscriptions/", subscriptions, name="subscriptions"),
    path("spaces/<slug:slug>/library/", include("communities.library.urls")),
    path("saved/", include("forum.saved_urls")),
    path("drafts/", include("forum.draft_urls")),
    path("spaces/<slug:slug>/", include("pages.space_urls")),
    path("", include("events.urls")),
    path("search/", include("search.urls")),
    path("comments/", include("news.comments.urls")),
    path("", include("communities.urls")),
    path("_util/<path:rest>", views.one_door),
    path("", include("pages.urls")),
)
