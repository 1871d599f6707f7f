import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.ranges import Span, Unsatisfiable, span_of


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-0", Span(0, 0)),
        ("bytes=0-", Span(0, 99)),
        ("bytes=10-19", Span(10, 19)),
        ("bytes=90-500", Span(90, 99)),
        ("bytes=-10", Span(90, 99)),
        ("bytes=-500", Span(0, 99)),
        ("BYTES= 5-6 ", Span(5, 6)),
    ],
)
def test_one_range_is_understood(header, span):
    assert span_of(header, 100) == span


@pytest.mark.parametrize(
    "header",
    ["", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "lines=0-5", "bytes=0-1,5-6", "bytes=--5",
     "bytes=+1-2", "bytes=٠-٩", "bytes=1-2\n", "bytes=" + "9" * 40 + "-"],
)  # fmt: skip
def test_what_is_no_single_range_is_ignored(header):
    assert span_of(header, 100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_range_without_a_byte_of_the_file_is_unsatisfiable(header):
    with pytest.raises(Unsatisfiable):
        span_of(header, 100)


@given(st.text(max_size=40) | st.from_regex(r"bytes=\d*-\d*", fullmatch=True), st.integers(0, 10**12))
def test_any_header_gives_a_span_inside_the_file_or_none(header, size):
    try:
        span = span_of(header, size)
    except Unsatisfiable:
        return
    assert span is None or (0 <= span.first <= span.last < size and span.length >= 1)


@given(st.integers(1, 1000), st.data())
def test_a_range_names_the_bytes_that_it_says(size, data):
    first = data.draw(st.integers(0, size - 1))
    last = data.draw(st.integers(first, size - 1))
    body = bytes(i % 251 for i in range(size))
    span = span_of(f"bytes={first}-{last}", size)
    assert body[span.first : span.last + 1] == body[first : last + 1]
