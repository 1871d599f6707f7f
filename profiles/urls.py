from django.urls import path

from profiles import directory_views, organisation_desk, organisation_views, tie_views, views

app_name = "profiles"
urlpatterns = [
    path("people/", directory_views.people, name="people"),
    path("people/<str:public_id>/", views.person, name="person"),
    path("people/<str:public_id>/block/", tie_views.block, name="block"),
    path("people/<str:public_id>/contact/", tie_views.contact, name="contact"),
    path("organisations/", organisation_views.organisations, name="organisations"),
    path("organisations/new/", organisation_views.organisation_new, name="organisation_new"),
    path("organisations/<str:public_id>/", organisation_views.organisation, name="organisation"),
    path("staff/organisations/", organisation_desk.organisations, name="staff_organisations"),
    path("staff/organisations/<str:public_id>/", organisation_desk.organisation, name="staff_organisation"),
    path(
        "staff/organisations/<str:public_id>/approval/",
        organisation_desk.approval,
        name="staff_organisation_approval",
    ),
    path(
        "staff/organisations/<str:public_id>/refusal/",
        organisation_desk.refusal,
        name="staff_organisation_refusal",
    ),
    path(
        "staff/organisations/<str:public_id>/merging/",
        organisation_desk.merging,
        name="staff_organisation_merging",
    ),
    path("account/following/", tie_views.following, name="following"),
    path("account/following/ending/", tie_views.following_end, name="following_end"),
    path("account/blocked/", tie_views.blocked, name="blocked"),
    path("account/blocked/ending/", tie_views.blocked_end, name="blocked_end"),
    path("account/requests/", tie_views.contact_requests, name="contact_requests"),
    path("account/requests/openness/", tie_views.contactability, name="contactability"),
    path("account/requests/<str:public_id>/", tie_views.contact_request, name="contact_request"),
    path("account/requests/<str:public_id>/refusal/", tie_views.contact_refusal, name="contact_refusal"),
    path("account/profile/", views.edit, name="edit"),
]
