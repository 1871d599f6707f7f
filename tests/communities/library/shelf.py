"""Things in libraries, for the tests: put there by the verbs, or plainly where no verb would."""

from communities.library import adding
from communities.models import LibraryItem, LibraryVersion
from files.cleaning import cleaned
from files.purposes import LIBRARY
from profiles.models import User
from tests.files.pictures import upload


def thing_in(space, kind="note", by=None, **columns):
    """Whatever the state of the space. The member's, unless somebody is named."""
    by = by or User.objects.get(email="member@cast.example")
    values = {"name": "A thing", "language": "en", "created_by": by, "changed_by": by, **columns}
    item = LibraryItem.objects.create(space=space, kind=kind, **values)
    if kind == "note":
        item.current = LibraryVersion.objects.create(
            item=item, number=1, text="Some words", rendered="<p>Some words</p>", by=by
        )
        item.save()
    return item


def clean_file(name="plan.jpg", **kwargs):
    return cleaned(upload(name=name, **kwargs), LIBRARY)


def file_in(space, by, folder=None, name="plan.jpg", clean=None):
    kept = adding.add_files(space, [(clean or clean_file(name), "")], folder=folder, language="en", by=by)
    return kept[0].item


def folder_in(space, by, folder=None, name="A folder"):
    return adding.add_folder(space, folder=folder, key="", by=by, name=name, language="en")


def note_in(space, by, folder=None, name="A note", text="Some words"):
    return adding.add_note(space, folder=folder, key="", by=by, name=name, language="en", text=text)


def link_in(space, by, folder=None, name="A link", url="https://example.org/a"):
    return adding.add_link(space, folder=folder, key="", by=by, name=name, language="en", url=url)
