from django.urls import path

from profiles.leaving import views

app_name = "leaving"
urlpatterns = [
    path("export/", views.export, name="export"),
    path("erasure/", views.erasure, name="erasure"),
    path("erasure/withdrawal/", views.withdrawal, name="withdrawal"),
]
