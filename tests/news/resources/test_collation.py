import pytest

from news.resources.collation import collation_key


@pytest.mark.parametrize(
    "names",
    [
        ["Éducation", "Enfants", "État", "Zone"],
        ["oedipe", "Œuvre", "Oubli"],
        ["إجراء", "آخر", "أطفال", "بيئة"],
        ["Partie 2", "Partie 10"],
        ["'s-Hertogenbosch", "Sneek"],
    ],
)
def test_names_stand_as_a_reader_looks_for_them(names):
    assert sorted(set(names), key=collation_key) == names


def test_any_name_can_be_compared_with_any_other():
    assert sorted(["2", "", "b", "²", "ب", "1a"], key=collation_key)
