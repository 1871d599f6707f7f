"""Where the CMS shows proposals. Imported from `wagtail_hooks.py`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks

from pages import proposals
from pages.cms.proposals import PictureView, ProposalsItem, ProposalsPanel, ProposalsView, ProposalView


@hooks.register("register_admin_urls")
def addresses_of_proposals() -> list[URLPattern]:
    return [
        path("proposals/", ProposalsView.as_view(), name="pages_proposals"),
        path("proposals/<str:public_id>/", ProposalView.as_view(), name="pages_proposal"),
        path(
            "proposals/<str:public_id>/pictures/<int:pk>/",
            PictureView.as_view(),
            name="pages_proposal_picture",
        ),
    ]


@hooks.register("register_admin_menu_item")
def proposals_menu_item() -> ProposalsItem:
    return ProposalsItem(
        gettext_lazy("Proposals"), reverse("pages_proposals"), name="proposals", icon_name="mail", order=260
    )


@hooks.register("construct_homepage_panels")
def proposals_panel(request: HttpRequest, panels: list[Any]) -> None:
    if proposals.is_editor(request.user):
        panels.insert(0, ProposalsPanel())
