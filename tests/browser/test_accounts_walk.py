"""From an invitation or a request to an account that holds: on a phone without JavaScript, and with a passkey."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PASSPHRASE = "une longue phrase de passe 7"


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def letter_to(server, email):
    return [letter for letter in server.letters() if f"To: {email}" in letter][-1]


def fits(page):
    """No sideways scrolling: asked of the layout, since the page runs no script."""
    width = page.locator("html").bounding_box()["width"]
    boxes = [element.bounding_box() for element in page.locator("main form, main h1, main p").all()]
    assert width <= 360
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes if box)


def sign_up(page, server, email, language):
    page.goto(f"/{language}/account/signup/")
    fits(page)
    page.fill("[name=display_name]", "Noor")
    page.fill("[name=email]", email)
    page.fill("[name=password1]", PASSPHRASE)
    page.check("[name=charter]")
    page.click("main form .btn")
    page.goto(re.search(r"http://\S+/account/confirm-email/\S+", letter_to(server, email)).group(0))
    fits(page)
    page.click("main form .btn")


def sign_in(page, email):
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSPHRASE)
    page.click("main form .btn >> nth=0")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_from_signing_up_to_a_second_factor_on_a_phone_without_javascript(open_page, server, language):
    email = f"noor-{language}@walk.example"
    page = open_page(language, width=360, javascript=False)
    page.goto(f"/{language}/account/signup/")
    # The charter can be read before anything is typed.
    assert page.goto(page.locator("main a[href$='/account/charter/']").get_attribute("href")).status == 200
    assert page.locator(".prose").get_attribute("lang") == language
    sign_up(page, server, email, language)
    if "/login" in page.url:
        sign_in(page, email)
    page.goto(f"/{language}/account/2fa/totp/activate/")
    page.fill("[name=password]", PASSPHRASE)
    page.click("main form .btn")
    fits(page)
    assert page.locator("img.qr").get_attribute("src").startswith("data:image/svg+xml;")
    secret = page.locator("bdi code").inner_text()
    page.fill("[name=code]", code_for(secret))
    page.click("main form .btn")
    # allauth leads on to the recovery codes.
    assert page.locator(".codes code").count() == 10
    recovery = page.locator(".codes code").first.inner_text()
    fits(page)

    later = open_page(language, width=360, javascript=False)
    later.goto(f"/{language}/account/login/")
    assert not later.locator("form[data-passkey]").is_visible()
    sign_in(later, email)
    assert "/2fa/authenticate/" in later.url
    fits(later)
    later.fill("[name=code]", recovery)
    later.click("main form .btn >> nth=0")
    assert f"/{language}/feed/" in later.url


def test_sign_in_by_a_code_from_a_mail_without_javascript(open_page, server):
    email = "code@walk.example"
    page = open_page("ar", width=360, javascript=False)
    sign_up(page, server, email, "ar")
    later = open_page("ar", width=360, javascript=False)
    later.goto("/ar/account/login/")
    later.click("main a[href*='/login/code/']")
    later.fill("[name=email]", email)
    later.click("main form .btn")
    fits(later)
    later.fill("[name=code]", re.search(r"^[A-Z0-9-]{4,}$", letter_to(server, email), re.M)[0])
    later.click("main form .btn >> nth=0")
    assert "/ar/feed/" in later.url


def test_invited_guest_is_in_at_once_and_everybody_accepts_a_new_charter(open_page, signed_in, server):
    staff = signed_in("staff", "fr", javascript=False)
    staff.goto("/fr/staff/invitations/")
    fits(staff)
    staff.fill("[name=email]", "guest@walk.example")
    staff.select_option("[name=language]", "nl")
    staff.click("main form .btn >> nth=0")
    expect(staff.locator("main .list")).to_contain_text("guest@walk.example")
    letter = letter_to(server, "guest@walk.example")
    page = open_page("nl", width=360, javascript=False)
    page.goto(re.search(r"http://\S+/nl/account/invitation/\S+", letter).group(0))
    assert page.url.endswith("/nl/account/signup/")
    fits(page)
    page.fill("[name=display_name]", "Joost")
    page.fill("[name=password1]", PASSPHRASE)
    page.check("[name=charter]")
    page.click("main form .btn")
    assert "/nl/feed/" in page.url
    assert page.goto("/nl/people/").status == 200


class Authenticator:
    """Chromium's own virtual device, with a finger that is always there."""

    def __init__(self, page):
        self.devtools = page.context.new_cdp_session(page)
        self.devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        self.id = self.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})[
            "authenticatorId"
        ]

    def locked(self):
        self.devtools.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": False})


