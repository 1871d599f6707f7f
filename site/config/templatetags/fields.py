"""How the fields of a form are drawn (`jinja2/components/field.html`); `config.face_forms` leads every form there."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Textarea
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from communities.drawing import draw

register = template.Library()

LTR_INPUTS: Final = frozenset({"email", "url", "tel", "password", "number"})
AUTO_INPUTS: Final = frozenset({"text", "search"})
NOTHING: Final = SafeString("")


def kind(field: BoundField) -> str:
    """How a field is drawn: "check" (one box), "choices" (a fieldset of them), "chips", or "plain"."""
    widget = field.field.widget
    if isinstance(widget, (CheckboxSelectMultiple, RadioSelect)):
        return "chips" if widget.attrs.get("class") == "chips" else "choices"
    return "check" if isinstance(widget, CheckboxInput) else "plain"


def toolbar(field: BoundField) -> SafeString:
    """Textareas that say `data-markdown` get the row of formatting buttons (js/toolbar.js shows it)."""
    return _once("components/toolbar.html", field) if "data-markdown" in field.field.widget.attrs else NOTHING


def uploads(field: BoundField) -> SafeString:
    """File inputs that say `data-uploads` get a list of what was chosen, and progress (js/uploads.js shows it)."""
    return _once("components/uploads.html", field) if "data-uploads" in field.field.widget.attrs else NOTHING


def _once(name: str, field: BoundField) -> SafeString:
    return _drawn(name, get_language() or "", settings.STATIC_URL, field.id_for_label)


@lru_cache(maxsize=100)
def _drawn(name: str, _language: str, _static_url: str, of_id: str) -> SafeString:
    """The same below every field with that id, for everybody who reads the language."""
    return draw(name, of_id=of_id)


@register.simple_tag
def field_words(field: BoundField) -> SafeString:
    """What helps with a field, and what is wrong in it."""
    return draw("components/field_words.html", field=field) if field.help_text or field.errors else NOTHING


def form_errors(form: BaseForm) -> SafeString:
    return render_to_string("components/form_errors.html", {"form": form}) if form.errors else NOTHING


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """The input itself with our class and the direction that fits what is typed in it."""
    return field.as_widget(attrs=_attrs_of(field))


def _attrs_of(field: BoundField) -> dict[str, Any]:
    own = field.field.widget.attrs
    attrs: dict[str, Any] = {}
    if not isinstance(field.field.widget, CheckboxInput):
        attrs["class"] = " ".join(filter(None, (own.get("class"), "box")))
    direction = _direction_of(field)
    if direction and "dir" not in own:
        attrs["dir"] = direction
    if direction == "ltr" or str(own.get("placeholder", "")) == str(field.label):
        attrs["placeholder"] = False  # a label says it already, and stays
    return attrs


def _direction_of(field: BoundField) -> str:
    drawn = field.field.widget
    if isinstance(drawn, FileInput):
        return ""
    kind_of_input = "text" if isinstance(drawn, Textarea) else getattr(drawn, "input_type", "")
    return "auto" if kind_of_input in AUTO_INPUTS else "ltr" if kind_of_input in LTR_INPUTS else ""
