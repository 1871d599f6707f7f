"""People and the one sign-in door: accounts, second factors, sessions, limits."""

from config.settings.ground import BASE_URL, SITE_NAME, env

AUTH_USER_MODEL = "profiles.User"
AUTHENTICATION_BACKENDS = ["profiles.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "profiles.entrance.passwords.LengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "profiles.entrance.passwords.NotCommonValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "display_name"]},
    },
    {"NAME": "profiles.entrance.passwords.OwnWordsValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "communities:feed"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "profiles.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "profiles.entrance.forms.SignupForm",
    "change_password": "profiles.entrance.forms.ChangePasswordForm",
    "set_password": "profiles.entrance.forms.SetPasswordForm",
    "reset_password_from_key": "profiles.entrance.forms.ResetPasswordKeyForm",
}
# "approval": anybody may ask, staff decide. "invitation": only by a link that staff sent.
SIGN_UP = env("SIGN_UP", default="approval")
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_DEFAULT_HTTP_PROTOCOL = BASE_URL.partition(":")[0]
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A code by mail instead of a password. Mail is slow where lines are poor.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
MFA_ADAPTER = "profiles.entrance.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "activate_totp": "profiles.entrance.factor_forms.ActivateAppForm",
    "authenticate": "profiles.entrance.factor_forms.CodeForm",
    "reauthenticate": "profiles.entrance.factor_forms.CodeAgainForm",
    "login_webauthn": "profiles.entrance.factor_forms.PasskeyLoginForm",
    "authenticate_webauthn": "profiles.entrance.factor_forms.PasskeyForm",
    "reauthenticate_webauthn": "profiles.entrance.factor_forms.PasskeyAgainForm",
    "add_webauthn": "profiles.entrance.factor_forms.NewPasskeyForm",
}
MFA_TOTP_ISSUER = SITE_NAME
# Who must have a second factor: any of staff, editors, translators, moderators, facilitators.
SECOND_FACTOR_FOR: list[str] = env.list("SECOND_FACTOR_FOR", default=[])
USERSESSIONS_TRACK_ACTIVITY = False

# Sessions: seconds without a request, seconds altogether. The second pair where "a shared phone" was ticked.
SESSION_LIMITS = (14 * 86400, 60 * 86400)
SHARED_PHONE_LIMITS = (20 * 60, 4 * 3600)
SESSION_COOKIE_AGE = SESSION_LIMITS[1]
DEVICE_COOKIE_NAME = "device"
# Where "Quick exit" leads: a site that anybody may have open.
QUICK_EXIT_URL = env("QUICK_EXIT_URL", default="https://www.wikipedia.org/")
# Tries per seconds, a day at most: of one network, on one address, of one account, and for a device that has
# signed in to this account before ("own"), which nobody else's tries can lock out. Where `failures_only` says so
# (profiles/sessions/limits.py), whoever gets it right gives the try back.
LIMITS: dict[str, dict[str, str]] = {
    "sign_in": {"network": "60/900", "address": "10/900", "own": "10/900"},
    "sign_up": {"network": "20/3600", "address": "3/3600"},
    "reset": {"network": "30/3600", "address": "5/3600", "own": "5/3600"},
    "link": {"network": "60/3600"},
    "code": {"network": "30/3600", "address": "5/3600", "own": "5/3600"},
    "address": {"network": "30/3600", "address": "3/3600", "account": "10/3600", "own": "5/3600"},
    "proof": {"network": "60/900", "account": "10/900", "own": "10/900"},
    "second_factor": {"network": "60/900", "account": "10/900", "own": "10/900"},
    "passkey": {"network": "60/900"},
    "kept": {"network": "60/3600"},
}
# allauth's count in the cache, which may be away.
ACCOUNT_RATE_LIMITS = False
# Seconds before which no form at the door is answered, so that the time says nothing of an address.
ANSWER_FLOOR = env.float("ANSWER_FLOOR", default=0)

# Accounts at demo.example share a password that the README prints: refused wherever DEBUG is off.
DEMO_ACCOUNTS = False

# guardian: grants on spaces, through communities/grants.py alone.
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
# Guardian answers no has_perm(): communities/permissions.py does, and reads the rows it keeps.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

# What one person may do in the forums in a minute (forum/talking/pace.py). Reading is not counted.
FORUM_MOST_A_MINUTE = {"post": 10, "report": 10, "react": 40, "people": 120}
