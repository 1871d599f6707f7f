import pytest

from communities.tricks import without_tricks


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u202egnp.exe", "gnp.exe"),
        ("a\u2066b\u2069c", "abc"),
        ("a\u2028b", "a\nb"),
        ("a\x07b\x1bc\tde\n", "abc\tde\n"),
        # What Arabic, Persian and emoji are written with.
        ("\u200fقال\u200e (x)", "\u200fقال\u200e (x)"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("e\u0301" * 3, "e\u0301" * 3),
        ("a" + "\u0300" * 50, "a" + "\u0300" * 6),
        ("plain words", "plain words"),
    ],
)
def test_what_turns_or_covers_a_line_is_taken_out_and_all_else_stays(typed, kept):
    assert without_tricks(typed) == kept
