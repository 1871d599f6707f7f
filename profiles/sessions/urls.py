"""Below /<lang>/."""

from django.urls import path

from profiles.sessions import views

app_name = "account_sessions"
urlpatterns = [
    path("account/kept/", views.kept, name="kept"),
    path("account/sessions/<str:token>/end/", views.session_end, name="session_end"),
]
