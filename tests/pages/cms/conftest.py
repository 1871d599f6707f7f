import pytest
from django.contrib.auth import get_user_model


@pytest.fixture(autouse=True)
def everybody_reads_english(db):
    """The CMS speaks the person's language; these tests look for its words."""
    get_user_model().objects.update(language="en")
