"""Files that spaces offer: an editor takes a copy, which becomes the draft of a resource. Until then nothing of them
is in Wagtail. What a copy carries is the name, the description, the language and the cleaned bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction
from wagtail.documents import get_document_model

from communities.library.offering import note_taken
from communities.models import LibraryOffer
from news.resources.models import ResourceIndexPage, ResourcePage

if TYPE_CHECKING:
    from communities.permissions import AnyUser
    from profiles.models import User

Document = get_document_model()


class Gone(Exception):  # noqa: N818 -- a state, as the page says it
    """Withdrawn meanwhile, overtaken, or another editor was quicker."""


def is_editor(user: AnyUser) -> bool:
    """Who may add a resource somewhere; translators add none."""
    if not (user.is_authenticated and user.is_active and user.has_perm("wagtailadmin.access_admin")):
        return False
    return any(index.permissions_for_user(user).can_add_subpage() for index in _lists())


def _lists() -> list[ResourceIndexPage]:
    return list(ResourceIndexPage.objects.filter(alias_of=None).select_related("locale").order_by("path"))


@transaction.atomic
def take(public_id: str, *, by: User) -> ResourcePage:
    """The draft, for its editor to look at. Raises Gone, FileNotFoundError when the bytes are lost."""
    row = (
        LibraryOffer.objects.for_editors().select_for_update(of=("self",)).filter(public_id=public_id).first()
    )
    if row is None:
        raise Gone
    item, stored = row.version.item, row.version.stored
    if stored is None:
        raise Gone
    lists = _lists()
    here = next((one for one in lists if one.locale.language_code == item.language), lists[0])
    document = Document(title=item.name, uploaded_by_user=by)
    with stored.content.open("rb") as content:
        document.file.save(stored.name, File(content), save=False)
        document.file_size = stored.size
        document.save()
    page = ResourcePage(
        title=item.name,
        intro=item.description,
        document=document,
        file_language=item.language,
        live=False,
        owner=by,
        locale=here.locale,
    )
    here.add_child(instance=page)
    page.save_revision(user=by)
    note_taken(row, by=by)
    return page
