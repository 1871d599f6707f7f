"""Below `spaces/<slug>/`: what facilitators do about the public face of their space."""

from django.urls import path

from pages import desk

urlpatterns = [
    path("landing/", desk.landing, name="space_landing"),
    path("landing/words/<str:language>/", desk.words, name="space_words"),
    path("landing/address/", desk.address, name="space_address"),
    path("landing/figures/", desk.figures, name="space_figures"),
    path("landing/facilitator/", desk.facilitator, name="space_facilitator"),
    path("landing/proposals/new/", desk.proposal_new, name="landing_proposal_new"),
    path("landing/proposals/<str:public_id>/", desk.proposal, name="landing_proposal"),
    path("hiding/", desk.hiding, name="space_hiding"),
]
