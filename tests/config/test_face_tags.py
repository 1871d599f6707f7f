"""The components as tags."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django import forms
from django.template import Context, Template
from django.utils import timezone, translation
from django.utils.functional import lazy
from django.utils.html import format_html

from config.templatetags import face, fields


def drawn(source, **context):
    return Template(source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Détention provisoire", "DP"),
        ("Justice pour les enfants", "JE"),
        ("Forum", "F"),
        ("الحبس الاحتياطي", "ح"),
        ("", "·"),
        ("<b>", "·"),
    ],
)
def test_initials_of_a_space(name, letters):
    assert face.initials(name, 2) == letters


def test_monogram_in_arabic_says_its_language_and_stays_out_of_screen_readers():
    assert face.monogram("سلمى") == '<span class="face" aria-hidden="true" lang="ar">س</span>'


def test_icon_that_points_somewhere_mirrors():
    assert 'class="i flip"' in face.icon("arrow-right")
    assert 'class="i"' in face.icon("lock")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 23, 12, 0, tzinfo=UTC), "just now"),
        (datetime(2026, 11, 23, 11, 48, tzinfo=UTC), "12 minutes ago"),
        (datetime(2026, 11, 23, 7, 35, tzinfo=UTC), "today, 08:35"),
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "today, 00:30"),
        (datetime(2026, 11, 22, 20, 5, tzinfo=UTC), "yesterday, 21:05"),
        (datetime(2026, 11, 24, 14, 0, tzinfo=UTC), "tomorrow, 15:00"),
        (datetime(2026, 3, 1, 9, 0, tzinfo=UTC), "1 March, 10:00"),
        (datetime(2025, 3, 1, 9, 0, tzinfo=UTC), "1 March 2025"),
    ],
)
def test_when_speaks_in_the_readers_zone(moment, words):
    now = datetime(2026, 11, 23, 12, 0, 30, tzinfo=UTC)
    with time_machine.travel(now, tick=False), timezone.override(ZoneInfo("Africa/Tunis")):
        tag = face.when(moment)
    assert f">{words}<" in tag
    assert '+01:00"' in tag


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "8 December 2026"),
        ("fr", "8 décembre 2026"),
        ("ar", "8 ديسمبر 2026"),
        ("nl", "8 december 2026"),
    ],
)
def test_dates_are_a_number_and_a_month_in_words(language, words):
    with translation.override(language):
        assert words in face.when(date(2026, 12, 8))


def test_hour_in_french_stays_on_one_line():
    with translation.override("fr"):
        assert "15\u00a0h\u00a000" in face.when(datetime(2026, 12, 8, 15, 0, tzinfo=UTC), "time")


def test_no_moment_is_no_word():
    assert face.when(None) == ""


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (310_000, "310 KB"),
        (999_600, "1.0 MB"),
        (14_000_000, "14 MB"),
        (None, "0 bytes"),
    ],
)
def test_size_in_words(size, words):
    assert face.size_in_words(size) == words


def test_file_row_says_type_and_size_before_anything_is_fetched():
    file = SimpleNamespace(
        name="<modèle>.pdf", url="/files/x/m.pdf", size=310_000, content_type="application/pdf"
    )
    row = drawn("{% file_row file %}", file=file)
    assert "<bdi>PDF</bdi>" in row and "310 KB" in row
    assert "<modèle>" not in row


@pytest.mark.parametrize("value", ["public", "network", "closed", "hidden"])
def test_visibility_stands_in_words_beside_its_icon(value):
    badge = drawn("{% visibility value %}", value=value)
    assert badge.startswith('<span class="badge"><svg') and value.capitalize() in badge


def test_language_is_named_in_itself():
    assert face.lang_name("ar") == '<bdi lang="ar">العربية</bdi>'
    assert face.name_of_language("es") == "Español"
    assert face.name_of_language("xx") == "Xx"


def test_message_block_keeps_markup_and_raises_its_voice_only_when_something_went_wrong():
    assert 'role="alert"' in drawn('{% message "brick" %}<p>{{ x }}</p>{% endmessage %}', x="<i>")
    calm = drawn("{% message %}<p>{{ x }}</p>{% endmessage %}", x="<i>")
    assert "role" not in calm and "<p>&lt;i&gt;</p>" in calm


class Letter(forms.Form):
    subject = forms.CharField(help_text="One line.")
    text = forms.CharField(widget=forms.Textarea(attrs={"data-markdown": True}))
    email = forms.EmailField(required=False, widget=forms.EmailInput(attrs={"placeholder": "you@…"}))
    agreed = forms.BooleanField()
    reader = forms.ChoiceField(choices=[("a", "All"), ("m", "Members")], widget=forms.RadioSelect)
    themes = forms.MultipleChoiceField(
        choices=[("1", "Bail")], widget=forms.CheckboxSelectMultiple(attrs={"class": "chips"}), required=False
    )
    key = forms.CharField(widget=forms.HiddenInput)


def test_field_ties_help_and_error_to_its_input():
    field = str(Letter({})["subject"].as_field_group())
    assert 'aria-describedby="id_subject_helptext id_subject_error"' in field
    assert 'id="id_subject_helptext"' in field and 'id="id_subject_error"' in field
    assert 'aria-invalid="true"' in field


def test_text_finds_its_own_direction_and_addresses_run_left_to_right():
    form = Letter()
    assert 'dir="auto"' in fields.widget(form["subject"]) and 'dir="auto"' in fields.widget(form["text"])
    assert 'dir="ltr"' in fields.widget(form["email"])
    assert "placeholder" not in fields.widget(form["email"])


def test_form_lists_what_to_look_at_with_links_to_it():
    page = str(Letter({}))
    assert 'role="alert"' in page and '<a href="#id_subject">' in page
    assert page.count('name="key"') == 1


def test_form_without_errors_raises_no_alarm():
    assert 'role="alert"' not in str(Letter())


def test_choices_are_a_fieldset_with_a_legend():
    form = Letter()
    assert (
        "<fieldset" in form["reader"].as_field_group() and 'class="chip"' in form["themes"].as_field_group()
    )
    assert 'for="' not in form["reader"].as_field_group()


def test_toolbar_comes_hidden_with_a_markdown_field_alone():
    form = Letter()
    assert 'data-toolbar="id_text"' in form["text"].as_field_group()
    assert "data-toolbar" not in form["subject"].as_field_group()


def test_optional_field_says_so():
    assert "(optional)" in Letter()["email"].as_field_group()
    assert "(optional)" not in Letter()["subject"].as_field_group()


@pytest.mark.parametrize("kind", ["check", "plain", "chips"])
def test_label_that_is_translated_late_may_hold_a_link_and_is_escaped_otherwise(kind):
    link = lazy(lambda: format_html('<a href="{}">{}</a>', "/charter/", "1 < 2"), str)()
    plain = lazy(lambda: "<b>", str)()
    field = {
        "check": lambda label: forms.BooleanField(label=label),
        "plain": lambda label: forms.CharField(label=label),
        "chips": lambda label: forms.MultipleChoiceField(
            label=label, choices=[("a", label)], widget=forms.CheckboxSelectMultiple({"class": "chips"})
        ),
    }[kind]
    page = str(type("Signing", (forms.Form,), {"linked": field(link), "named": field(plain)})())
    times = 2 if kind == "chips" else 1
    assert page.count('<a href="/charter/">1 &lt; 2</a>') == page.count("&lt;b&gt;") == times
    assert "<b>" not in page


def test_the_cms_draws_its_own_widgets():
    """Our class and direction come with our templates, not with the widget."""
    assert 'class="box' not in str(Letter()["subject"])
