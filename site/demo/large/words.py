"""Paragraphs for posts that nobody will read: sentences of the demo world's public texts, shuffled.

Only public ones: what is written in a closed space must not turn up in another, not even in a world for
measuring.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from demo.content import tables, topics_by_space
from demo.large.plan import LANGUAGES

PUBLIC_TOPICS: Final = ("public", "refugees")
# With one to three of them a post has some 720 characters, as posts of real networks have.
PARAGRAPHS: Final = 400
SENTENCES: Final = (3, 5)
_SENTENCE: Final = re.compile(r"(?<=[.!?؟])\s+")


@dataclass(frozen=True)
class Words:
    """Language -> paragraphs, and words for subjects."""

    paragraphs: dict[str, list[str]]
    subjects: dict[str, list[str]]


def words(rng: Random) -> Words:
    sentences = _sentences()
    paragraphs = {
        language: [
            " ".join(rng.sample(sentences[language], rng.randint(*SENTENCES))) for _ in range(PARAGRAPHS)
        ]
        for language in LANGUAGES
    }
    subjects = {
        language: sorted({line.strip(" .!?؟:;,،«»")[:110].strip() for line in sentences[language]})
        for language in LANGUAGES
    }
    return Words(paragraphs, subjects)


def _sentences() -> dict[str, list[str]]:
    found: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for key, topics in topics_by_space().items():
        if key in PUBLIC_TOPICS:
            for post in (post for topic in topics for post in topic["post"]):
                found[post["language"]] |= _split(post["content"])
    for article in tables("news", "article"):
        for language in LANGUAGES:
            for block in article.get(language, {}).get("body", []):
                found[language] |= _split(_plain(block))
    # Sets have no order of their own.
    return {language: sorted(lines) for language, lines in found.items()}


def _plain(block: dict[str, Any]) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", block.get("html", "")))


def _split(text: str) -> set[str]:
    lines = (" ".join(line.split()) for part in text.split("\n") for line in _SENTENCE.split(part))
    return {line for line in lines if 25 < len(line) < 300 and line[0].isalpha()}
