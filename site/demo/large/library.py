"""Many files in one library: rows as an upload makes them, each with a few bytes of its own."""

from __future__ import annotations

from random import Random
from typing import Final

from django.core.files.base import ContentFile
from django.db import transaction

from communities.library.adding import add_folder
from communities.library.reading import KIND
from communities.models import LibraryItem, LibraryVersion, Space
from demo.large.plan import batches, language, public_id
from demo.world import World
from files.models import StoredFile, private_storage, storage_name
from search.library import follow

NAME: Final = "Archive · {}"
SPACE: Final = "evidence"


def load(world: World, count: int, seed: int) -> None:
    """All in one folder of the demo world's space about evidence. The same number is made once."""
    space, name = world.spaces[SPACE], NAME.format(count)
    folder = LibraryItem.objects.filter(space=space, kind="folder", name=name).first()
    if folder is None:
        moderator = world.people["moderator"]
        folder = add_folder(space, folder=None, key="", by=moderator, name=name, language="en")
    there = folder.children.count()
    for numbers in batches(range(there, count), 500):
        with transaction.atomic():
            _batch(world, space, folder, numbers, Random(f"{seed}/{numbers[0]}"))
        world.progress.made += len(numbers)
        world.progress.at(numbers[-1], count)


def _batch(world: World, space: Space, folder: LibraryItem, numbers: list[int], chance: Random) -> None:
    by = world.people["moderator"]
    items = [
        LibraryItem(
            public_id=public_id(chance),
            space=space,
            parent=folder,
            kind="file",
            name=f"{chance.choice(('Report', 'Minutes', 'Photo log', 'Form'))} {number + 1}",
            language=language(chance),
            created_by=by,
            changed_by=by,
        )
        for number in numbers
    ]
    for item in items:
        item.sort()
    stored = [_stored(item, world) for item in items]
    StoredFile.objects.bulk_create(stored)
    LibraryItem.objects.bulk_create(items)
    versions = [
        LibraryVersion(item=item, number=1, stored=file, size=file.size, by=by)
        for item, file in zip(items, stored, strict=True)
    ]
    LibraryVersion.objects.bulk_create(versions)
    for item, version in zip(items, versions, strict=True):
        item.current = version
    LibraryItem.objects.bulk_update(items, ["current"])
    follow(space, items)


def _stored(item: LibraryItem, world: World) -> StoredFile:
    content = f"{item.name}\n".encode()
    stored = StoredFile(
        kind=KIND,
        name=f"{item.name}.txt",
        content_type="text/plain; charset=utf-8",
        size=len(content),
        uploaded_by=world.people["moderator"],
    )
    stored.content.name = private_storage().save(storage_name(stored, stored.name), ContentFile(content))
    return stored
