"""One queue for editors: what waits for approval, what was reported, what is hidden."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import TextChoices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from news.comments import moderation, pages, voices
from news.comments.models import Comment, State
from news.comments.querysets import CommentQuerySet

PER_PAGE: Final = 20


class Pile(TextChoices):
    WAITING = "waiting", gettext_lazy("Waiting for approval")
    REPORTED = "reported", gettext_lazy("Reported")
    HIDDEN = "hidden", gettext_lazy("Hidden")
    SHOWN = "shown", gettext_lazy("Shown")


DECISIONS: Final = {
    "approve": (moderation.approve, gettext_lazy("The comment is shown.")),
    "refuse": (moderation.refuse, gettext_lazy("The comment is not shown.")),
    "hide": (moderation.hide, gettext_lazy("The comment is hidden.")),
    "restore": (moderation.restore, gettext_lazy("The comment is shown again.")),
    "settle": (moderation.settle, gettext_lazy("The comment stays as it is.")),
}


def pile(name: str) -> CommentQuerySet:
    """Of pages that everybody may read: nothing else of a comment is anybody's business."""
    rows = Comment.objects.reachable()
    if name == Pile.REPORTED:
        return rows.reported().order_by("submit_date", "pk")
    if name == Pile.WAITING:
        return rows.filter(state=State.WAITING).order_by("submit_date", "pk")
    return rows.filter(state=name).order_by("-submit_date", "-pk")


def asked(request: HttpRequest) -> tuple[str, str]:
    """What the filters say. Raises Http404 for what no filter offers."""
    name, language = request.GET.get("pile", Pile.WAITING), request.GET.get("language", "")
    if name not in Pile.values or (language and language not in dict(settings.LANGUAGES)):
        raise Http404
    return name, language


class QueueView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "news_comments/cms/queue.html"
    page_title = gettext_lazy("Comments")
    header_icon = "comment"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not voices.may_moderate(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        name, language = asked(self.request)
        rows = pile(name).with_case()
        rows = rows.filter(language=language) if language else rows
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        context["page_obj"] = page
        context["named"] = pages.addresses({comment.about for comment in page})
        context["piles"] = [(value, words, pile(value).count()) for value, words in Pile.choices[:3]]
        context["piles"].append((Pile.SHOWN.value, Pile.SHOWN.label, None))
        context["pile"], context["language"] = name, language
        context["languages"] = settings.LANGUAGES
        context["here"] = reverse("news_comments_queue")
        return context


@require_POST
def decision(request: HttpRequest, public_id: str) -> HttpResponse:
    """One deed on one comment, then back to the pile it lay on."""
    if not voices.may_moderate(request.user):
        raise PermissionDenied
    comment = Comment.objects.reachable().select_related("user").filter(public_id=public_id).first()
    deed, words = DECISIONS.get(request.POST.get("decision", ""), (None, ""))
    if comment is None or deed is None:
        raise Http404
    reason = request.POST.get("reason", "").strip()[:500]
    if deed(comment, by=request.user, reason=reason):  # type: ignore[arg-type]
        messages.success(request, str(words))
    else:
        messages.warning(request, _("Somebody has decided about this comment in the meantime."))
    back = request.POST.get("pile", "")
    return redirect(f"{reverse('news_comments_queue')}?pile={back if back in Pile.values else Pile.WAITING}")
