"""What every page may ask for: language links that stay on the page, at no cost and without a cookie."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from config import context
from pages.frame.reading import frame


def links(path, language="en"):
    return {link.code: link for link in context.LanguageLinks(RequestFactory().get(path), language)}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/en/spaces/x/forum/?page=2", "/ar/spaces/x/forum/?page=2"),
        ("/en/", "/ar/"),
        ("/files/a/b.pdf", "/ar/"),
        ("/en/search/?q=%D8%B3&next=//evil.example", "/ar/search/?q=%D8%B3&next=//evil.example"),
        ("//evil.example/en/", "/ar/"),
    ],
)
def test_language_switch_stays_on_the_same_page(path, expected):
    assert links(path)["ar"].url == expected


def test_language_switch_names_each_language_in_itself_and_marks_the_current():
    found = links("/fr/feed/", "fr")
    assert [link.name for link in found.values()] == ["English", "Français", "العربية", "Nederlands"]
    assert [code for code, link in found.items() if link.current] == ["fr"]


def test_our_own_pages_claim_no_translation_to_search_engines():
    assert not any(link.translated for link in links("/en/feed/").values())


@pytest.mark.parametrize(
    ("path", "expected"), [("/en/news/a-b/", "news"), ("/en/", ""), ("/", ""), ("/files/x/y", "")]
)
def test_section_is_the_first_step_below_the_language(path, expected):
    assert context.section(path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/en/news/?a=1", "/en/account/login/?next=%2Fen%2Fnews%2F%3Fa%3D1"),
        ("/en/", "/en/account/login/"),
        ("/en/account/signup/", "/en/account/login/"),
    ],
)
def test_sign_in_link_leads_back(path, expected):
    assert context.signin_url(RequestFactory().get(path)) == expected


@pytest.fixture
def kept_frame(warm):
    """Menus and settings as every page but the first after a change finds them."""
    with warm(), override("en"):
        frame()


def test_page_for_a_visitor_costs_no_query_and_sets_no_cookie(db, kept_frame, django_assert_num_queries):
    """The sign-up page sets a cookie for its form; an error page has no form."""
    request = RequestFactory().get("/en/feed/")
    request.user = AnonymousUser()
    with django_assert_num_queries(0):
        page = render_to_string("404.html", request=request)
    assert "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
    assert "csrfmiddlewaretoken" not in page


def test_page_for_a_member_costs_no_query(member, client, kept_frame, django_assert_num_queries):
    client.force_login(member)
    request = RequestFactory().get("/en/feed/")
    request.user, request.session = member, client.session
    request.session.get("_auth_user_id")  # read by every request that knows who asks
    with django_assert_num_queries(0):
        page = render_to_string("404.html", request=request)
    assert 'class="bar"' in page
    assert "/cms/" not in page
    assert "/staff/" not in page


def test_editor_and_staff_see_their_doors(editor, staff, client):
    for person, door in ((editor, "/cms/"), (staff, "/staff/")):
        client.force_login(person)
        request = RequestFactory().get("/en/feed/")
        request.user, request.session = person, client.session
        assert f'{door}"' in render_to_string("404.html", request=request)
