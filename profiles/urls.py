from django.urls import path

from profiles.views import directory, editing, page

app_name = "profiles"
urlpatterns = [
    path("people/", directory.people, name="people"),
    path("people/<str:public_id>/", page.person, name="person"),
    path("account/profile/", editing.edit, name="edit"),
]
