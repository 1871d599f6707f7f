"""What a row of the record says was done; a name may follow."""

from typing import Final

from django.utils.translation import gettext_lazy as _

VERBS: Final = {
    "founded": _("Space founded"),
    "hidden": _("Space hidden"),
    "archived": _("Space archived"),
    "reopened": _("Space reopened"),
    "words_changed": _("Name or purpose changed"),
    "words_confirmed": _("Texts read again: still right"),
    "address_changed": _("Address changed"),
    "figures_agreed": _("Figures on the public page changed"),
    "settings_changed": _("Settings changed"),
    "visibility_public": _("Space made public"),
    "visibility_network": _("Space opened to the network"),
    "visibility_closed": _("Space closed to outsiders"),
    "frozen": _("Space without facilitator: frozen"),
    "inherited": _("Took over as facilitator:"),
    "admitted": _("Admitted:"),
    "declined": _("Declined:"),
    "removed": _("Removed from a space:"),
    "suspended_in_space": _("Suspended in a space:"),
    "role_observer": _("Made an observer:"),
    "role_member": _("Made a member:"),
    "role_moderator": _("Made a moderator:"),
    "role_facilitator": _("Made a facilitator:"),
    "facilitator_named": _("Named facilitator by staff:"),
    "topic_locked": _("Topic locked"),
    "topic_unlocked": _("Topic unlocked"),
    "topic_pinned": _("Topic pinned"),
    "topic_unpinned": _("Topic no longer pinned"),
    "post_hidden": _("Post hidden, written by"),
    "account_approved": _("Account approved:"),
    "account_declined": _("Account declined:"),
    "account_suspended": _("Account suspended:"),
    "account_reinstated": _("Account reinstated:"),
    "organisation_approved": _("Organisation approved; proposed by"),
    "organisation_declined": _("Organisation declined; proposed by"),
    "organisation_changed": _("Organisation changed"),
    "organisation_merged": _("Two organisations made one"),
    "came_by_invitation": _("Came by invitation:"),
    "invitation_sent": _("Somebody invited to have an account"),
    "invitation_withdrawn": _("Invitation to have an account withdrawn"),
    "charter_published": _("New version of the charter published"),
    "account_erased": _("Account erased at its holder’s wish:"),
    "comment_hidden": _("Comment hidden:"),
    "comment_restored": _("Comment shown again:"),
    "comment_approved": _("Comment approved:"),
    "comment_refused": _("Comment not approved:"),
    "comment_reports_settled": _("Comment left as it is:"),
}

# Done to a space by staff, who are not in it.
OF_STAFF: Final = ("founded", "facilitator_named")
# What moderators of a space see of its record.
OF_MODERATION: Final = (
    *(
        "founded",
        "hidden",
        "archived",
        "reopened",
        "words_changed",
        "words_confirmed",
        "address_changed",
        "frozen",
        "inherited",
    ),
    *("settings_changed", "visibility_public", "visibility_network", "visibility_closed"),
    *("topic_locked", "topic_unlocked", "topic_pinned", "topic_unpinned", "post_hidden"),
)
