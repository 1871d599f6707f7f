"""allauth's pages, all with our templates. No third-party sign-in, no page of theirs left unstyled."""

from django.urls import include, path

urlpatterns = [
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("", include("profiles.leaving.urls")),
]
