import pytest

from communities.invitations.lists import MOST, NotText, entries_of, text_of


def emails(text, **how):
    return [entry.email for entry in entries_of(text, **how)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ana@x.example\nBEN@x.example\r\n\r\n  cy@x.example  ", ["ana@x.example", "ben@x.example", "cy@x.example"]),
        ("ana@x.example, ben@x.example; cy@x.example", ["ana@x.example", "ben@x.example", "cy@x.example"]),
        ('"Diop, Awa" <awa@x.example>', ["awa@x.example"]),
        ("mailto:ana@x.example", ["ana@x.example"]),
        ("\ufeffana@x.example\u200b\t\u200fben@x.example", ["ana@x.example", "ben@x.example"]),
        ("Awa;awa@x.example;Dakar", ["awa@x.example"]),
        ('"Awa","awa@x.example","Dakar"', ["awa@x.example"]),
        ("nobody", [""]),
        ("a@b", [""]),
        ("ana@x.example" + "m" * 300, [""]),
        (",,;\n\t\n\"\"", []),
        ("", []),
    ],
)  # fmt: skip
def test_every_way_a_list_is_written(text, wanted):
    assert emails(text) == wanted


@pytest.mark.parametrize(
    "cell",
    [
        "=cmd@x.example",
        '=HYPERLINK("mailto:a@x.example")',
        "+a@x.example",
        "-a@x.example",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "<script>alert(1)</script>@x.example",
        "a@x.example\x0bBcc: b@x.example",
    ],
)
def test_formula_or_nonsense_is_no_address(cell):
    assert [email for email in emails(cell) if email and not email.endswith("x.example")] == []
    assert not any(email.startswith(("=", "+", "-", "@", "<")) for email in emails(cell))


def test_head_of_a_table_is_left_out_and_of_a_pasted_list_reported():
    text = "Nom;Courriel\nAwa;awa@x.example"
    assert emails(text, is_table=True) == ["awa@x.example"]
    assert emails(text) == ["", "awa@x.example"]
    assert emails("Courriel", is_table=True) == [""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_file_of_any_spreadsheet_is_read(encoding):
    text = "Prénom;Adresse\r\nZoé;zoe@x.example\r\n"
    assert text_of(text.encode(encoding)) == text


def test_what_is_no_text_is_said_so_and_broken_bytes_cost_their_line_alone():
    with pytest.raises(NotText):
        text_of(b"PK\x03\x04\x00\x00")
    broken = b"ana@x.example\n\xff\xfe\x81@x.example\nben@x.example"
    assert emails(text_of(broken))[::2] == ["ana@x.example", "ben@x.example"]


def test_ten_thousand_lines_are_read_at_once():
    entries = entries_of("\n".join(f"p{number}@x.example" for number in range(10_000)))
    assert len(entries) == 10_000 > MOST
