"""The closed set of blocks for everything editors write. What is not here cannot be put on a page.

wagtail-localize reads them: texts become strings to translate, addresses, pictures and files become values that a
translator may replace. A new block brings icon, description, preview, template, and its line in
`tests/news/blocks/kinds.py`.
"""

from __future__ import annotations

from wagtail import blocks

from news.blocks.addresses import AddressBlock, in_reader_language, is_address
from news.blocks.files import AudioBlock, FileBlock, VideoBlock
from news.blocks.leading import CallBlock, PeopleBlock, RelatedBlock
from news.blocks.pictures import FigureBlock, PicturePairBlock
from news.blocks.tables import TableBlock
from news.blocks.words import FEATURES, FaqBlock, FiguresBlock, HeadingBlock, QuoteBlock, TextBlock

__all__ = ["FEATURES", "AddressBlock", "BodyBlock", "in_reader_language", "is_address"]


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock(max_length=150)
    text = TextBlock(features=FEATURES)
    quote = QuoteBlock()
    figures = FiguresBlock()
    faq = FaqBlock()
    table = TableBlock()
    image = FigureBlock()
    pair = PicturePairBlock()
    file = FileBlock()
    audio = AudioBlock()
    video = VideoBlock()
    cta = CallBlock()
    related = RelatedBlock()
    people = PeopleBlock()

    class Meta:
        required = False
