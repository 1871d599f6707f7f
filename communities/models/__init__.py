"""Spaces, who is in them, and what happened there. Who may do what stands in `permissions.py` alone."""

from communities.grants import Grant
from communities.invitations.models import Arrival, Invitation
from communities.library.models import LibraryItem, LibraryVersion
from communities.library.offers import LibraryOffer
from communities.library.shares import LibraryShare
from communities.models.happenings import Activity, Notification
from communities.models.members import JoinRequest, Membership
from communities.models.spaces import OldAddress, Space, SpaceText, random_slug
from communities.proposal import SpaceProposal
from communities.record import Record, RecordHead
from communities.submissions import Submission
from communities.whole import SpaceExport

__all__ = [
    "Activity",
    "Arrival",
    "Grant",
    "Invitation",
    "JoinRequest",
    "LibraryItem",
    "LibraryOffer",
    "LibraryShare",
    "LibraryVersion",
    "Membership",
    "Notification",
    "OldAddress",
    "Record",
    "RecordHead",
    "Space",
    "SpaceExport",
    "SpaceProposal",
    "SpaceText",
    "Submission",
    "random_slug",
]
