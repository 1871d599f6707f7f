"""Mounted before Wagtail's own addresses below /cms/: what of those must not be reached as it stands."""

from django.urls import path, re_path

from pages.cms import views

urlpatterns = [
    path("account/", views.AccountView.as_view()),
    # People are suspended at the staff desk, where it is recorded, and never deleted.
    re_path(r"^bulk/(?:profiles/user|auth/group)/", views.nothing_here),
]
