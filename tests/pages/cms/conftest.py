import pytest


@pytest.fixture(autouse=True)
def in_english(english_cms):
    pass
