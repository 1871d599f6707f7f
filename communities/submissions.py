"""The same form sent twice makes one thing: with a tap too many, after a lost answer, without JavaScript.

Every form that creates something carries a key that the server made for that person and purpose:

    class TopicForm(submissions.KeyedForm):
        makes = "topic"

and the verb behind it asks, as the first thing in its transaction:

    first = submissions.claim(key, by=user, answer=topic.public_id)
    if first != topic.public_id:
        ...  # it was sent before: lead to what came of it

The same key with other words (sent, no answer, corrected, sent again) makes `claim` raise SentBefore. A room that
can show both texts catches it; for all others a page says so and keeps what was typed (config/twice.py).
"""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import connection, models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from communities.permissions import AnyUser

# A reply begun on Monday and sent after a week without a line is still one reply. A used key is kept as long as a
# form may carry it, counted from its use: no form outlives the memory of its key.
LIFE: Final = timedelta(days=14)
FIELD: Final = "key"


class Submission(models.Model):
    """A key that was used, and what came of it."""

    key = models.CharField(max_length=40, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=200)
    # Of what was sent with it, never the words themselves (`KeyedForm.digest`).
    digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        app_label = "communities"

    def __str__(self) -> str:
        return f"submission {self.pk}"


# Both databases: SQLite from 3.24 on.
_CLAIM: Final = (
    f"INSERT INTO {Submission._meta.db_table} (key, user_id, answer, digest, created_at) "  # noqa: S608 -- no value
    "VALUES (%s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING"
)


class Key(str):
    """The key of a form that was read, with what else was in that form. A plain string compares nothing."""

    purpose = ""
    digest = ""


class SentBefore(Exception):
    """The key was used for other words. `answer`: what came of them; `fresh`: a key to send these anew with."""

    def __init__(self, answer: str, fresh: str) -> None:
        super().__init__()
        self.answer, self.fresh = answer, fresh


def new_key(user: AnyUser, purpose: str) -> str:
    """For a hidden field. Signed for this person and purpose: nobody sends somebody else's."""
    return _signer(user, purpose).sign(secrets.token_urlsafe(16))


def read_key(given: str, user: AnyUser, purpose: str) -> str | None:
    """The key inside, or None: forged, someone else's, for another form, older than LIFE."""
    try:
        return _signer(user, purpose).unsign(given, max_age=LIFE)
    except BadSignature:
        return None


def is_held(given: str, user: AnyUser) -> bool:
    """Whether it is a key of this person's that some form of the site would take now."""
    return any(read_key(given, user, purpose) for purpose in KeyedForm.purposes)


def claim(key: str, *, by: AnyUser, answer: str) -> str:
    """What the first sending of `key` answered: `answer` itself when this is the first.

    Call it inside the transaction of the deed, with an `answer` that no other sending would give (a fresh
    public id). The unique key makes a second sending wait for the first, on both databases; when the first
    fails, the second is the first. It waits as long as the database lets it (settings/data.py), then raises
    OperationalError. One statement, and a second when it was sent before. Raises SentBefore.
    """
    digest = getattr(key, "digest", "")
    with connection.cursor() as cursor:
        at = connection.ops.adapt_datetimefield_value(timezone.now())
        cursor.execute(_CLAIM, [str(key), by.pk, answer, digest, at])
        if cursor.rowcount == 1:
            return answer
    first, its_digest = Submission.objects.values_list("answer", "digest").get(key=key)
    if first != answer and digest and its_digest and digest != its_digest:
        raise SentBefore(first, new_key(by, getattr(key, "purpose", "")))
    return first


def forget_old(now: datetime | None = None) -> int:
    """Keys that no form can carry any more. Returns how many went."""
    return Submission.objects.filter(created_at__lt=(now or timezone.now()) - LIFE).delete()[0]


def _signer(user: AnyUser, purpose: str) -> TimestampSigner:
    return TimestampSigner(salt=f"submission:{purpose}:{user.pk or ''}")


def _lists(data: Any) -> dict[str, list[Any]]:
    """What was sent, as a MultiValueDict takes it; tests and commands hand in plain dicts."""
    return dict(data.lists()) if isinstance(data, MultiValueDict) else {name: [data[name]] for name in data}


def put_in(form: forms.BaseForm, name: str, value: str) -> None:
    """Another value in a hidden field of a form that is shown again; all else stays as it was typed."""
    form.data = MultiValueDict({**_lists(form.data), form.add_prefix(name): [value]})


class KeyedForm(forms.Form):
    """A form that carries a key; `cleaned_data["key"]` is the one to claim."""

    makes = ""
    purposes: set[str] = set()
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        KeyedForm.purposes.add(cls.makes)

    def __init__(self, *args: Any, by: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.initial[FIELD] = new_key(by, self.makes)

    def clean_key(self) -> Key:
        """A key that does not hold costs one more tap, never what was typed: the form gets a fresh one."""
        read = read_key(self.cleaned_data[FIELD], self.by, self.makes)
        if read is None:
            put_in(self, FIELD, self.initial[FIELD])
            raise forms.ValidationError(
                _("This form was open for too long, or in another session. Please send it once more."),
                code="key",
            )
        key = Key(read)
        key.purpose, key.digest = self.makes, self.digest(read)
        return key

    def digest(self, key: str) -> str:
        """Of all that somebody filled in, as it was sent; of a file its name and size. What the page put into
        hidden fields is no words of theirs. Made with the site's secret: it tells nobody a short answer.
        """
        said = [(name, self._sent(name)) for name, field in self.fields.items() if not field.widget.is_hidden]
        return salted_hmac(f"submission:{key}", json.dumps(said), algorithm="sha256").hexdigest()

    def _sent(self, name: str) -> Any:
        prefixed, widget = self.add_prefix(name), self.fields[name].widget
        value = widget.value_from_datadict(self.data, self.files, prefixed)
        several = value if isinstance(value, list | tuple) else [value]
        return [[each.name, each.size] if hasattr(each, "size") else str(each) for each in several if each]
