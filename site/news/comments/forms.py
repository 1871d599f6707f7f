"""Forms of comments. `words` is what a person writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from communities.forms import WordsField
from communities.submissions import KeyedForm
from news.comments.models import Report, Subscription
from news.comments.posting import LONGEST

if TYPE_CHECKING:
    from communities.permissions import AnyUser

# What turns a line around, or cannot be seen at all.
UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
ADDRESS: Final = re.compile(r"://|www\.|@")


def _words_field() -> WordsField:
    return WordsField(
        LONGEST,
        label=gettext_lazy("Comment"),
        widget=forms.Textarea(attrs={"data-markdown": "", "rows": 6}),
        error_messages={"required": gettext_lazy("Write a few words first.")},
    )


def _language_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=gettext_lazy("Language of the comment"), choices=settings.LANGUAGES)


class CommentForm(KeyedForm):
    makes = "comment"

    words = _words_field()
    language = _language_field()
    follow = forms.BooleanField(label=gettext_lazy("Write to me when somebody answers"), required=False)

    def __init__(self, *args: Any, by: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        own = getattr(by, "language", "") or get_language() or settings.LANGUAGE_CODE
        self.initial.setdefault("language", own)


class OfVisitor:
    """Beside the form its page has a field `website` for machines alone (news_comments/trap.html): no person meets
    it, by eye, ear or keyboard.
    """

    data: Any

    @property
    def is_from_machine(self) -> bool:
        return bool(self.data.get("website"))


def _email_field(help_text: Any) -> forms.EmailField:
    return forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        help_text=help_text,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )


class VisitorCommentForm(OfVisitor, CommentForm):
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=50,
        help_text=gettext_lazy("As everyone will see it. It need not be your real one."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    email = _email_field(
        gettext_lazy(
            "We write to it once so that you confirm, and once when your comment is published. "
            "It is shown to nobody and erased after 30 days at most."
        )
    )
    follow = forms.BooleanField(
        label=gettext_lazy("Write to me about all new comments here"),
        required=False,
        help_text=gettext_lazy(
            "Then we keep your address until you end it. Each mail has a link that does it."
        ),
    )
    field_order = ["words", "language", "name", "email", "follow"]

    def clean_name(self) -> str:
        name = " ".join(UNSEEN.sub("", self.cleaned_data["name"]).split())
        if not any(letter.isalnum() for letter in name):
            raise ValidationError(_("A name has at least one letter."))
        if ADDRESS.search(name):
            raise ValidationError(_("A name without an address, please."))
        return name


class EditForm(forms.Form):
    words = _words_field()
    language = _language_field()


class ReportForm(OfVisitor, forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"), choices=Report.Reason.choices, widget=forms.RadioSelect
    )
    words = WordsField(
        500,
        label=gettext_lazy("In your words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only the editors read this."),
    )


class AddressForm(OfVisitor, forms.Form):
    """Following without an account."""

    email = _email_field(
        gettext_lazy(
            "We write to it once so that you confirm. Then it gets a short mail about each new comment here, "
            "until you end it: each mail has a link that does it, and erases the address."
        )
    )


class SubscriptionForm(forms.Form):
    NONE: Final = "none"

    scope = forms.ChoiceField(
        label=gettext_lazy("Write to me about"),
        choices=[*Subscription.Scope.choices, (NONE, gettext_lazy("Nothing"))],
        widget=forms.RadioSelect,
    )
