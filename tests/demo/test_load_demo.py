"""The demo world is loaded whole once, here; everything else about it is checked in that one test."""

import hashlib
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core import mail, serializers
from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from communities import freshness
from communities.models import Activity, JoinRequest, Membership, Notification, Space
from communities.roles import JoinPolicy, Role, Visibility
from demo import large, people
from demo.large.plan import Plan
from demo.progress import Progress
from demo.world import World
from events.models import Event
from forum.forum_conversation.models import Post, Topic
from forum.models import ReadMark, SpaceForum
from news.models import NewsPage, ResourcePage
from pages import page_cache
from pages.frame.reading import frame
from profiles.models import Profile, User
from search.models import SearchEntry

IN_EVERY_SPACE = {
    "observer": Role.OBSERVER,
    "member": Role.MEMBER,
    "moderator": Role.MODERATOR,
    "facilitator": Role.FACILITATOR,
}
IN_NONE = ("stranger", "newcomer", "former", "editor", "translator_ar", "staff", "root")
# What changes by looking: sessions, caches, SQLite's shadow tables.
NOT_COMPARED = {"sessions.session", "search.searchindex"}


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def load(**options) -> str:
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def everything() -> dict[str, str]:
    """Model -> a digest of all its rows."""
    return {
        model._meta.label_lower: hashlib.sha256(
            serializers.serialize("json", model._base_manager.order_by("pk")).encode()
        ).hexdigest()
        for model in apps.get_models()
        if model._meta.managed and model._meta.label_lower not in NOT_COMPARED
    }


def demo_person(role: str) -> User:
    return User.objects.get(email=f"{role}@demo.example")


def test_load_demo_whole_world_then_again_nothing_changes(db, client, monkeypatch):
    spaces_before = set(Space.objects.values_list("pk", flat=True))
    load()
    spaces = Space.objects.exclude(pk__in=spaces_before)
    check_people()
    check_spaces(spaces)
    check_forum(spaces)
    check_kinds(spaces)
    check_public_site()
    check_pages_of_people()
    check_queries_of_public_pages(client, monkeypatch)
    assert Event.objects.count() == 6
    assert Event.objects.coming().count() == 4
    assert mail.outbox == []
    assert not Notification.objects.filter(outcome=Notification.Outcome.WAITING).exists()

    before = everything()
    assert "made" not in load()
    assert everything() == before


def check_queries_of_public_pages(client, monkeypatch):
    """Plainer pages than these prove little. Nothing kept but the frame of the site (menus, names), once read."""
    monkeypatch.setattr(page_cache, "KEPT", {})
    monkeypatch.setattr(freshness, "is_pending", lambda: False)
    pages = Page.objects.live().filter(depth__gt=1, locale__language_code__in=("fr", "nl")).specific()
    counted = {page.url: queries_of(client, page.url) for page in pages}
    assert len(counted) > 60
    assert {url: number for url, number in counted.items() if number > 12} == {}


