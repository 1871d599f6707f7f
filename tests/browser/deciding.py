"""A space of its own for the walks about questions and votes, with people who are in no other."""

import re

from tests.browser.conftest import PASSWORD

SETUP = """
from communities import joining
from communities.founding import found
from profiles.joining import enrol
people = [
    enrol(f"{{key}}@demo.example", "{password}", name, language=language, approved=True)
    for key, name, language in {people}
]
space = found(
    {{"fr": {{"name": "{name}"}}}}, by=None, facilitator=people[0], visibility="hidden", language="fr"
)
for person in people[1:]:
    joining.join(space, person)
print("SLUG", space.slug)
"""


def space_of(server, name, people):
    told = server.manage("shell", "-c", SETUP.format(password=PASSWORD, people=people, name=name))
    return re.search(r"SLUG (\S+)", told)[1]


def arrive(page, key, language):
    page.goto(f"/{language}/account/login/")
    page.fill("[name=login]", f"{key}@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button:not([value])")
    return page


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")
