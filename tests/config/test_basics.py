"""What holds for every request, whatever room answers it."""

import io
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.test.client import encode_multipart

from communities.submissions import new_key
from forum.forum_conversation.models import Post

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "url",
    [
        "/en/%00/",
        "/en/search/?q=%00",
        "/en/search/?%00=a",
        "/en/search/?q=%ff%fe",
        "/en/%c3%28/",
        "/en/spaces/%00closed-space/",
    ],
)
def test_null_byte_or_broken_text_in_an_address_is_the_ordinary_404(client, url):
    answer = client.get(url)
    assert answer.status_code == 404
    assert b"<html" in answer.content


@pytest.mark.parametrize("body", [b"login=%00&password=x", b"login=%ff%fe&password=x", b"%00=1"])
def test_null_byte_or_broken_text_in_a_form_is_the_ordinary_404(client, body):
    answer = client.post("/en/account/login/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 404


def test_null_byte_in_an_upload_form_is_the_ordinary_404(member, public_space, client_of):
    answer = client_of(member).post(
        f"/en/spaces/{public_space.slug}/forum/new/", {"subject": "a\0b", "content": "c"}
    )
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("kind", "encode"),
    [
        ("application/x-www-form-urlencoded", lambda form: urlencode(form).encode()),
        ("multipart/form-data; boundary=x", lambda form: encode_multipart("x", form)),
    ],
    ids=["plain", "with files"],
)
def test_form_of_which_the_end_is_missing_is_not_taken_for_the_whole(
    kind, encode, member, public_space, client_of
):
    form = {"subject": "On the telephone", "language": "en", "key": new_key(member, "topic")}
    whole = encode({**form, "content": "We-agree-to-nothing-of-the-kind"})  # the words come last

    def send(body):
        # As a server hands it on: fewer bytes than were announced are an end, not an error.
        given = {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(whole)), "CONTENT_TYPE": kind}
        url = f"/en/spaces/{public_space.slug}/forum/new/"
        return client_of(member).generic("POST", url, **given).status_code

    own = Post.objects.filter(poster=member)
    assert (send(whole[: whole.index(b"nothing")]), list(own)) == (400, [])
    assert send(whole) == 302
    assert str(own.get().content) == "We-agree-to-nothing-of-the-kind"


@pytest.mark.parametrize(
    ("accept", "language"), [("fr", "fr"), ("ar,en;q=0.5", "ar"), ("nl-BE", "nl"), ("sw", "en"), ("", "en")]
)
def test_front_door_leads_to_the_readers_language(client, accept, language):
    answer = client.get("/", headers={"accept-language": accept})
    assert answer.status_code == 302
    assert answer["Location"] == f"/{language}/"


def test_front_door_leads_a_member_to_their_own_language(member, client_of):
    assert client_of(member).get("/", headers={"accept-language": "nl"})["Location"] == "/fr/"


def test_a_language_that_does_not_exist_is_the_ordinary_404(client):
    answer = client.get("/xx/spaces/", follow=True)
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "url", ["/en/", "/en/spaces/", "/en/account/login/", "/en/nowhere/", "/ar/search/?q=droit"]
)
def test_our_pages_carry_the_strict_policy(client, url):
    answer = client.get(url)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_answers_to_a_signed_in_person_are_kept_by_nobody(member, client_of):
    client = client_of(member)
    for url in ("/en/feed/", "/en/spaces/", "/en/", "/en/nowhere/"):
        assert client.get(url)["Cache-Control"] == "private, no-store", url


def test_a_visitor_gets_no_cookie_for_reading(client):
    for url in ("/en/", "/en/spaces/", "/en/search/?q=droit"):
        assert client.get(url).cookies == {}, url


def test_pages_are_compressed_also_in_development(client):
    answer = client.get("/en/spaces/", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"


def test_health(client):
    assert client.get("/healthz").content == b"ok\n"


def test_robots_names_no_space(client, hidden_space):
    body = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in body
    assert "space/" not in body.replace("/spaces/", "")


def test_uploads_have_no_address_of_their_own(client):
    assert client.get("/media/original_images/a.jpg", follow=True).status_code == 404
    assert client.get("/renditions/../site.sqlite3").status_code == 404
    assert client.get("/renditions/..%2fsite.sqlite3").status_code == 404


@pytest.mark.parametrize(
    "url", ["/cms/login/", "/cms/password_reset/", "/_util/login/", "/en/_util/login/", "/cms/logout/"]
)
def test_every_other_door_leads_to_the_one_sign_in_view(client, url):
    assert "/account/log" in client.get(url)["Location"]
    refused = client.post(url, {"username": "root@cast.example", "password": "a-password-of-the-suite"})
    assert refused.status_code in (302, 403)
    assert "_auth_user_id" not in client.session


def test_cms_refuses_a_member_in_words_and_leads_a_visitor_to_sign_in(client, member, client_of):
    answer = client_of(member).get("/cms/")
    assert answer.status_code == 403
    assert "for editors and translators" in answer.content.decode()
    assert "/account/login/?next=/cms/" in client.get("/cms/")["Location"]


def test_log_line_has_no_query_no_token_and_a_shortened_address(client, caplog):
    caplog.set_level("INFO", logger="request")
    client.get("/en/search/?q=secretword", REMOTE_ADDR="203.0.113.77")
    client.get("/files/abcdefsecrettoken/a.jpg", REMOTE_ADDR="2001:db8:1:2::77")
    assert "203.0.113.0" in caplog.text
    assert "2001:db8:1::" in caplog.text
    assert "secret" not in caplog.text
    assert "113.77" not in caplog.text


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../../etc/passwd", "UTC", "x" * 500])
def test_a_hostile_time_zone_cookie_is_no_error(zone):
    client = Client()
    client.cookies["tz"] = zone
    assert client.get("/en/spaces/").status_code == 200


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_refuses_to_start_in_one_clear_line(missing, tmp_path):
    environment = {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "example.org", "PATH": "/usr/bin", missing: ""}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings.production"
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "check"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert done.stderr.strip().splitlines() == [
        f"{missing} is not set: production does not start without it (.env.example explains it)."
    ]


def test_demo_accounts_are_refused_where_debug_is_off(settings, db):
    from django.contrib.auth import authenticate

    from profiles.models import User

    User.objects.create_user("member@demo.example", "demo-only-password", display_name="M", is_approved=True)
    assert authenticate(None, email="member@demo.example", password="demo-only-password") is None
    settings.DEMO_ACCOUNTS = True
    assert authenticate(None, email="member@demo.example", password="demo-only-password") is not None
