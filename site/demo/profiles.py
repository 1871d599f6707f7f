"""Pages that people of the demo world have arranged: organisation, words in more languages, order, pins."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.db import transaction

from demo.content import Table, tables
from demo.files import image
from demo.topics import topic_of
from demo.world import World
from profiles import arranging, organisations, photos, pinning
from profiles.audiences import Audience
from profiles.describing import describe
from profiles.models import ContactWay, Organisation, Profile, Section, User
from search.lines import found


def load(world: World) -> None:
    for row in tables("profiles", "organisation"):
        office = organisations.named(row["name"], by=world.people["member"])
        if office.approved_at is None:
            organisations.approve(office, by=world.people["staff"])
            world.progress.made += 1
    for row in tables("profiles", "page"):
        user = User.objects.select_related("profile").get(pk=world.people[row["person"]].pk)
        # Whoever has arranged their page, here or by hand, keeps it as it is.
        if not user.profile.sections.exists():
            with transaction.atomic():
                _arrange(user, row)
            world.progress.made += 1


def _arrange(user: User, row: Table) -> None:
    plain: Table = {name: row[name] for name in ("pronouns", "pronunciation", "hue") if name in row}
    readers = {f"{field}_for": _audience(word) for field, word in row["for"].items()}
    office = Organisation.objects.get(name=row["organisation"])
    describe(user, {**plain, **readers, "organisation": office, "available": True})
    for language, words in row["words"].items():
        describe(user, words, language=language)
    profile = user.profile
    for place, way in enumerate(row["way"]):
        fields = {**way, "audience": _audience(way["audience"])}
        ContactWay.objects.create(profile=profile, position=place, **fields)
    for section in row.get("section", []):
        fields = {**section, "audience": _audience(section["audience"])}
        arranging.add(Section(profile=profile, **fields))
    _order(profile, row)
    for pin in row["pins"]:
        _pin(profile, pin)
    if "cover" in row:
        picture = ContentFile(image("", row["cover"]), "cover.jpg")
        photos.put_up(profile, photos.shaped(picture, "cover"), "cover")
        profile.save(update_fields=["cover"])


def _order(profile: Profile, row: Table) -> None:
    """Own parts are named by their title."""
    keys = {section.title or section.kind: section.key for section in arranging.arranged(profile)}
    for name in row["order"]:
        arranging.place(profile, keys[name], "")
    for kind in row.get("hidden", []):
        arranging.hide(profile, kind, True)


def _pin(profile: Profile, words: str) -> None:
    """ "topic:<its key in the content>", or "resource:<words of its title>"."""
    kind, _colon, said = words.partition(":")
    if kind == pinning.OWN:
        pinning.pin(profile, kind, topic_of(said).pk)
        return
    for line in found(profile.user, said, (kind,), most=1):
        pinning.pin(profile, line.kind, line.object_id)


def _audience(word: str) -> int:
    return int(Audience[word.upper()])
