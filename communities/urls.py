from django.urls import path

from communities.views import asking, members, news, requests, spaces, staff

app_name = "communities"
urlpatterns = [
    path("spaces/", spaces.spaces, name="spaces"),
    path("spaces/<slug:slug>/", spaces.space, name="space"),
    path("spaces/<slug:slug>/about/", spaces.about, name="about"),
    path("spaces/<slug:slug>/members/", members.members, name="members"),
    path("spaces/<slug:slug>/members/<str:public_id>/", members.member, name="member"),
    path("spaces/<slug:slug>/members/<str:public_id>/role/", members.role, name="role"),
    path("spaces/<slug:slug>/members/<str:public_id>/suspension/", members.suspension, name="suspension"),
    path(
        "spaces/<slug:slug>/members/<str:public_id>/reinstatement/",
        members.reinstatement,
        name="reinstatement",
    ),
    path("spaces/<slug:slug>/members/<str:public_id>/removal/", members.removal, name="removal"),
    path("spaces/<slug:slug>/handover/", members.handover, name="handover"),
    path("spaces/<slug:slug>/membership/", asking.membership, name="membership"),
    path("spaces/<slug:slug>/departure/", members.departure, name="departure"),
    path("spaces/<slug:slug>/join-request/", asking.join_request, name="join_request"),
    path("spaces/<slug:slug>/join-request/withdrawal/", asking.withdrawal, name="withdrawal"),
    path("spaces/<slug:slug>/requests/", requests.requests, name="requests"),
    path("spaces/<slug:slug>/requests/<str:public_id>/approval/", requests.approval, name="approval"),
    path("spaces/<slug:slug>/requests/<str:public_id>/refusal/", requests.refusal, name="refusal"),
    path("feed/", news.feed, name="feed"),
    path("notifications/", news.notifications, name="notifications"),
    path("notifications/reading/", news.reading, name="reading"),
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
