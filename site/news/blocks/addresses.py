"""Addresses that editors write: a page of ours by its path, or https."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PATTERN = r"^(?:https://[^\s<>\"']+|/(?!/)[^\s<>\"']*)$"

is_address = RegexValidator(
    re.compile(PATTERN),
    _("Write an address of this site (/account/signup/) or one that begins with https://."),
)
is_https = RegexValidator(
    re.compile(r"^https://[^\s<>\"'/]+(?:/[^\s<>\"']*)?$"), _("Write an address that begins with https://.")
)


class AddressBlock(blocks.URLBlock):
    """https://… or a path of ours; a path without a language gets the reader's in front when shown."""

    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        super().__init__(required=required, help_text=help_text, **kwargs)
        self.field = forms.CharField(
            required=required, help_text=help_text, max_length=500, validators=[self.validator]
        )

    validator: RegexValidator = is_address


class ForeignAddressBlock(AddressBlock):
    """On another host, which readers are told before they go there."""

    validator = is_https


def in_reader_language(address: str) -> str:
    """`/account/signup/` as the reader's `/fr/account/signup/`; what names its language or host stays."""
    steps = address.split("/")
    unprefixed = {"files", "documents", "renditions", "static"} | dict(settings.LANGUAGES).keys()
    if not address.startswith("/") or steps[1] in unprefixed:
        return address
    return f"/{get_language()}{address}"


def host_of(address: str) -> str:
    """`www.example.org`: what a reader is told before leaving. Empty for an address of ours."""
    return urlsplit(address).hostname or ""
