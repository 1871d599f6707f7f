"""A form sent without a session: the same sign-in page whatever its address, and what was typed comes back."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from communities import joining, staffdesk
from communities.models import Membership
from forum import posting
from forum.forum_conversation.models import Post
from profiles.joining import enrol
from profiles.sessions import keeping
from profiles.sessions.models import SealedForm
from tests.profiles.sessions.conftest import PASSWORD, is_signed_in, sign_in

WORDS = "zqtyped in the hidden space"


@pytest.fixture
def noor(db, noor, hidden_space):
    joining.join(hidden_space, noor)
    return noor


@pytest.fixture
def topic(hidden_space, member):
    return posting.open_topic(hidden_space, by=member, subject="One", content="Two", language="en")


def ended(client):
    """The session is over, the browser does not know it."""
    Session.objects.all().delete()
    return client


def masked(answer):
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)


def reply(client, topic, **extra):
    address = topic.get_absolute_url()
    data = {"content": WORDS, "key": "stale", "language": "en"}
    return client.post(address, data, HTTP_REFERER=f"http://testserver{address}", **extra)


VARYING = {"X-Request-Id", "Content-Length"}
ADDRESSES = [
    "/en/spaces/{hidden}/forum/new/",
    "/en/spaces/s-0123456789abcdef/forum/new/",
    "/en/spaces/public-space/membership/",
    "/en/nowhere/",
    "/en/staff/",
    "/en/account/profile/",
    "/en/account/email/",
    "/cms/pages/1/edit/",
    "/files/x/y",
    "/nowhere",
    "/healthz",
]


@pytest.mark.parametrize("ends", [False, True])
@pytest.mark.parametrize("csrf", [False, True])
def test_sign_in_page_has_the_same_bytes_whatever_the_address(noor, hidden_space, ends, csrf):
    answers, headers = set(), set()
    for address in ADDRESSES:
        client = Client(enforce_csrf_checks=csrf)
        if ends:
            client.force_login(noor)
            ended(client)
        answer = client.post(address.format(hidden=hidden_space.slug), {"content": WORDS})
        answers.add((answer.status_code, masked(answer)))
        # Outside of the languages one header is about the language; /cms/ has another policy for its contents.
        if address.startswith("/en/"):
            headers.add(str(sorted(item for item in answer.items() if item[0] not in VARYING)))
    assert len(answers) == 1
    assert len(headers) == 1
    ((status, body),) = answers
    assert status == 403
    assert b'name="login"' in body and b"What you were writing is kept" in body
    assert WORDS.encode() not in body


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_open_forms_are_left_to_their_views(client, db, name):
    assert client.post(reverse(name), {}).status_code == 200


def test_what_was_typed_is_sealed_in_the_table(noor, topic):
    client = Client()
    answer = reply(client, topic)
    row = SealedForm.objects.get()
    cookie = answer.cookies[keeping.COOKIE]
    assert cookie["httponly"] and cookie["max-age"] == 3600
    for kept in (WORDS, cookie.value, topic.forum.slug):
        assert kept not in row.sealed + row.key


def test_reply_comes_back_after_signing_in_and_is_sent_where_it_belonged(noor, topic):
    client = Client()
    sign_in(client)
    ended(client)
    page = reply(client, topic)
    on = re.search(r'name="next" value="([^"]+)"', page.content.decode())[1]
    answer = sign_in(client, next=on)
    assert answer.url == reverse("account_sessions:kept")
    page = client.get(answer.url)
    text = page.content.decode()
    assert WORDS in text and f'action="{topic.get_absolute_url()}"' in text
    assert "stale" not in text
    data = dict(
        re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text.partition("<main")[2])
    )
    data.pop("csrfmiddlewaretoken", None)
    assert client.post(topic.get_absolute_url(), {**data, "content": WORDS}).status_code == 302
    assert topic.posts.count() == 2
    assert not SealedForm.objects.exists()
    assert client.get(reverse("account_sessions:kept")).status_code == 404


def _given_back(client, url, data):
    """Sent without a session, signed in again: what the page that gives back would send, and its text."""
    page = client.post(url, data, HTTP_REFERER=f"http://testserver{url}")
    on = re.search(r'name="next" value="([^"]+)"', page.content.decode())[1]
    text = client.get(sign_in(client, next=on).url).content.decode()
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text.partition("<main")[2])
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}, text


@pytest.mark.parametrize("what", ["topic", "reply", "edit"])
def test_topic_reply_and_edit_come_back_with_their_own_key(noor, topic, what):
    """It may have arrived before the session ended: with another key it would be there twice."""
    client, space = Client(), topic.forum.space_tie.space
    sign_in(client)
    own = posting.reply(topic, noor, "before", language="en")
    url = {
        "topic": reverse("forum:topic_new", args=[space.slug]),
        "reply": topic.get_absolute_url(),
        "edit": reverse("forum:post_edit", args=[space.slug, own.public_id]),
    }[what]
    data = {"content": WORDS, "language": "ar", "subject": "A title"}
    if what != "edit":
        data["key"] = re.search(r'name="key" value="([^"]+)"', client.get(url).content.decode())[1]
        client.post(url, data)
    rest, text = _given_back(ended(client), url, data)
    assert WORDS in text and "have to be chosen again" in text
    assert rest.get("key") == data.get("key") and rest["language"] == "ar"
    count = Post.objects.count()
    assert client.post(url, {**data, **rest}).status_code == 302
    assert Post.objects.count() == count and Post.objects.filter(content=WORDS).count() == 1


def test_somebody_else_on_that_browser_gets_nothing(noor, topic, member):
    enrol("sami@people.example", PASSWORD, "Sami", approved=True)
    Membership.objects.create(
        space=topic.forum.space_tie.space, user=enrol("sami@people.example", None, ""), role=2
    )
    client = Client()
    sign_in(client)
    ended(client)
    reply(client, topic)
    sign_in(client, "sami@people.example")
    assert is_signed_in(client)
    answer = client.get(reverse("account_sessions:kept"))
    assert answer.status_code == 404 and WORDS not in answer.content.decode()


def test_form_of_a_browser_that_nobody_knows_goes_to_who_comes_first_and_to_nobody_after(
    noor, topic, moderator
):
    client = Client()
    reply(client, topic)
    client.force_login(noor)
    assert WORDS in client.get(reverse("account_sessions:kept")).content.decode()
    client.force_login(moderator)
    assert client.get(reverse("account_sessions:kept")).status_code == 404


def test_another_browser_gets_nothing(noor, topic):
    reply(Client(), topic)
    other = Client()
    other.force_login(noor)
    assert other.get(reverse("account_sessions:kept")).status_code == 404
    other.cookies[keeping.COOKIE] = "made up"
    assert other.get(reverse("account_sessions:kept")).status_code == 404


def test_right_that_ended_meanwhile_gives_nothing_back(noor, topic, hidden_space):
    client = Client()
    sign_in(client)
    ended(client)
    reply(client, topic)
    joining.leave(Membership.objects.get(space=hidden_space, user=noor))
    sign_in(client)
    answer = client.get(reverse("account_sessions:kept"))
    nowhere = client.get("/en/nowhere/")
    assert answer.status_code == 404
    assert WORDS not in answer.content.decode() and hidden_space.slug not in answer.content.decode()
    assert masked(answer).partition(b"<main")[2] == masked(nowhere).partition(b"<main")[2]


def test_form_that_is_only_sent_leads_to_its_page(noor, public_space):
    """A button without words: back to where it stood, and never pressed for anybody."""
    client = Client()
    address = reverse("communities:membership", args=[public_space.slug])
    client.post(address, {}, HTTP_REFERER=f"http://testserver{public_space.get_absolute_url()}")
    client.force_login(noor)
    answer = client.get(reverse("account_sessions:kept"))
    assert answer.status_code == 302 and answer.url == public_space.get_absolute_url()
    assert not public_space.memberships.filter(user=noor).exists()


def test_hour_is_the_end_of_it(noor, topic):
    client = Client()
    reply(client, topic)
    SealedForm.objects.update(until="2026-01-01T00:00Z")
    client.force_login(noor)
    assert client.get(reverse("account_sessions:kept")).status_code == 404
    assert keeping.forget_old() == 1


def test_thrown_away_is_gone(noor, topic):
    client = Client()
    reply(client, topic)
    client.force_login(noor)
    assert client.post(reverse("account_sessions:kept")).status_code == 302
    assert not SealedForm.objects.exists()


@pytest.mark.parametrize(
    ("data", "extra"),
    [
        ({"content": "x" * 70_000}, {}),
        ({f"f{number}": "x" for number in range(61)}, {}),
        ({"content": WORDS}, {"HTTP_ORIGIN": "https://elsewhere.example"}),
        ({"content": WORDS}, {"HTTP_SEC_FETCH_SITE": "cross-site"}),
        ('{"content": "x"}', {"content_type": "application/json"}),
    ],
)
def test_what_is_too_long_or_from_elsewhere_is_not_kept(db, data, extra):
    answer = Client().post("/en/nowhere/", data, **extra)
    assert answer.status_code == 403 and keeping.COOKIE not in answer.cookies
    assert b"is kept" not in answer.content and not SealedForm.objects.exists()


def test_passwords_and_codes_are_not_kept(noor):
    client = Client()
    client.post(
        "/en/account/password/change/", {"oldpassword": "zqsecret", "code": "zqcode", "note": "a note"}
    )
    request = client.get("/healthz").wsgi_request
    kept = keeping.open_for(request, noor)
    assert kept.fields == [("note", ["a note"])]


def test_one_network_fills_no_table(db, limited):
    for _ in range(4):
        Client().post("/en/nowhere/", {"content": "x"})
    assert SealedForm.objects.count() == 2


def test_form_of_who_was_suspended_comes_back_to_nobody(noor, staff, topic):
    client = Client()
    sign_in(client)
    staffdesk.suspend(noor, by=staff, reason="a reason")
    page = reply(client, topic)
    assert page.status_code == 403 and b'name="login"' in page.content
    assert sign_in(client).status_code == 200
    assert client.get(reverse("account_sessions:kept")).status_code == 404


def test_form_with_an_old_csrf_token_is_kept_for_its_owner(noor, topic):
    client = Client(enforce_csrf_checks=True)
    client.force_login(noor)
    answer = reply(client, topic)
    assert answer.status_code == 403
    assert reverse("account_sessions:kept") in answer.content.decode()
    assert WORDS in client.get(reverse("account_sessions:kept")).content.decode()


def test_link_in_a_mail_to_a_hidden_space_leads_there_after_signing_in(noor, topic):
    client = Client()
    page = client.get(topic.get_absolute_url())
    assert page.status_code == 404
    link = re.search(r'href="([^"]*/account/login/\?next=[^"]+)"', page.content.decode())[1].replace(
        "&amp;", "&"
    )
    form = client.get(link).content.decode()
    on = re.search(r'name="next" value="([^"]+)"', form)[1]
    answer = sign_in(client, next=on)
    assert answer.url == topic.get_absolute_url()
    assert client.get(answer.url).status_code == 200
