"""Pictures and bodies of public pages."""

from __future__ import annotations

from typing import Any, Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage

from news.drawing import drawn

register = template.Library()

# Widths in CSS pixels a phone, a phone with a dense screen and the column of a wide screen ask for.
WIDTHS: Final = (400, 800, 1200)
SIZES: Final = "(min-width: 60rem) 40rem, 100vw"
POSTER: Final = "width-800|format-webp"


def renditions_of(image: AbstractImage) -> list[Any]:
    """WebP (which drops GPS and EXIF), widest last; never wider than the original. One query."""
    widths = [width for width in WIDTHS if width < image.width] or [min(image.width, WIDTHS[0])]
    if WIDTHS[-1] > image.width > widths[-1]:
        widths.append(image.width)
    specs = [f"width-{width}|format-webp" for width in widths]
    made = image.get_renditions(*specs)
    return [made[spec] for spec in specs]


@register.simple_tag
def picture(image: AbstractImage | None, alt: str, eager: bool = False) -> SafeString:
    """`{% picture page.picture page.picture_alt %}`. `eager` for the one picture above the fold."""
    if image is None:
        return SafeString("")
    made = renditions_of(image)
    middle = made[min(1, len(made) - 1)]
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}>',
        middle.url,
        ", ".join(f"{rendition.url} {rendition.width}w" for rendition in made),
        SIZES,
        middle.width,
        middle.height,
        alt,
        SafeString("" if eager else ' loading="lazy" decoding="async"'),
    )


@register.simple_tag
def cropped(image: AbstractImage | None, alt: str, width: int, height: int) -> SafeString:
    """Cut to that shape around its focal point; for a dense screen too. Lazy."""
    if image is None:
        return SafeString("")
    specs = [f"fill-{width * times}x{height * times}|format-webp" for times in (1, 2)]
    made = image.get_renditions(*specs)
    one, two = (made[spec] for spec in specs)
    return format_html(
        '<img src="{}" srcset="{} 2x" width="{}" height="{}" alt="{}" loading="lazy" decoding="async">',
        one.url,
        two.url,
        width,
        height,
        alt,
    )


@register.simple_tag
def poster_url(image: AbstractImage | None) -> str:
    """The address of the picture that stands where a film will be; empty without one."""
    return image.get_renditions(POSTER)[POSTER].url if image else ""


@register.simple_tag(takes_context=True)
def blocks(context: Any, body: Any) -> SafeString:
    """`{% blocks page.body %}`: a whole body, with one look into the database for all its links and pictures."""
    return drawn(body, context.flatten()) if body else SafeString("")


@register.simple_tag(takes_context=True)
def one_block(context: Any, block: Any) -> SafeString:
    """For the block picker's preview."""
    return block.render_as_block(context.flatten())


@register.inclusion_tag("news/edit_link.html", takes_context=True)
def edit_link(context: Any, page: Any) -> dict[str, Any]:
    """For whoever may edit this very page; the userbar's frame would break the strict policy."""
    user = context["request"].user
    allowed = page.pk is not None and page.permissions_for_user(user).can_edit()
    return {"page": page if allowed else None}
