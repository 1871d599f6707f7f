from django.urls import path

from events import views

app_name = "events"
urlpatterns = [
    path("events/", views.events, name="events"),
    path("events/<slug:slug>/", views.event, name="event"),
    path("events/<slug:slug>/calendar.ics", views.event_ics, name="event_ics"),
    path("spaces/<slug:slug>/events/", views.space_events, name="space_events"),
    path("spaces/<slug:slug>/events/new/", views.event_new, name="event_new"),
]
