"""The main pages: what axe walks through, what is weighed, what `make shots` draws."""

import re

CLOSED = "detention-provisoire"
# The first link below `listing` that says `words`, as a browser without scripts would read it.
FIRST = """async ([listing, selector, index, words]) => {
    const html = await (await fetch(listing)).text();
    const links = new DOMParser().parseFromString(html, "text/html").querySelectorAll(selector);
    const found = [...links].filter((link) => link.textContent.includes(words))[index];
    return found ? found.getAttribute("href") : null;
}"""


def first(listing, selector, index=0, words=""):
    """A way to the address of the first thing in a list; `listing` may itself be such a way."""
    return lambda page, language: page.evaluate(
        FIRST, [address_below(page, language, listing), selector, index, words]
    )


def behind(way):
    """Where a permalink leads."""
    return lambda page, language: page.evaluate(
        "async (address) => (await fetch(address)).url", address_below(page, language, way)
    )


# Of the demo world, with a conversation under it: the newest may be one that a walk has just written.
SLUGS = {
    "en": "forty-eight-hours-and-not-one-more",
    "fr": "quarante-huit-heures-pas-une-de-plus",
    "ar": "thaman-wa-arbaun-saa",
    "nl": "achtenveertig-uur-en-geen-uur-langer",
}


def article(page, language):
    return f"/{language}/news/{SLUGS[language]}/"


ARTICLE_COMMENT = first(article, "#comments > .acts a")
# Written in Arabic alone.
STAND_IN = first("resources/?language=ar", "main .resource h2 a[lang=ar]")


def conversation(page, language):
    return ARTICLE_COMMENT(page, language).removesuffix("new/")


# name -> (who looks, address below the language)
PAGES = {
    "home": ("", ""),
    "news": ("", "news/"),
    "article": ("", article),
    "stand-in": ("", STAND_IN),
    "comments": ("", conversation),
    "wish": ("", first(STAND_IN, "[role=note] a[href*='/wanted/']")),
    "resources": ("", "resources/"),
    "resources-chosen": ("", first("resources/", ".facets section:last-child li a")),
    "resources-none": ("", "resources/?country=TN&kind=report"),
    "resource": ("", first("resources/", "main .resource .title a")),
    "communities": ("", "communities/"),
    "landing": ("", f"communities/{CLOSED}/"),
    "about": ("", "about/"),
    "events": ("", "events/"),
    "event": ("", first("events/", "main .event a")),
    "search": ("", "search/?q=droit"),
    "search-none": ("", "search/?q=zzzzzz"),
    "signin": ("", "account/login/"),
    "signup": ("", "account/signup/"),
    "password": ("", "account/password/reset/"),
    "notfound": ("", "nowhere/"),
    "refused": ("", f"spaces/{CLOSED}/"),
    "feed": ("member", "feed/"),
    "spaces": ("member", "spaces/"),
    "space": ("member", f"spaces/{CLOSED}/"),
    "forum": ("member", f"spaces/{CLOSED}/forum/"),
    # The longest of the demo world: more than a page, whatever the walks have written above it.
    "topic": ("member", behind(first('search/?q="les quarante-huit heures"', "main .title a", words="juge"))),
    "saved": ("member", "saved/"),
    "topic-new": ("member", f"spaces/{CLOSED}/forum/new/"),
    "library": ("member", f"spaces/{CLOSED}/library/"),
    "library-folder": ("member", first(f"spaces/{CLOSED}/library/", "main .list .title a", 1)),
    "library-file": ("member", first(f"spaces/{CLOSED}/library/", "main .list .title a", 3)),
    "library-add": ("member", f"spaces/{CLOSED}/library/new/files/"),
    "comment-new": ("member", ARTICLE_COMMENT),
    "comment-reply": ("member", first(article, "#comments .post-foot a")),
    "comment-report": ("member", first(article, "#comments a[href$='/reports/new/']")),
    "comment-follow": ("member", first(article, "#comments a[href$='/subscription/']")),
    "members": ("member", f"spaces/{CLOSED}/members/"),
    "profile": ("member", first("people/", "main .title a, main .who a")),
    "people": ("member", "people/"),
    "settings": ("member", "account/profile/"),
    "own-page": ("member", first("feed/", ".bar-list li:last-child a")),
    "arrangement": ("member", "account/profile/page/"),
    "words-of-profile": ("member", "account/profile/words/ar/"),
    "contact-ways": ("member", "account/profile/contact/"),
    "pins": ("member", "account/profile/page/pins/"),
    "notifications": ("member", "notifications/"),
    "member-search": ("member", "search/?q=calendrier"),
    "signout": ("member", "account/logout/"),
    "requests": ("facilitator", f"spaces/{CLOSED}/requests/"),
    "member-desk": ("facilitator", first(f"spaces/{CLOSED}/members/", "main .list .end a", 3)),
    "handover": ("facilitator", f"spaces/{CLOSED}/handover/"),
    "invitations": ("facilitator", f"spaces/{CLOSED}/invitations/"),
    "landing-desk": ("facilitator", f"spaces/{CLOSED}/landing/"),
    "landing-proposal": ("facilitator", f"spaces/{CLOSED}/landing/proposals/new/"),
    "desk": ("staff", "staff/"),
    "desk-spaces": ("staff", "staff/spaces/"),
}
# A page in a language that is not the reader's: there is none for readers of Arabic.
NOT_IN = {"stand-in": "ar", "wish": "ar"}
ROLES = ("", "member", "facilitator", "staff")


def pages_of(role, language):
    return [name for name, (who, _) in PAGES.items() if who == role and NOT_IN.get(name) != language]


def address_below(page, language, address):
    """Absolute, of what stands in PAGES; for most of them `page` must be on the site already."""
    found = address(page, language) if callable(address) else f"/{language}/{address}"
    assert found, f"nothing there: {page.url}"
    return found


def visit(page, language, name):
    if not re.search(rf"//[^/]+/{language}/", page.url):
        page.goto(f"/{language}/")
    return page.goto(address_below(page, language, PAGES[name][1]))
