"""Below /<lang>/comments/."""

from django.urls import path

from news.comments.views import following, own, reading, visiting, writing

app_name = "comments"
urlpatterns = [
    path("pages/<uuid:key>/", reading.comments, name="comments"),
    path("pages/<uuid:key>/new/", writing.comment_new, name="comment_new"),
    path("pages/<uuid:key>/sent/", visiting.sent, {"what": "comment"}, name="sent"),
    path("pages/<uuid:key>/reports/sent/", visiting.sent, {"what": "report"}, name="report_sent"),
    path("pages/<uuid:key>/subscription/", following.subscription, name="subscription"),
    path("pages/<uuid:key>/subscription/sent/", visiting.sent, {"what": "address"}, name="address_sent"),
    path("followings/<str:token>/", visiting.following, name="following"),
    path("confirmations/<str:token>/", visiting.confirmation, name="confirmation"),
    path("subscriptions/<str:token>/", following.unsubscribing, name="unsubscribing"),
    path("<str:public_id>/", reading.comment, name="comment"),
    path("<str:public_id>/replies/new/", writing.reply_new, name="reply_new"),
    path("<str:public_id>/edit/", own.edit, name="edit"),
    path("<str:public_id>/removal/", own.removal, name="removal"),
    path("<str:public_id>/reports/new/", reading.report_new, name="report_new"),
]
