from django.urls import path

from profiles.entrance.views import desk, door

app_name = "entrance"
urlpatterns = [
    path("account/charter/", door.charter_page, name="charter"),
    path("account/charter/acceptance/", door.acceptance, name="acceptance"),
    path("account/invitation/<str:token>/", door.invitation, name="invitation"),
    path("staff/invitations/", desk.invitations, name="invitations"),
    path("staff/invitations/<str:public_id>/renewal/", desk.renewal, name="renewal"),
    path("staff/invitations/<str:public_id>/withdrawal/", desk.withdrawal, name="withdrawal"),
    path("staff/charter/", desk.charters, name="charters"),
]
