"""The world puts its own spaces into the index; here a test counts only what it put there itself."""

import pytest

from search.models import SearchEntry


@pytest.fixture
def empty_index(db):
    SearchEntry.objects.all().delete()
