"""allauth's pages, all with our templates. No third-party sign-in, no page of theirs left unstyled."""

from django.urls import include, path

from profiles.entrance.factors import PasskeyRemovalView

urlpatterns = [
    # Before allauth's, which would let the last factor go.
    path("2fa/webauthn/keys/<int:pk>/remove/", PasskeyRemovalView.as_view(), name="mfa_remove_webauthn"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
    path("", include("profiles.leaving.urls")),
]
