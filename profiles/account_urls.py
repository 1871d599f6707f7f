"""allauth's pages, all with our templates. No third-party sign-in, no page of theirs left unstyled."""

from django.urls import include, path

from profiles.entrance.factors import PasskeyRemovalView
from profiles.sessions.views import sessions

urlpatterns = [
    # Before allauth's, which would let the last factor go.
    path("2fa/webauthn/keys/<int:pk>/remove/", PasskeyRemovalView.as_view(), name="mfa_remove_webauthn"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    # In the place of allauth's, which asks three queries a session.
    path("sessions/", sessions, name="usersessions_list"),
    path("", include("profiles.leaving.urls")),
]
