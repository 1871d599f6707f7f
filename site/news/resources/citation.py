"""How to cite a resource: a sentence to copy, and a RIS file for programs that keep references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from communities.naming import site_name
from news.resources.kinds import Kind

if TYPE_CHECKING:
    from news.resources.models import ResourcePage

# Types of reference as RIS knows them.
RIS_TYPES: Final = {
    Kind.GUIDE: "RPRT",
    Kind.REPORT: "RPRT",
    Kind.CASE_LAW: "CASE",
    Kind.TEMPLATE: "GEN",
    Kind.TRAINING: "GEN",
    Kind.AUDIO: "SOUND",
    Kind.VIDEO: "VIDEO",
}


@dataclass(frozen=True, slots=True)
class Citation:
    title: str
    publisher: str
    year: str
    kind: str
    language: str
    abstract: str
    url: str
    ris_url: str
    site: str

    @classmethod
    def of(cls, page: ResourcePage) -> Citation:
        site = site_name()
        return cls(
            title=page.title,
            publisher=page.publisher or site,
            year=str(page.year or ""),
            kind=page.resource_kind,
            language=page.material_language,
            abstract=page.intro,
            url=lasting_address(page),
            ris_url=reverse("resource_citation", args=[page.slug]) if page.slug else "",
            site=site,
        )

    @property
    def html(self) -> SafeString:
        """In the order and with the quotation marks of the reader's language; names keep their own direction."""
        if self.publisher == self.site:
            words = _("%(publisher)s (%(year)s). “%(title)s”. %(kind)s. %(url)s")
        else:
            words = _("%(publisher)s (%(year)s). “%(title)s”. %(kind)s. %(site)s, %(url)s")
        values = {
            "publisher": self.publisher,
            "year": self.year or pgettext("citation", "no date"),
            "title": self.title,
            "kind": Kind(self.kind).label,
            "site": self.site,
            "url": self.url,
        }
        # Both sides are escaped: the sentence here, what is put into it by format_html.
        marked = {name: format_html("<bdi>{}</bdi>", value) for name, value in values.items()}
        return SafeString(conditional_escape(words) % marked)

    def ris(self) -> str:
        """A record as reference managers read it: two letters, two blanks, a dash; lines end with CR LF."""
        lines = [
            ("TY", RIS_TYPES[Kind(self.kind)]),
            ("TI", self.title),
            ("PB", self.publisher),
            ("PY", self.year),
            ("LA", self.language),
            ("AB", self.abstract),
            ("UR", self.url),
        ]
        record = [f"{tag}  - {' '.join(value.split())}" for tag, value in lines if value]
        return "\r\n".join([*record, "ER  - ", ""])


def lasting_address(page: ResourcePage) -> str:
    """Of a stand-in its source's: that one stays when somebody translates the page."""
    source = page.alias_of if page.alias_of_id else page
    return (source.get_full_url() if source and source.pk else "") or settings.BASE_URL
