"""Below spaces/<slug>/forum/."""

from django.urls import path

from forum.views import approving, following, moderation, moving, posts, topics

app_name = "forum"
urlpatterns = [
    path("", topics.topics, name="topics"),
    path("new/", topics.topic_new, name="topic_new"),
    path("subscription/", following.of_space, name="space_subscription"),
    path("<str:public_id>/subscription/", following.of_topic, name="subscription"),
    path("waiting/<str:public_id>/approval/", approving.approval, name="waiting_approval"),
    path("waiting/<str:public_id>/refusal/", approving.refusal, name="waiting_refusal"),
    path("waiting/<str:public_id>/withdrawal/", approving.withdrawal, name="waiting_withdrawal"),
    path("notices/<str:public_id>/", approving.notice, name="notice"),
    path("posts/<str:public_id>/notices/new/", approving.notice_new, name="notice_new"),
    path("cases/", moderation.cases, name="cases"),
    path("<str:public_id>/", topics.topic, name="topic"),
    path("<str:public_id>/closure/", moderation.closure, name="closure"),
    path("<str:public_id>/reopening/", moderation.reopening, name="reopening"),
    path("<str:public_id>/pin/", moderation.pin, name="pin"),
    path("<str:public_id>/unpinning/", moderation.unpinning, name="unpinning"),
    path("<str:public_id>/relocation/", moving.relocation, name="relocation"),
    path("<str:public_id>/pace/", moving.pace, name="pace"),
    path("<str:public_id>/split/", moving.split, name="split"),
    path("<str:public_id>/merger/", moving.merger, name="merger"),
    path("posts/<str:public_id>/", posts.post, name="post"),
    path("posts/<str:public_id>/edit/", posts.post_edit, name="post_edit"),
    path("posts/<str:public_id>/reports/new/", moderation.report_new, name="report_new"),
    path("posts/<str:public_id>/hiding/", moderation.hiding, name="hiding"),
    path("posts/<str:public_id>/restoration/", moderation.restoration, name="restoration"),
    path("posts/<str:public_id>/settlement/", moderation.settlement, name="settlement"),
]
