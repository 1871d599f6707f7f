"""Spaces of their own for the walks, with people who are in no other."""

import re

import pytest

from tests.browser.conftest import PASSWORD

SETUP = """
from communities import joining
from communities.founding import found
from communities.roles import Role
from profiles.joining import enrol
people = {{
    key: enrol(f"{{key}}@demo.example", "{password}", name, language=language, approved=True)
    for key, name, language in {people}
}}
facilitator, *others = people.values()
for name, insiders in {spaces}.items():
    space = found(
        {{"fr": {{"name": name}}}}, by=None, facilitator=facilitator, visibility="hidden", language="fr"
    )
    for person in others:
        if person.email.partition("@")[0] in insiders:
            joining.join(space, person)
    for key in {moderators}:
        joining.join(space, people[key], role=Role.MODERATOR)
    print("SLUG", space.slug)
"""
SESSIONS = {}
# Where one stands after writing; "#preview" is another place.
A_POST = re.compile(r"#p(?!review)\w+$")
# Every walk of the forum: in both directions of writing, with JavaScript and without.
WAYS = pytest.mark.parametrize(
    ("language", "javascript"),
    [("fr", True), ("fr", False), ("ar", True), ("ar", False)],
    ids=["fr", "fr-noscript", "ar", "ar-noscript"],
)


def space_of(server, name, people):
    return spaces_of(server, {name: [key for key, *_rest in people]}, people)[0]


def spaces_of(server, spaces, people, moderators=()):
    """The addresses of `spaces` {name: keys of those inside}. The first of the people facilitates all of them."""
    told = server.manage(
        "shell",
        "-c",
        SETUP.format(password=PASSWORD, people=people, spaces=spaces, moderators=list(moderators)),
    )
    return re.findall(r"SLUG (\S+)", told)


def arrive(page, key, language):
    """Signed in once for all pages: sign-ins are limited per minute."""
    home = page.context
    if key in SESSIONS:
        home.add_cookies([SESSIONS[key]])
        return page
    page.goto(f"/{language}/account/login/")
    page.fill("[name=login]", f"{key}@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button:not([value])")
    page.wait_for_url(lambda url: "/account/login" not in url)
    SESSIONS[key] = next(cookie for cookie in home.cookies() if cookie["name"] == "sessionid")
    return page


def way(language, javascript):
    """A mark for titles: one topic for each way."""
    return f"{language}{'+' if javascript else '-'}js"


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")
