"""Landing pages lived in: figures agreed, names given, resources chosen, one proposal waiting for an editor."""

from __future__ import annotations

from typing import Final

from django.core.files.base import ContentFile
from django.db import transaction

from communities import presenting
from communities.models import Space
from communities.submissions import Submission
from demo import files
from demo.tasks import once_at_the_end
from demo.world import World
from files.cleaning import cleaned
from news.models import ResourcePage
from pages import proposals
from pages.models import SpacePage

FIGURES: Final = {"public": ["members", "topics", "since"], "closed": ["since"]}
KEY: Final = "demo proposal for a landing page"
PROPOSAL: Final = (
    "Pourriez-vous ajouter un paragraphe sur nos trois chantiers de l’hiver ?\n\n"
    "Un tableau des délais légaux et réels, un modèle de demande de mise en liberté par tradition "
    "juridique, et un groupe de relecture pour celles et ceux qui plaident bientôt. La photo jointe est de nous."
)


def load(world: World) -> None:
    with transaction.atomic(), once_at_the_end():
        for key, figures in FIGURES.items():
            if not world.spaces[key].figures:
                presenting.agree_to_figures(world.spaces[key], figures, by=world.people["facilitator"])
                world.progress.made += 1
        _choose(world, world.spaces["public"])
        _propose(world, world.spaces["closed"])


def _choose(world: World, space: Space) -> None:
    page = SpacePage.objects.filter(space=space, place=space.language, alias_of=None).first()
    if page is None or page.resources:
        return
    chosen = ResourcePage.objects.open_to_all().filter(alias_of=None, locale=page.locale).order_by("pk")[:3]
    page.resources = [("resource", one) for one in chosen]
    page.save_revision(user=world.people["editor"]).publish(user=world.people["editor"])
    world.progress.made += 1


def _propose(world: World, space: Space) -> None:
    if Submission.objects.filter(key=KEY).exists():
        return
    picture = cleaned(ContentFile(files.image("", 7), "chantiers.jpg"))
    proposals.propose(
        space, by=world.people["facilitator"], text=PROPOSAL, language="fr", files=[picture], key=KEY
    )
    world.progress.made += 1
