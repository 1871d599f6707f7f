from django.urls import path

from profiles.views import (
    arranging,
    contact,
    directory,
    editing,
    organisation_desk,
    organisations,
    page,
    ties,
)

app_name = "profiles"
urlpatterns = [
    path("people/", directory.people, name="people"),
    path("people/<str:public_id>/", page.person, name="person"),
    path("account/profile/", editing.edit, name="edit"),
    path("account/profile/work/", editing.work, name="work"),
    path("account/profile/words/<str:language>/", editing.words, name="words"),
    path("account/profile/contact/", contact.ways, name="contact_ways"),
    path("account/profile/contact/<int:pk>/", contact.way, name="contact_way"),
    path("account/profile/contact/<int:pk>/removal/", contact.removal, name="contact_way_removal"),
    path("account/profile/contact/<int:pk>/place/", contact.place, name="contact_way_place"),
    path("account/profile/page/", arranging.arrangement, name="page"),
    path("account/profile/page/look/", arranging.look, name="look"),
    path("account/profile/page/sections/new/<str:kind>/", arranging.section_new, name="section_new"),
    path("account/profile/page/sections/<str:key>/", arranging.section, name="section"),
    path(
        "account/profile/page/sections/<str:key>/removal/", arranging.section_removal, name="section_removal"
    ),
    path("account/profile/page/sections/<str:key>/place/", arranging.section_place, name="section_place"),
    path("account/profile/page/sections/<str:key>/hiding/", arranging.section_hiding, name="section_hiding"),
    path("account/profile/page/pins/", arranging.pins, name="pins"),
    path("account/profile/page/pins/<str:key>/removal/", arranging.pin_removal, name="pin_removal"),
    path("account/profile/page/pins/<str:key>/place/", arranging.pin_place, name="pin_place"),
    path("people/<str:public_id>/block/", ties.block, name="block"),
    path("people/<str:public_id>/contact/", ties.contact, name="contact"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.organisation_new, name="organisation_new"),
    path("organisations/<str:public_id>/", organisations.organisation, name="organisation"),
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
    path("account/following/", ties.following, name="following"),
    path("account/following/ending/", ties.following_end, name="following_end"),
    path("account/blocked/", ties.blocked, name="blocked"),
    path("account/blocked/ending/", ties.blocked_end, name="blocked_end"),
    path("account/requests/", ties.contact_requests, name="contact_requests"),
    path("account/requests/openness/", ties.contactability, name="contactability"),
    path("account/requests/<str:public_id>/", ties.contact_request, name="contact_request"),
    path("account/requests/<str:public_id>/refusal/", ties.contact_refusal, name="contact_refusal"),
]
