"""Below saved/: what one keeps of all one's spaces."""

from django.urls import path

from forum.views import saved

app_name = "saved"
urlpatterns = [path("", saved.saved, name="saved")]
