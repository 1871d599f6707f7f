"""Local work: SQLite, files on disk, tasks at once, mails on the console and in var/mail/. Nothing to set."""

from config.settings.base import *  # noqa: F403
from config.settings.base import INSTALLED_APPS, VAR, env

DEBUG = env.bool("DEBUG", default=True)
DEMO_ACCOUNTS = DEBUG
# Passkeys work at http://localhost, which browsers trust without a certificate.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
SECRET_KEY = env("SECRET_KEY", default="only-for-a-machine-nobody-else-reaches")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
INSTALLED_APPS += ["demo"]
if "EMAIL_URL" not in env.ENVIRON:
    EMAIL_BACKEND = "demo.mail.ConsoleAndFileBackend"
EMAIL_FILE_PATH = env("MAIL_ROOT", default=str(VAR / "mail"))
# Nothing is collected here; whitenoise would warn of the missing folder at every start.
(VAR / "static").mkdir(parents=True, exist_ok=True)
