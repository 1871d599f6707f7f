"""What one has begun, in all spaces."""

from django.urls import path

from forum.views import drafts

app_name = "drafts"
urlpatterns = [path("", drafts.drafts, name="drafts")]
