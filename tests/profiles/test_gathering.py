import pytest

from profiles.describing import describe
from profiles.gathering import TABLES, gather
from profiles.models import ContactWay, Pin, Profile, ProfileText, Section
from themes.models import Theme, ThemeName


@pytest.fixture
def full(member):
    """Two of each kind, the later one first in its order."""
    bare, named = Theme.objects.create(slug="zbare"), Theme.objects.create(slug="named")
    ThemeName.objects.create(theme=named, language="en", name="Fair trial")
    ThemeName.objects.create(theme=named, language="fr", name="Procès équitable")
    describe(
        member, {"languages": ["wo", "fr"], "expertise": [bare, named], "headline": "H", "help_with": "W"}
    )
    describe(member, {"about": "م"}, language="ar")
    for place in (2, 1):
        ContactWay.objects.create(
            profile=member.profile, kind="phone", value=f"+{place}", position=place, audience=place
        )
        Pin.objects.create(profile=member.profile, kind="topic", object_id=2**40 + place, position=place)
        Section.objects.create(
            profile=member.profile,
            kind="link",
            position=place,
            hidden=place == 1,
            audience=place,
            language="ar",
            title=f"T{place}",
            text="x",
            url="https://example.org/",
        )
    return Profile.objects.select_related("user").get(user=member)


def plain(rows):
    return [
        {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} for row in rows
    ]


def test_gathered_is_what_the_tables_hold_in_one_query(full, django_assert_num_queries):
    asked = {name: plain(getattr(full, name).all()) for name in TABLES}
    asked["texts"].sort(key=lambda row: row["id"])
    names = [theme.name for theme in full.expertise.all()]
    with django_assert_num_queries(1):
        gathered = gather(full)
        assert {name: plain(getattr(gathered, name).all()) for name in TABLES} == asked
        assert [theme.name for theme in gathered.expertise.all()] == names == ["Fair trial", "zbare"]
        assert (gathered.headline, gathered.languages) == ("H", ["fr", "wo"])


def test_gathered_profile_that_says_nothing_is_empty(stranger, django_assert_num_queries):
    profile = Profile.objects.select_related("user").get(user=stranger)
    with django_assert_num_queries(1):
        gather(profile)
        assert [list(getattr(profile, name).all()) for name in (*TABLES, "expertise")] == [[]] * 6
    assert ProfileText.objects.count() == 0
