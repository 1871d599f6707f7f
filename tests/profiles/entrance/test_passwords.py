import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from profiles.models import User

pytestmark = pytest.mark.django_db


def codes(password, **fields):
    user = User(**{"email": "noor.haddad@people.example", "display_name": "Zoé Benali", **fields})
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {each.code for each in error.error_list}
    return set()


@pytest.mark.parametrize(
    ("password", "refused"),
    [
        ("a lamp beside the river", set()),
        # No rule of composition: length is what counts.
        ("unelampeprèsdelarivière", set()),
        ("مصباح بجانب النهر", set()),
        ("short", {"password_too_short"}),
        ("qwertyuiop12", {"password_too_common"}),
        ("Sunshine-2024!", {"password_too_common"}),
        ("Mot-de-passe 1", {"password_too_common"}),
        ("كلمة المرور 123", {"password_too_common"}),
        ("121212121212", {"password_too_common"}),
        ("passwordpassword", {"password_too_common"}),
        ("Justice-ExPEERience-1", {"own_words"}),
        ("JUSTICEEXPEERIENCE99", {"own_words"}),
        ("zoebenali-2024", {"own_words"}),
        ("noorhaddad2024!", {"own_words", "password_too_similar"}),
        ("haddad rides a blue bicycle", set()),
    ],
)
def test_length_counts_and_words_of_ones_own_do_not(password, refused):
    assert codes(password) - {"password_too_similar"} == refused - {"password_too_similar"}


@pytest.mark.parametrize("language", ["fr", "ar", "nl"])
def test_every_message_is_in_the_readers_language(language):
    english, theirs = [], []
    for words, code in ((english, "en"), (theirs, language)):
        for password in ("short", "passwordpassword", "zoebenali-2024"):
            with override(code), pytest.raises(ValidationError) as caught:
                validate_password(password, User(email="z@people.example", display_name="Zoé Benali"))
            words += caught.value.messages
    assert len(english) == len(theirs)
    assert not set(english) & set(theirs)


def test_sign_up_looks_at_the_name_beside_the_password(client, db):
    data = {"display_name": "Zoé Benali", "email": "z@people.example", "charter": "1"}
    answer = client.post("/fr/account/signup/", data | {"password1": "Benali-1990!!"})
    assert list(answer.context["form"].errors) == ["password1"]
    assert not User.objects.filter(email="z@people.example").exists()
