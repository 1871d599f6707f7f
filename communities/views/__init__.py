"""Pages of spaces, of one's own news, and of the staff desk."""

from communities.views.door import known_space_or_404, network_only, space_or_404, staff_only

__all__ = ["known_space_or_404", "network_only", "space_or_404", "staff_only"]
