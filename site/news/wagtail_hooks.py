"""Rich text as this site shows it; what spaces offer, in the CMS."""

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from news.resources import cms as cms  # what spaces offer
from news.rich_text import ReaderPageLinkHandler


@hooks.register("register_rich_text_features", order=10)
def links_to_readers_tree(features: FeatureRegistry) -> None:
    features.register_link_type(ReaderPageLinkHandler)
