"""The main pages: what axe walks through, what is weighed, what `make shots` draws."""

import re

CLOSED = "detention-provisoire"

# name -> (who looks, address below the language)
PAGES = {
    "home": ("", ""),
    "news": ("", "news/"),
    "article": ("", lambda page: first(page, "news/", "main .title a")),
    "resources": ("", "resources/"),
    "resource": ("", lambda page: first(page, "resources/", "main .resource .title a")),
    "communities": ("", "communities/"),
    "landing": ("", f"communities/{CLOSED}/"),
    "about": ("", "about/"),
    "events": ("", "events/"),
    "event": ("", lambda page: first(page, "events/", "main .event a")),
    "search": ("", "search/?q=droit"),
    "signin": ("", "account/login/"),
    "signup": ("", "account/signup/"),
    "notfound": ("", "nowhere/"),
    "refused": ("", f"spaces/{CLOSED}/"),
    "feed": ("member", "feed/"),
    "spaces": ("member", "spaces/"),
    "space": ("member", f"spaces/{CLOSED}/"),
    "forum": ("member", f"spaces/{CLOSED}/forum/"),
    "topic": ("member", lambda page: first(page, f"spaces/{CLOSED}/forum/", "main .list .title a >> nth=1")),
    "comment-new": ("member", lambda page: comment_form(page)),
    "topic-new": ("member", f"spaces/{CLOSED}/forum/new/"),
    "members": ("member", f"spaces/{CLOSED}/members/"),
    "profile": ("member", lambda page: first(page, "people/", "main .title a, main .who a")),
    "people": ("member", "people/"),
    "settings": ("member", "account/profile/"),
    "notifications": ("member", "notifications/"),
    "member-search": ("member", "search/?q=calendrier"),
    "requests": ("facilitator", f"spaces/{CLOSED}/requests/"),
    "desk": ("staff", "staff/"),
    "desk-spaces": ("staff", "staff/spaces/"),
}


def first(page, listing, selector):
    """The address, below the language, of the first thing in a list."""
    language = re.search(r"//[^/]+/(\w\w)/", page.url).group(1)
    page.goto(f"/{language}/{listing}")
    href = page.locator(selector).first.get_attribute("href")
    return href.partition(f"/{language}/")[2]


def comment_form(page):
    language = re.search(r"//[^/]+/(\w\w)/", page.url).group(1)
    page.goto(f"/{language}/{first(page, 'news/', 'main .title a')}")
    href = page.locator("#comments > .acts a").first.get_attribute("href")
    return href.partition(f"/{language}/")[2]


def visit(page, language, name):
    _who, address = PAGES[name]
    if callable(address):
        if f"/{language}/" not in page.url:
            page.goto(f"/{language}/")
        address = address(page)
    return page.goto(f"/{language}/{address}")
