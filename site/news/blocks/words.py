"""Blocks of words: heading, text, quote, questions, figures."""

from __future__ import annotations

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from news.blocks.running import RunningTextBlock

# No colour, no size, no h1 or h2: headings are a block of their own, so that the outline stays right.
FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
WORDS = _("Words")

SAMPLE_SENTENCE = _("Two people keep the register, and both sign every line.")
SAMPLE_PARAGRAPH = format_lazy("<p>{}</p>", SAMPLE_SENTENCE)


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        group = WORDS
        description = _("Opens a part of the page. Readers who listen jump from heading to heading.")
        template = "news/blocks/heading.html"
        preview_value = _("What the figures say")


class TextBlock(RunningTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = WORDS
        description = _("Paragraphs with links, lists, bold and small headings.")
        template = "news/blocks/text.html"
        preview_value = SAMPLE_PARAGRAPH

    def get_preview_value(self) -> Any:
        return self.to_python(str(SAMPLE_PARAGRAPH))


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"), rows=3)
    author = blocks.CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = WORDS
        description = _("What somebody said, set apart. Ask them first whether they want to be named.")
        template = "news/blocks/quote.html"
        preview_value = {"text": SAMPLE_SENTENCE, "author": _("A paralegal")}


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = RunningTextBlock(label=_("Answer"), features=FEATURES)

    class Meta:
        icon = "help"
        label = _("Question and answer")


class FaqBlock(blocks.StructBlock):
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        group = WORDS
        description = _("Each answer opens when its question is touched; search engines read them all.")
        template = "news/blocks/faq.html"

    def get_preview_value(self) -> Any:
        question = {"question": str(_("Who may read the register?")), "answer": str(SAMPLE_PARAGRAPH)}
        return self.to_python({"questions": [question, question]})


class FigureNumberBlock(blocks.StructBlock):
    number = blocks.CharBlock(
        label=_("Number"), max_length=20, help_text=_("As readers of this language write it, with its unit.")
    )
    words = blocks.CharBlock(label=_("What it counts"), max_length=120)

    class Meta:
        icon = "order"
        label = _("Number")


class FiguresBlock(blocks.StructBlock):
    figures = blocks.ListBlock(FigureNumberBlock(), label=_("Numbers"), min_num=1, max_num=6)

    class Meta:
        icon = "order"
        label = _("Figures")
        group = WORDS
        description = _("Up to six numbers, each with the words that say what it counts.")
        template = "news/blocks/figures.html"

    def get_preview_value(self) -> Any:
        rows = [("55", _("countries")), ("1 / 6", _("held longer than the law allows"))]
        return self.to_python(
            {"figures": [{"number": number, "words": str(words)} for number, words in rows]}
        )