def queries_of(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def check_people():
    for role in (*IN_EVERY_SPACE, *IN_NONE):
        person = demo_person(role)
        assert person.check_password("demo-only-password")
        assert person.emailaddress_set.get().verified
        assert person.is_active
        assert person.is_approved == (role != "newcomer")
        assert person.is_staff == (role in ("staff", "root"))
        assert person.is_superuser == (role == "root")
    assert not demo_person("suspended").is_active
    assert demo_person("editor").groups.get().name == "Editors"
    assert demo_person("translator_ar").groups.get().name == "Translators: ar"
    others = User.objects.filter(email__endswith="@people.demo.example")
    assert len(others) >= 20
    assert not any(person.has_usable_password() for person in others)


def check_pages_of_people():
    arranged = Profile.objects.filter(sections__isnull=False).distinct()
    assert arranged.count() == 4
    assert all(profile.organisation.approved_at for profile in arranged)
    member = demo_person("member").profile
    assert [pin.kind for pin in member.pins.all()] == ["topic", "resource"]
    assert {text.language for text in member.texts.all()} == {"fr", "ar"}
    assert {way.audience for way in member.contact_ways.all()} == {0, 2}


def check_spaces(spaces):
    assert spaces.count() == 8
    assert spaces.filter(visibility=Visibility.HIDDEN).count() == 1
    assert {space.visibility for space in spaces} == set(Visibility.values)
    assert {space.join_policy for space in spaces} == set(JoinPolicy.values)
    for role, rank in IN_EVERY_SPACE.items():
        roles = Membership.objects.filter(space__in=spaces, user=demo_person(role)).values_list(
            "role", flat=True
        )
        assert list(roles) == [rank] * 8
    for role in IN_NONE:
        assert not Membership.objects.filter(user=demo_person(role)).exists()
    request = JoinRequest.objects.get(space__in=spaces)
    assert request.state == JoinRequest.State.PENDING
    assert request.space.visibility == Visibility.CLOSED
    assert demo_person("former").posts.exists()


def check_forum(spaces):
    topics = Topic.objects.filter(forum__space_tie__space__in=spaces)
    posts = list(Post.objects.filter(topic__in=topics).order_by("pk"))
    assert len(topics) >= 30
    assert len(posts) >= 200
    assert {post.language for post in posts} == {"fr", "en", "ar", "nl"}
    assert [post.created for post in posts] == sorted(post.created for post in posts)
    assert all(post.updated == post.created for post in posts)
    for topic in topics:
        own = [post for post in posts if post.topic_id == topic.pk]
        assert topic.posts_count == len(own)
        assert (topic.first_post_id, topic.last_post_id) == (own[0].pk, own[-1].pk)
        assert (topic.created, topic.last_post_on) == (own[0].created, own[-1].created)
    check_counters(spaces)
    told = Activity.objects.filter(kind="reply_posted", space__in=spaces)
    assert told.count() == len(posts) - len(topics)
    assert told.earliest("pk").created_at < timezone.now() - timedelta(days=100)
    marks = ReadMark.objects.filter(user=demo_person("member"))
    assert 0 < marks.count() <= len(topics)


def check_kinds(spaces):
    topics = Topic.objects.filter(forum__space_tie__space__in=spaces)
    assert topics.exclude(solution=None).get().kind == "question"
    poll = topics.get(kind="decision").decision
    assert not poll.is_over and poll.ballots.count() == 5
    assert topics.filter(kind="announcement", type=Topic.TOPIC_ANNOUNCE).exists()


def check_counters(spaces):
    for tie in SpaceForum.objects.filter(space__in=spaces).select_related("forum"):
        topics = Topic.objects.filter(forum=tie.forum)
        last = max(topics, key=lambda topic: topic.last_post_on)
        assert tie.forum.direct_topics_count == len(topics)
        assert tie.forum.direct_posts_count == Post.objects.filter(topic__in=topics).count()
        assert (tie.forum.last_post_id, tie.forum.last_post_on) == (last.last_post_id, last.last_post_on)
        # machina's tree: each space a root of its own.
        assert (tie.forum.level, tie.forum.lft, tie.forum.rght) == (0, 1, 2)


def check_public_site():
    own = NewsPage.objects.filter(alias_of=None, live=True)
    assert own.values("translation_key").distinct().count() == 10
    assert NewsPage.objects.filter(live=True).count() == 40
    key = own.values_list("translation_key", flat=True)
    short = [
        k for k in set(key) if {p.locale.language_code for p in own.filter(translation_key=k)} == {"fr", "ar"}
    ]
    assert len(short) == 1
    resources = ResourcePage.objects.filter(alias_of=None, live=True)
    assert resources.values("translation_key").distinct().count() == 16
    assert all(page.document.get_file_size() > 500 for page in resources)
    film = resources.get(resource_kind="video", locale__language_code="fr").document
    assert (film.content_type, film.file_size < 60_000) == ("video/mp4", True)
    check_frame()
    assert SearchEntry.objects.filter(kind="news").count() == own.count()


def check_frame():
    for code in ("en", "fr", "ar", "nl"):
        with override(code):
            around = frame()
        assert (len(around.main), len(around.footer), around.mail) == (4, 5, "team@demo.example")
        assert [entry.language for entry in (*around.main, *around.footer) if entry.language] == []
        assert around.about and around.contact


WORLD = {"members": 20, "spaces": 3, "posts": 200, "seed": 7}


def larger_world() -> str:
    """What chance decided, without the numbers that a database gives."""
    spaces = Space.objects.filter(texts__name__contains="·", texts__language="en")
    people = User.objects.filter(email__startswith="n0").order_by("email")
    rows = {
        "people": list(people.values("public_id", "display_name")),
        "about": list(Profile.objects.filter(user__in=people).order_by("user__email").values("country", "listed")),
        "spaces": list(spaces.order_by("created_at", "slug").values("slug", "visibility", "language", "hue")),
        "in": list(
            Membership.objects.filter(space__in=spaces)
            .order_by("space__slug", "user__email")
            .values("space__slug", "user__email", "role", "joined_at")
        ),
        "posts": list(
            Post.objects.filter(topic__forum__space_tie__space__in=spaces)
            .order_by("pk")
            .values("public_id", "topic__public_id", "poster__email", "created", "content", "_content_rendered")
        ),
        "news": list(Activity.objects.filter(space__in=spaces).order_by("pk").values("public_id", "kind")),
        "found": list(
            SearchEntry.objects.filter(space__in=spaces).order_by("url").values("url", "title_terms", "body_terms")
        ),
    }  # fmt: skip
    return json.dumps(rows, default=str)


def test_load_demo_same_seed_makes_the_same_larger_world(db):
    world = World(Progress(OutputWrapper(StringIO())))
    people.load_themes(world)
    people.load(world)
    worlds = []
    for _ in range(2):
        with transaction.atomic():
            large.load(world, Plan(**WORLD))
            spaces = Space.objects.filter(texts__name__contains="·", texts__language="en")
            assert Post.objects.filter(topic__forum__space_tie__space__in=spaces).count() == 200
            check_counters(spaces)
            worlds.append(larger_world())
            large.load(world, Plan(**WORLD))
            assert larger_world() == worlds[-1]
            transaction.set_rollback(True)
    assert worlds[0] == worlds[1]
