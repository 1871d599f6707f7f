"""The message catalogues, locale/<language>/LC_MESSAGES/django.po: catalogues.py compile|messages|check

Compiling takes polib alone; collecting the messages of the code takes gettext's xgettext as well.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
# As Django's own sources have them. CLDR's third form of French is for round millions, which nothing here reaches.
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 && n%100<=99 ? 4 : 5;",
    "nl": "nplurals=2; plural=(n != 1);",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif](?!\w)|(?<!\{)\{\w*\}(?!\})|</?\w+")
UNWRAPPED = 1_000_000


def main() -> None:
    {"compile": compile_stale, "messages": collect, "check": check}[sys.argv[1]]()


def compile_stale() -> int:
    """Write each .mo that is absent or older than its .po; returns how many that were."""
    stale = [po for po in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")) if older(po.with_suffix(".mo"), po)]
    for po in stale:
        # Whole or not at all: somebody may be starting beside us.
        unfinished = po.with_suffix(f".{os.getpid()}.tmp")
        polib.pofile(str(po)).save_as_mofile(str(unfinished))
        unfinished.replace(po.with_suffix(".mo"))
    return len(stale)


def collect() -> None:
    """Bring all catalogues in step with the code: gone messages leave, new ones wait to be translated.

    Nothing is guessed (no fuzzy entries) and nothing that changes by itself is kept (line numbers, dates).
    """
    template = messages_of_the_code()
    for language in PLURALS:
        old = {key(entry): entry for entry in catalogue(language)}
        new = empty(language)
        for entry in template:
            new.append(translated(entry, old.get(key(entry)), language))
        po = path(language)
        po.parent.mkdir(parents=True, exist_ok=True)
        new.save(str(po), newline="\n")
        print(f"{language}: {len(new)} messages, {len(new.untranslated_entries())} to translate")


def check() -> None:
    problems = [problem for language in PLURALS for problem in problems_of(language)]
    if shutil.which("xgettext"):
        template = messages_of_the_code()
        problems += [problem for language in PLURALS for problem in out_of_step(language, template)]
    elif os.environ.get("CI"):
        problems.append("gettext is missing, so nobody knows whether all messages are here")
    else:
        print("Without gettext new messages go unnoticed. On Debian: sudo apt install gettext")
    if problems:
        sys.exit(
            "\n".join([*problems[:60], f"{len(problems)} problems in the catalogues (make messages helps)"])
        )
    print(f"{len(catalogue('en'))} messages, complete in {', '.join(PLURALS)}")


def problems_of(language: str) -> Iterator[str]:
    entries = catalogue(language)
    if entries.metadata.get("Plural-Forms") != PLURALS[language]:
        yield f"{language}: the header must say Plural-Forms: {PLURALS[language]}"
    for entry in entries:
        if "fuzzy" in entry.flags:
            yield f"{language}: fuzzy: {entry.msgid!r}"
        elif not entry.translated():
            yield f"{language}: not translated: {entry.msgid!r}"
        elif not faithful(entry, forms(language)):
            yield f"{language}: plural forms, placeholders or tags differ: {entry.msgid!r}"


def faithful(entry: polib.POEntry, plural_forms: int) -> bool:
    """The same placeholders and tags on both sides; a plural form may leave some out ("one reply")."""
    if not entry.msgid_plural:
        return placeholders(entry.msgstr) == placeholders(entry.msgid)
    allowed = set(placeholders(entry.msgid) + placeholders(entry.msgid_plural))
    texts = [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)]
    complete = placeholders(texts[-1]) == placeholders(entry.msgid_plural)
    return len(texts) == plural_forms and complete and all(set(placeholders(t)) <= allowed for t in texts)


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


def out_of_step(language: str, template: polib.POFile) -> Iterator[str]:
    known, used = ({key(entry) for entry in file} for file in (catalogue(language), template))
    yield from (f"{language}: not in the catalogue: {message!r}" for _, message, _ in sorted(used - known))
    yield from (f"{language}: no longer used: {message!r}" for _, message, _ in sorted(known - used))


def messages_of_the_code() -> polib.POFile:
    """Collected in a copy, so that looking changes nothing."""
    if not shutil.which("xgettext"):
        sys.exit("gettext is missing. On Debian: sudo apt install gettext")
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "code"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "var", "tests", "locale", "*.pyc"))
        (copy / "locale").mkdir()
        subprocess.run(
            [sys.executable, "manage.py", "makemessages", "--locale=en", "--add-location=file", "--no-wrap"],
            cwd=copy, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        return polib.pofile(str(copy / path("en").relative_to(ROOT)), wrapwidth=UNWRAPPED)


def translated(message: polib.POEntry, old: polib.POEntry | None, language: str) -> polib.POEntry:
    """What the code says of a message, with the translation it had; English is its own translation."""
    entry = polib.POEntry(
        msgctxt=message.msgctxt,
        msgid=message.msgid,
        msgid_plural=message.msgid_plural,
        comment=message.comment,
        occurrences=sorted(set(message.occurrences)),
        flags=[flag for flag in message.flags if flag != "fuzzy"],
        tcomment=old.tcomment if old else "",
    )
    if language == "en":
        entry.msgstr = "" if message.msgid_plural else message.msgid
        entry.msgstr_plural = {0: message.msgid, 1: message.msgid_plural} if message.msgid_plural else {}
    elif message.msgid_plural:
        entry.msgstr_plural = {
            n: (old.msgstr_plural.get(n, "") if old else "") for n in range(forms(language))
        }
    elif old:
        entry.msgstr = old.msgstr
    return entry


def catalogue(language: str) -> polib.POFile:
    file = path(language)
    return polib.pofile(str(file), wrapwidth=UNWRAPPED) if file.exists() else empty(language)


def empty(language: str) -> polib.POFile:
    file = polib.POFile(wrapwidth=UNWRAPPED)
    file.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    return file


def path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def forms(language: str) -> int:
    return int(PLURALS[language].split("=")[1].split(";")[0])


def key(entry: polib.POEntry) -> tuple[str, str, str]:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


if __name__ == "__main__":
    main()
