"""What a space keeps for its members. Imported by `communities.models`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.library.querysets import LibraryItemQuerySet, LibraryVersionQuerySet
from communities.naming import folded
from communities.public_ids import new_public_id

if TYPE_CHECKING:
    from communities.permissions import Rights
    from files.models import StoredFile
    from profiles.models import User

LONGEST_NAME: Final = 160  # characters
LONGEST_DESCRIPTION: Final = 500
LONGEST_ADDRESS: Final = 1000
LONGEST_CHANGE: Final = 200


class LibraryItem(models.Model):
    """A folder, a file, a link or a note. What is said of it in time stands in its versions."""

    class Kind(models.TextChoices):
        FOLDER = "folder", _("Folder")
        FILE = "file", _("File")
        LINK = "link", _("Link")
        NOTE = "note", _("Note")

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    space = models.ForeignKey("communities.Space", on_delete=models.CASCADE, related_name="library_items")
    # Empty: it lies at the top of the library.
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="children")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    url = models.URLField(_("address"), max_length=LONGEST_ADDRESS, blank=True)
    description = models.TextField(_("description"), max_length=LONGEST_DESCRIPTION, blank=True)
    # What a file or a note is now. A folder and a link have none.
    current = models.OneToOneField(
        "communities.LibraryVersion", null=True, on_delete=models.SET_NULL, related_name="current_of"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    # How often its name, place or address was saved: who saves an older state is told.
    changes = models.PositiveIntegerField(default=0, editable=False)
    # In the bin since then. What lay in a folder that was binned went with it (`removed_with`) and comes back with it.
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    removed_with = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="gone_along", editable=False
    )
    # How a folder is sorted: folders first, then by name whatever its accents.
    rank = models.PositiveSmallIntegerField(default=1, editable=False)
    sort_name = models.CharField(max_length=2 * LONGEST_NAME, editable=False)

    objects = LibraryItemQuerySet.as_manager()

    class Meta:
        app_label = "communities"
        indexes = [
            models.Index(
                fields=["space", "parent", "rank", "sort_name", "id"],
                condition=Q(removed_at=None),
                name="library_of_folder",
            ),
            models.Index(
                fields=["space", "-removed_at"], condition=Q(removed_at__isnull=False), name="library_bin"
            ),
        ]

    def __str__(self) -> str:
        return f"library item {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """One query unless its space is at hand."""
        return reverse("library:item", args=[self.space.slug, self.public_id])

    def sort(self) -> None:
        """Before every INSERT and UPDATE of its name; `save` does it by itself."""
        self.rank = 0 if self.is_folder else 1
        self.sort_name = folded(self.name)[: 2 * LONGEST_NAME]

    @property
    def is_folder(self) -> bool:
        return self.kind == self.Kind.FOLDER

    @property
    def is_file(self) -> bool:
        return self.kind == self.Kind.FILE

    @property
    def is_link(self) -> bool:
        return self.kind == self.Kind.LINK

    @property
    def is_note(self) -> bool:
        return self.kind == self.Kind.NOTE

    @property
    def stored(self) -> StoredFile | None:
        """The file as it is now (`with_line()` beforehand)."""
        return self.current.stored if self.current else None

    @property
    def ancestors(self) -> list[LibraryItem]:
        """From the top down (`with_way()` beforehand)."""
        way, folder = [], self.parent
        while folder is not None:
            way.append(folder)
            folder = folder.parent
        return way[::-1]

    def is_of(self, user: User) -> bool:
        return self.created_by_id is not None and self.created_by_id == user.pk

    def may_be_arranged_by(self, user: User, rights: Rights) -> bool:
        """Named, moved, described: one's own, and everything for who moderates."""
        return rights.allows("edit") and (rights.allows("moderate") or self.is_of(user))

    def may_be_removed_by(self, user: User, rights: Rights) -> bool:
        """Into the bin, and out of it again. What lies in a folder is asked apart (`binning.bin_`)."""
        return rights.allows("remove") and (rights.allows("moderate") or self.is_of(user))

    def may_be_rewritten_by(self, user: User, rights: Rights) -> bool:
        """A new version: everybody who may add something, since the older ones stay."""
        return rights.allows("upload") and (self.is_file or self.is_note)


class LibraryVersion(models.Model):
    """One state of a file (`stored`) or a note (`text`). Versions are added, never changed."""

    item = models.ForeignKey(LibraryItem, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    stored = models.OneToOneField(
        "files.StoredFile", null=True, on_delete=models.SET_NULL, related_name="library_version"
    )
    text = models.TextField(blank=True)  # markdown, as it was written
    rendered = models.TextField(blank=True)  # safe HTML, made when it was written
    change = models.CharField(_("what changed"), max_length=LONGEST_CHANGE, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="bytes, for the quota of the space")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = LibraryVersionQuerySet.as_manager()

    class Meta:
        app_label = "communities"
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="one_library_version_per_number")
        ]

    def __str__(self) -> str:
        return f"library version {self.pk}"