@pytest.fixture
def phone(browser, server):
    """At localhost: browsers make passkeys for names alone, not for addresses of numbers."""
    context = browser.new_context(
        base_url=server.url.replace("127.0.0.1", "localhost"),
        viewport={"width": 360, "height": 780},
        locale="fr-FR",
    )
    context.set_default_timeout(60000)
    page = context.new_page()
    hosts, faults = set(), []
    page.on("request", lambda sent: hosts.add(re.match(r"\w+:(?://)?([^/:]*)", sent.url)[1]))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert {host for host in hosts if host} <= {"localhost", "image"}
    assert faults == []


def test_passkey_is_made_opens_the_account_and_is_removed(phone, server):
    page, email = phone, "key@walk.example"
    device = Authenticator(page)
    page.goto("/fr/account/signup/")
    page.fill("[name=display_name]", "Clé")
    page.fill("[name=email]", email)
    page.fill("[name=password1]", PASSPHRASE)
    page.check("[name=charter]")
    page.click("main form .btn")
    page.wait_for_url("**/confirm-email/")
    confirm = re.search(r"http://\S+(/fr/account/confirm-email/\S+)", letter_to(server, email)).group(1)
    page.goto(confirm)
    page.click("main form .btn")
    page.wait_for_url(lambda url: "confirm-email" not in url)
    if "/login" in page.url:
        sign_in(page, email)
        page.wait_for_url("**/fr/feed/")

    page.goto("/fr/account/2fa/webauthn/add/")
    page.fill("[name=password]", PASSPHRASE)
    page.click("main form .btn")
    expect(page.locator("[data-without-passkey]")).to_be_hidden()
    page.fill("[name=name]", "Téléphone de Noor")
    page.click("form[data-passkey] .btn")
    page.wait_for_url("**/recovery-codes/")
    assert letter_to(server, email).count("clé d’accès") >= 1

    # Without password and without code.
    page.context.clear_cookies()
    page.goto("/fr/account/login/?next=/fr/account/profile/")
    page.click("form[data-passkey] .btn")
    page.wait_for_url(lambda url: "/login" not in url)
    assert page.url.endswith("/fr/account/profile/")

    # A device that its owner has not unlocked opens nothing, and the page says so.
    page.context.clear_cookies()
    device.locked()
    page.goto("/fr/account/login/")
    page.click("form[data-passkey] .btn")
    expect(page.locator("form[data-passkey] [role=status]")).to_contain_text("Aucune clé")

    # As a second step after the password.
    device.devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device.id, "isUserVerified": True})
    sign_in(page, email)
    page.wait_for_url("**/2fa/authenticate/")
    page.click("form[data-passkey] .btn")
    page.wait_for_url("**/fr/feed/")

    page.goto("/fr/account/2fa/webauthn/")
    expect(page.locator("main .list")).to_contain_text("Téléphone de Noor")
    page.click("main .list .danger")
    page.wait_for_load_state()
    if "reauthenticate" in page.url:
        page.fill("[name=password]", PASSPHRASE)
        page.click("main form .btn")
    page.click("main .danger")
    page.wait_for_url("**/fr/account/2fa/webauthn/")
    expect(page.locator("main .list")).not_to_contain_text("Téléphone de Noor")
