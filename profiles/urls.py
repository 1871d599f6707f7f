from django.urls import path

from profiles import directory_views, views

app_name = "profiles"
urlpatterns = [
    path("people/", directory_views.people, name="people"),
    path("people/<str:public_id>/", views.person, name="person"),
    path("account/profile/", views.edit, name="edit"),
]
