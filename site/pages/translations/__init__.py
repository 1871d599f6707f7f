"""Translations of public pages: the only door to wagtail-localize's operations.

Four states a page may have in a language other than its source's:

missing      a *stand-in* (Wagtail alias) shows the source's words at the page's place in the reader's tree
draft        `translate` was called: strings wait in the translation editor, readers still see the stand-in
published    a page of its own, made when somebody publishes the complete translation
out of date  the source has changed since; readers keep the old translation until the new one is complete

A string may also be a *machine draft* (`translation_type` machine): words nobody has gone over yet, from a translation
server or marked fuzzy in a PO file. Saving it, even unchanged, makes it a person's; `publish` waits for that.

wagtail-localize's own way (convert the alias and save what there is) would put a page that is half in another
language before readers at once: `create_or_update_translation` writes the live row even for a draft. So here a
draft is its strings and nothing else: the live row is touched by `publish` alone, and only when no string is
missing. Any language may be the source; nothing passes through English.
"""

from pages.translations.begin import restart, stand_in, translate
from pages.translations.changes import Passage, changed_values, changes, open_passages
from pages.translations.fill import EARLIER_WORDS, fill, fill_by_machine, put, put_earlier_words
from pages.translations.publish import publish, withdraw
from pages.translations.states import (
    MACHINE,
    MANUAL,
    Incomplete,
    LanguageOff,
    is_on,
    is_source,
    locales_on,
    machine_drafts,
    missing_strings,
    source_of,
    translation_for,
    untranslated,
)
from pages.translations.sync import keep_in_step

__all__ = [
    "EARLIER_WORDS",
    "MACHINE",
    "MANUAL",
    "Incomplete",
    "LanguageOff",
    "Passage",
    "changed_values",
    "changes",
    "fill",
    "fill_by_machine",
    "is_on",
    "is_source",
    "keep_in_step",
    "locales_on",
    "machine_drafts",
    "missing_strings",
    "open_passages",
    "publish",
    "put",
    "put_earlier_words",
    "restart",
    "source_of",
    "stand_in",
    "translate",
    "translation_for",
    "untranslated",
    "withdraw",
]
