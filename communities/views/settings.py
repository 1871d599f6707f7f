"""What facilitators set of their space."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities import settling
from communities.models import Space
from communities.space_forms import SettingsForm
from communities.views.door import SignedInRequest, space_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedInRequest, slug: str) -> HttpResponse:
    here = space_or_404(request, slug, "manage")
    form = SettingsForm(request.POST or None, request.FILES or None, space=here)
    if request.method == "POST" and form.is_valid():
        try:
            settling.settle(here, by=request.user, **form.settled)
        except settling.ChangedMeanwhile as meanwhile:
            form.now_there(meanwhile.now)
            return _page(request, here, form, now=meanwhile.now)
        messages.success(request, _("Saved."))
        return redirect("communities:settings", here.slug)
    return _page(request, here, form)


def _page(
    request: SignedInRequest, here: Space, form: SettingsForm, now: Space | None = None
) -> HttpResponse:
    context = {"space": here, "tab": "desk", "form": form, "now": differing(form, now) if now else []}
    status = 422 if form.errors else 200
    return render(request, "communities/space_settings.html", context, status=status)


def differing(form: SettingsForm, now: Space) -> list[tuple[str, str]]:
    """What somebody else has set otherwise than this form: (field, what it is now)."""
    fresh = SettingsForm(space=now)
    found = []
    for name, field in form.fields.items():
        if field.widget.is_hidden or name in ("cover", "without_cover", "wider"):
            continue
        there, typed = fresh.get_initial_for_field(fresh.fields[name], name), form.cleaned_data.get(name)
        if name == "themes":
            typed = [theme.pk for theme in typed or []]
        if there != typed and sorted(map(str, _many(there))) != sorted(map(str, _many(typed))):
            found.append((str(field.label), _in_words(fresh, name, there)))
    return found


def _many(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _in_words(form: SettingsForm, name: str, value: object) -> str:
    choices = {str(key): str(label) for key, label in getattr(form.fields[name], "choices", [])}
    if not choices:
        return _("yes") if value else _("no")
    return _(", ").join(choices.get(str(each), str(each)) for each in _many(value)) or _("none")
