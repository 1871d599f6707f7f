"""allauth's pages, all with our templates. No third-party sign-in, no page of theirs left unstyled."""

from django.urls import include, path

from profiles.sessions.views import sessions

urlpatterns = [
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    # In the place of allauth's, which asks three queries a session.
    path("sessions/", sessions, name="usersessions_list"),
]
