"""What a person takes along of the CMS, and what becomes of it when they leave for good.

Who wrote, translated, checked or published a page stays the emptied person rather than nobody: the history of a
public text must go on telling one hand from another (a passage is checked by somebody else than who wrote it),
and an emptied person names nobody. What only served their own work in the CMS is deleted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Comment, CommentReply, ModelLogEntry, Page, PageLogEntry, TaskState, UploadedFile
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation

from communities.fates import End, Fate
from communities.leaving import names_for
from communities.parts import CHUNK, Coded, Part, Row, Words, language_of, rows_of, value_of
from files import store
from files.models import StoredFile
from pages.models import LandingProposal, LandingProposalFile

if TYPE_CHECKING:
    from profiles.models import User

HAND: Final = "the history of a public text tells one hand from another; this one is nobody's any more"
PUBLIC: Final = "what was put into the public site keeps its public life"
NO_PERSON: Final = "says nothing of a member"
FATES: Final = {
    "pages.LandingProposal.by": Fate(End.KEPT, "landing_proposals", "a proposal belongs to its space"),
    "pages.LandingProposal.editor": Fate(End.KEPT, "", HAND),
    "pages.MachineRun.asked_by": Fate(End.UNSET, "", "who asked for a draft; the runs say nothing more"),
    "pages.TreeTranslation.by": Fate(End.UNSET, "", "who asked for it; the run says nothing more"),
    "pages.Wish.who": Fate(End.APART, "", "a salted hash that leads to nobody; gone after 30 days"),
    "pages.SiteSettings.mail": Fate(End.APART, "", "how to write to the network"),
    "news.NewsPage.author_name": Fate(End.APART, "", "a byline that editors write on a public page"),
    "wagtailcore.Page.owner": Fate(End.KEPT, "page_edits", HAND),
    "wagtailcore.Page.locked_by": Fate(End.UNSET, "", "a lock of somebody who is gone helps nobody"),
    "wagtailcore.PageLogEntry.user": Fate(End.KEPT, "page_edits", HAND),
    "wagtailcore.ModelLogEntry.user": Fate(End.KEPT, "", HAND),
    "wagtailcore.Revision.user": Fate(End.KEPT, "page_edits", HAND),
    "wagtailcore.WorkflowState.requested_by": Fate(End.KEPT, "page_edits", HAND),
    "wagtailcore.TaskState.finished_by": Fate(End.KEPT, "page_edits", HAND),
    "wagtailcore.Comment.user": Fate(End.KEPT, "cms_remarks", HAND),
    "wagtailcore.Comment.resolved_by": Fate(End.KEPT, "", HAND),
    "wagtailcore.CommentReply.user": Fate(End.KEPT, "cms_remarks", HAND),
    "wagtailcore.PageSubscription.user": Fate(End.DELETED, "", "which pages the CMS writes mails about"),
    "wagtailcore.UploadedFile.uploaded_by_user": Fate(End.DELETED, "", "a file on its way into the CMS"),
    "wagtailcore.APIToken.user": Fate(End.DELETED, "", "a secret"),
    "wagtailadmin.EditingSession.user": Fate(End.DELETED, "", "which page is open right now"),
    "wagtailadmin.FormState.user": Fate(End.DELETED, "", "a form of the CMS that was left half filled in"),
    "wagtailusers.UserProfile.user": Fate(End.DELETED, "cms_settings"),
    "wagtaildocs.Document.uploaded_by_user": Fate(End.KEPT, "cms_uploads", PUBLIC),
    "wagtailimages.Image.uploaded_by_user": Fate(End.KEPT, "cms_uploads", PUBLIC),
    "wagtailembeds.Embed.author_name": Fate(End.APART, "", NO_PERSON),
    "wagtail_localize.StringTranslation.last_translated_by": Fate(End.KEPT, "translations", HAND),
    "wagtail_localize.SegmentOverride.last_translated_by": Fate(End.KEPT, "", HAND),
}


def parts(user: User) -> list[Part]:
    return [
        Part(
            name="landing_proposals",
            title=_("Proposals for public pages of your spaces"),
            keys={
                "text": _("What you wrote"),
                "language": _("Language"),
                "space": _("Space"),
                "state": _("State"),
                "created_at": _("Sent"),
                "files": _("Files"),
            },
            rows=lambda: _proposals(user),
        ),
        Part(
            name="page_edits",
            title=_("What you did in the CMS"),
            keys={"what": _("What was done"), "page": _("Page"), "at": _("When")},
            rows=lambda: _edits(user),
            note=_("The pages themselves are the site's; their titles stand here while you may edit them."),
        ),
        Part(
            name="cms_remarks",
            title=_("Remarks on pages in the CMS"),
            keys={"text": _("What you wrote"), "at": _("When")},
            rows=lambda: _remarks(user),
        ),
        Part(
            name="translations",
            title=_("Passages you translated"),
            keys={"text": _("What you wrote"), "language": _("Language"), "at": _("When")},
            rows=lambda: _translations(user),
        ),
        Part(
            name="cms_uploads",
            title=_("Pictures and documents you put into the public site"),
            keys={"name": _("Name"), "title": _("Title"), "created_at": _("Uploaded")},
            rows=lambda: _uploads(user),
        ),
        Part(
            name="cms_settings",
            title=_("Your settings in the CMS"),
            keys={
                "preferred_language": _("Language"),
                "current_time_zone": _("Time zone"),
                "theme": _("Colours"),
                "density": _("Density"),
            },
            rows=rows_of(
                UserProfile.objects.filter(user=user).order_by("pk"),
                *("preferred_language", "current_time_zone", "theme", "density"),
            ),
        ),
    ]


def _proposals(user: User) -> Iterator[Row]:
    names = names_for(user)
    rows = LandingProposal.objects.filter(by=user).prefetch_related("files__stored").order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        yield {
            "text": Words(row.text, row.language),
            "language": language_of(row.language),
            "space": names.get(row.space_id, ""),
            "state": value_of(row, "state"),
            "created_at": row.created_at,
            "files": [file.stored for file in row.files.all()],
        }


def _edits(user: User) -> Iterator[Row]:
    is_in_cms = user.has_perm("wagtailadmin.access_admin")
    for row in PageLogEntry.objects.filter(user=user).order_by("pk").iterator(chunk_size=CHUNK):
        yield {
            "what": Coded(row.action, str(row.action)),
            "page": row.label if is_in_cms else "",
            "at": row.timestamp,
        }


def _remarks(user: User) -> Iterator[Row]:
    for model in (Comment, CommentReply):
        for row in model.objects.filter(user=user).order_by("pk").iterator(chunk_size=CHUNK):
            yield {"text": Words(row.text, ""), "at": row.created_at}


def _translations(user: User) -> Iterator[Row]:
    rows = StringTranslation.objects.filter(last_translated_by=user).select_related("locale").order_by("pk")
    for row in rows.iterator(chunk_size=CHUNK):
        code = row.locale.language_code
        yield {"text": Words(row.data, code), "language": language_of(code), "at": row.updated_at}


def _uploads(user: User) -> Iterator[Row]:
    for model in (get_image_model(), get_document_model()):
        for row in model.objects.filter(uploaded_by_user=user).order_by("pk").iterator(chunk_size=CHUNK):
            yield {"name": row.filename, "title": row.title, "created_at": row.created_at}


def erase(user: User, words_too: bool) -> None:
    Page.objects.filter(locked_by=user).update(locked=False, locked_at=None)
    _forget_bytes(user)
    # Wagtail's log of the account itself keeps its name as a label.
    for thing in (user, user.profile):
        about_them = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(thing))
        about_them.filter(object_id=str(thing.pk)).update(label="", data={})
    if words_too:
        for model in (Comment, CommentReply):
            model.objects.filter(user=user).update(text="")
        TaskState.objects.filter(finished_by=user).update(comment="")
        _forget_proposals(user)


def _forget_proposals(user: User) -> None:
    """The words and the files; pictures that an editor has made public of them are the site's now."""
    files = LandingProposalFile.objects.filter(proposal__by=user)
    kept = list(StoredFile.objects.filter(pk__in=files.values("stored")))
    files.delete()
    for stored in kept:
        store.discard(stored)
    LandingProposal.objects.filter(by=user).update(text="")


def _forget_bytes(user: User) -> None:
    """An avatar of the CMS, and uploads that never became a picture or a document."""
    names = [row.avatar.name for row in UserProfile.objects.filter(user=user) if row.avatar]
    names += [row.file.name for row in UploadedFile.objects.filter(uploaded_by_user=user) if row.file]
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))
