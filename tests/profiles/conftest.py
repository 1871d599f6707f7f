import pytest
from django.utils import timezone

from profiles.describing import describe
from profiles.models import ContactWay, Organisation, Section, User
from tests.public_pages import article, resource
from themes.models import Theme, ThemeName

__all__ = ["article", "resource"]


@pytest.fixture
def described(member):
    """A member whose every field holds a word of its own."""
    theme = Theme.objects.create(slug="zqtheme")
    ThemeName.objects.create(theme=theme, language="en", name="Zqexpertise")
    office = Organisation.objects.create(name="Zqoffice", name_folded="zqoffice", approved_at=timezone.now())
    member.email = "zqmember@cast.example"
    member.save()
    describe(
        member,
        {
            "pronouns": "Zqpronouns",
            "pronunciation": "Zqsaid",
            "headline": "Zqheadline",
            "about": "Zqabout",
            "organisation": office,
            "country": "TN",
            "languages": ["wo"],
            "expertise": [theme],
            "available": True,
            "help_with": "Zqhelp",
            "listed": True,
        },
    )
    ContactWay.objects.create(profile=member.profile, kind="phone", value="Zqnumber")
    Section.objects.create(profile=member.profile, kind="text", title="Zqsection", text="Zqtext")
    return User.objects.with_page().get(pk=member.pk)
