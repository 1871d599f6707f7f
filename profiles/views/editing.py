"""What one says of oneself, in short forms: appearance, work, words in each language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.views.door import account_only
from profiles.describing import WORDS
from profiles.forms.editing import AccountFieldsForm, AppearanceForm, WordsForm, WorkForm
from profiles.models import Profile, User

LANGUAGES: Final = dict(settings.LANGUAGES)


def owner_of(request: HttpRequest) -> User:
    """The person who is signed in, with all that stands on their page."""
    return User.objects.with_page().get(pk=request.user.pk)


@account_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    owner = owner_of(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    account = AccountFieldsForm(*sent, instance=owner)
    form = AppearanceForm(*sent, instance=owner.profile)
    # Both: what is wrong in either is said at once.
    if all([account.is_bound, account.is_valid(), form.is_valid()]):
        with transaction.atomic():
            account.save()
            form.save()
        with translation.override(owner.language):
            return _saved(request, owner, form.told())
    context = {"person": owner, "account_form": account, "form": form, "tab": "edit"}
    status = 422 if account.errors or form.errors else 200
    return render(request, "profiles/profile_form.html", context, status=status)


@account_only
@require_http_methods(["GET", "HEAD", "POST"])
def work(request: HttpRequest) -> HttpResponse:
    owner = owner_of(request)
    form = WorkForm(request.POST if request.method == "POST" else None, instance=owner.profile)
    if form.is_bound and form.is_valid():
        form.save()
        return _saved(request, owner)
    context = {"person": owner, "form": form, "tab": "work"}
    return render(request, "profiles/work_form.html", context, status=422 if form.errors else 200)


@account_only
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, language: str) -> HttpResponse:
    if language not in LANGUAGES:
        raise Http404
    owner = owner_of(request)
    sent = request.POST if request.method == "POST" else None
    form = WordsForm(sent, instance=owner.profile, language=language)
    if form.is_bound and form.is_valid():
        form.save()
        return _saved(request, owner)
    context = {"person": owner, "form": form, "tab": "words", "written": written(owner.profile)}
    context["language_of_words"] = language
    return render(request, "profiles/words_form.html", context, status=422 if form.errors else 200)


def written(profile: Profile) -> dict[str, bool]:
    """Of each language of the site, whether the person says anything in it."""
    said = {row.language for row in profile.texts.all() if any(getattr(row, word) for word in WORDS)}
    return {code: code in said for code in LANGUAGES}


def _saved(request: HttpRequest, owner: User, more: Iterable[str] = ()) -> HttpResponse:
    messages.success(request, _("Your profile is saved."))
    for sentence in more:
        messages.info(request, sentence)
    return redirect("profiles:person", owner.public_id)
