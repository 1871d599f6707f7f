from django.urls import path

from profiles import views

app_name = "profiles"
urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/<str:public_id>/", views.person, name="person"),
    path("account/profile/", views.edit, name="edit"),
]
