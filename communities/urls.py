from django.urls import path

from communities.views import news, record, requests, settings, spaces, staff, texts

app_name = "communities"
urlpatterns = [
    path("spaces/", spaces.spaces, name="spaces"),
    path("spaces/<slug:slug>/", spaces.space, name="space"),
    path("spaces/<slug:slug>/about/", spaces.about, name="about"),
    path("spaces/<slug:slug>/members/", spaces.members, name="members"),
    path("spaces/<slug:slug>/membership/", spaces.membership, name="membership"),
    path("spaces/<slug:slug>/departure/", spaces.departure, name="departure"),
    path("spaces/<slug:slug>/join-request/", spaces.join_request, name="join_request"),
    path("spaces/<slug:slug>/requests/", requests.requests, name="requests"),
    path("spaces/<slug:slug>/requests/<str:public_id>/approval/", requests.approval, name="approval"),
    path("spaces/<slug:slug>/requests/<str:public_id>/refusal/", requests.refusal, name="refusal"),
    path("spaces/<slug:slug>/settings/", settings.settings, name="settings"),
    path("spaces/<slug:slug>/texts/", texts.texts, name="texts"),
    path("spaces/<slug:slug>/record/", record.of_space, name="record"),
    path("feed/", news.feed, name="feed"),
    path("notifications/", news.notifications, name="notifications"),
    path("notifications/reading/", news.reading, name="reading"),
    path("account/record/", record.own, name="own_record"),
    path("staff/record/", record.of_staff, name="staff_record"),
    path("staff/", staff.desk, name="staff"),
    path("staff/people/", staff.people, name="staff_people"),
    path("staff/people/<str:public_id>/", staff.person, name="staff_person"),
    path("staff/people/<str:public_id>/approval/", staff.approval, name="staff_approval"),
    path("staff/people/<str:public_id>/refusal/", staff.refusal, name="staff_refusal"),
    path("staff/people/<str:public_id>/suspension/", staff.suspension, name="staff_suspension"),
    path("staff/people/<str:public_id>/reinstatement/", staff.reinstatement, name="staff_reinstatement"),
    path("staff/spaces/", staff.spaces, name="staff_spaces"),
    path("staff/spaces/new/", staff.space_new, name="staff_space_new"),
    path("staff/spaces/<int:pk>/facilitator/", staff.facilitator, name="staff_facilitator"),
]
