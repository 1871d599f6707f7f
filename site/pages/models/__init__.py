"""The public pages: home, standing pages, and the public face of every space."""

from pages.frame.models import Menus, SiteSettings
from pages.models.glossary import Term, Wording
from pages.models.home import HomePage
from pages.models.machine import MachineRun
from pages.models.proposals import LandingProposal, LandingProposalFile
from pages.models.space import SpaceIndexPage, SpacePage, SpacePageQuerySet
from pages.models.standard import StandardPage
from pages.models.translating import Baseline, TreeStep, TreeTranslation, Wish
from pages.models.written import WrittenPage

__all__ = [
    "Baseline",
    "HomePage",
    "LandingProposal",
    "LandingProposalFile",
    "MachineRun",
    "Menus",
    "SiteSettings",
    "SpaceIndexPage",
    "SpacePage",
    "SpacePageQuerySet",
    "StandardPage",
    "TreeStep",
    "TreeTranslation",
    "Wish",
    "Term",
    "Wording",
    "WrittenPage",
]
