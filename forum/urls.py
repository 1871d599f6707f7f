"""Below spaces/<slug>/forum/."""

from django.urls import path

from forum.views import posts, topics

app_name = "forum"
urlpatterns = [
    path("", topics.topics, name="topics"),
    path("new/", topics.topic_new, name="topic_new"),
    path("<str:public_id>/", topics.topic, name="topic"),
    path("posts/<str:public_id>/", posts.post, name="post"),
    path("posts/<str:public_id>/edit/", posts.post_edit, name="post_edit"),
]
