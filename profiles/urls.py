from django.urls import path

from profiles.views import arranging, contact, directory, editing, page

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
]
