"""Below spaces/<slug>/forum/."""

from django.urls import path

from forum.views import answers, kinds, moderation, people, polls, posts, reactions, saved, topics

app_name = "forum"
urlpatterns = [
    path("", topics.topics, name="topics"),
    path("new/", topics.topic_new, name="topic_new"),
    path("cases/", moderation.cases, name="cases"),
    path("people/", people.people, name="people"),
    path("reading/", answers.reading, name="reading"),
    path("<str:public_id>/", topics.topic, name="topic"),
    path("<str:public_id>/kind/", kinds.kind, name="kind"),
    path("<str:public_id>/ballot/", polls.ballot, name="ballot"),
    path("<str:public_id>/poll/", polls.poll_edit, name="poll_edit"),
    path("<str:public_id>/poll/closure/", polls.poll_closure, name="poll_closure"),
    path("<str:public_id>/unread/", answers.unread, name="unread"),
    path("<str:public_id>/closure/", moderation.closure, name="closure"),
    path("<str:public_id>/reopening/", moderation.reopening, name="reopening"),
    path("<str:public_id>/pin/", moderation.pin, name="pin"),
    path("<str:public_id>/unpinning/", moderation.unpinning, name="unpinning"),
    path("posts/<str:public_id>/", posts.post, name="post"),
    path("posts/<str:public_id>/answers/", answers.answers, name="answers"),
    path("posts/<str:public_id>/reactions/", reactions.reactions, name="reactions"),
    path("posts/<str:public_id>/bookmark/", saved.bookmark, name="bookmark"),
    path("posts/<str:public_id>/edit/", posts.post_edit, name="post_edit"),
    path("posts/<str:public_id>/reports/new/", moderation.report_new, name="report_new"),
    path("posts/<str:public_id>/solution/", kinds.solution, name="solution"),
    path("posts/<str:public_id>/solution/withdrawal/", kinds.solution_withdrawal, name="solution_withdrawal"),
    path("posts/<str:public_id>/hiding/", moderation.hiding, name="hiding"),
    path("posts/<str:public_id>/restoration/", moderation.restoration, name="restoration"),
    path("posts/<str:public_id>/settlement/", moderation.settlement, name="settlement"),
]
