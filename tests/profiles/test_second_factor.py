"""With production's value: facilitators and others set up a second factor before anything else."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import grants
from communities.models import Membership
from communities.roles import Role
from profiles.joining import enrol
from profiles.second_factor import KINDS, lacks_second_factor

PASSWORD = "a lamp beside the river"
PRODUCTION = ["staff", "editors", "translators", "moderators", "facilitators"]


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECOND_FACTOR_FOR = PRODUCTION


@pytest.fixture
def runner(db, closed_space):
    """Facilitates a space, with a password that they know."""
    user = enrol("runner@people.example", PASSWORD, "Runner", approved=True)
    Membership.objects.create(space=closed_space, user=user, role=Role.FACILITATOR)
    return user


def code_for(secret):
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


def sign_in(client):
    return client.post(reverse("account_login"), {"login": "runner@people.example", "password": PASSWORD})


def test_production_names_only_kinds_that_exist():
    assert set(PRODUCTION) == set(KINDS)


@pytest.mark.parametrize(
    ("name", "must"),
    [
        ("newcomer", False),
        ("member", False),
        ("observer", False),
        ("stranger", False),
        ("moderator", True),
        ("facilitator", True),
        ("editor", True),
        ("translator_ar", True),
        ("staff", True),
        ("root", True),
    ],
)
def test_who_must_have_one(cast, name, must, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert lacks_second_factor(cast[name]) is must


def test_grant_with_a_facilitators_rights_counts_like_the_role(stranger, closed_space):
    grants.give(stranger, "manage_space", closed_space, until=timezone.now() + timezone.timedelta(days=1))
    assert lacks_second_factor(stranger)


def test_nobody_must_where_the_setting_is_empty(settings, root):
    settings.SECOND_FACTOR_FOR = []
    assert not lacks_second_factor(root)


def test_facilitator_reaches_nothing_before_the_factor_is_set_up(runner, closed_space, client_of):
    client = client_of(runner)
    for address in (
        reverse("communities:feed"),
        closed_space.get_absolute_url(),
        reverse("profiles:edit"),
        reverse("account_email"),
        reverse("account_change_password"),
        reverse("events:event_new", args=[closed_space.slug]),
        "/en/nothing-here/",
    ):
        for method in ("get", "post"):
            answer = getattr(client, method)(address)
            assert answer.status_code == 302, address
            assert answer.url.endswith("/account/2fa/totp/activate/"), (address, answer.url)


def test_editor_reaches_the_cms_only_with_a_factor(editor, client_of):
    client = client_of(editor)
    for address in ("/cms/", "/cms/pages/", "/cms/account/"):
        assert client.get(address).url.endswith("/account/2fa/totp/activate/")
    TOTP.activate(editor, "JBSWY3DPEHPK3PXP")
    assert client.get("/cms/").status_code == 200


def test_from_set_up_to_signing_in_with_a_code(runner, client, closed_space):
    assert sign_in(client).status_code == 302
    # allauth asks for the password once more before it changes how one signs in.
    asked = client.get(reverse("mfa_activate_totp")).url
    assert asked.startswith(reverse("account_reauthenticate"))
    answer = client.post(asked, {"password": PASSWORD, "next": reverse("mfa_activate_totp")})
    assert answer.url == reverse("mfa_activate_totp")
    page = client.get(answer.url)
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)}).status_code == 302
    assert Authenticator.objects.filter(user=runner, type="totp").exists()
    assert client.get(closed_space.get_absolute_url()).status_code == 200

    later = Client()
    answer = sign_in(later)
    assert answer.url.startswith(reverse("mfa_authenticate"))
    # The password alone opened nothing.
    assert later.get(closed_space.get_absolute_url()).status_code != 200
    assert later.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code != 302
    from django.core.cache import cache

    cache.clear()  # allauth remembers a code that was used
    assert later.post(reverse("mfa_authenticate"), {"code": code_for(secret)}).status_code == 302
    assert later.get(closed_space.get_absolute_url()).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(runner):
    Authenticator.objects.create(user=runner, type="recovery_codes", data={})
    assert lacks_second_factor(runner)


def test_reset_does_not_skip_the_code(runner, client):
    from django.core import mail

    TOTP.activate(runner, "JBSWY3DPEHPK3PXP")
    client.post(reverse("account_reset_password"), {"email": runner.email})
    address = re.search(r"https?://[^/]+(/\S*/password/reset/key/\S+/)", mail.outbox[0].body)[1]
    form = client.get(address, follow=True).wsgi_request.path
    client.post(form, {"password1": PASSWORD + "s", "password2": PASSWORD + "s"})
    data = {"login": runner.email, "password": PASSWORD + "s"}
    assert client.post(reverse("account_login"), data).url.startswith(reverse("mfa_authenticate"))
