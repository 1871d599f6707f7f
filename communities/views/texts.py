"""The words of a space, all languages side by side."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities import wording
from communities.models import Space
from communities.views.door import SignedInRequest, space_or_404
from communities.wording_forms import WordingForm, are_valid, wording_forms


@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: SignedInRequest, slug: str) -> HttpResponse:
    here = space_or_404(request, slug, "manage")
    forms = wording_forms(here, request.POST or None)
    if request.method == "POST" and are_valid(forms) and _saved(request, here, forms):
        messages.success(request, _("Saved."))
        return redirect("communities:texts", here.slug)
    context = {"space": here, "tab": "desk", "forms": forms}
    status = 422 if any(form.errors for form in forms) else 200
    return render(request, "communities/space_texts.html", context, status=status)


def _saved(request: SignedInRequest, here: Space, forms: list[WordingForm]) -> bool:
    by_language = {form.standing.language: form for form in forms}
    words = {code: form.words for code, form in by_language.items()}
    had = {code: form.cleaned_data["seen"] for code, form in by_language.items()}
    try:
        written = wording.write(here, words, by=request.user, had=had)
    except wording.WrittenMeanwhile as meanwhile:
        now = {each.language: each for each in wording.standings(Space.objects.with_texts().get(pk=here.pk))}
        for code in meanwhile.languages:
            by_language[code].now_there(now[code])
        return False
    again = {code for code, form in by_language.items() if form.cleaned_data.get("still_right")}
    wording.still_right(here, again - written, by=request.user)
    return True
