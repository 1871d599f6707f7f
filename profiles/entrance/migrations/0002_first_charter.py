"""The first charter, so that nobody signs up to nothing. Staff publish the next ones at their desk."""

from django.db import migrations

TEXTS = {
    "en": """\
This network connects people who defend human rights. Some of them, and many of the people they speak of, are in \
danger. So everybody here keeps to this:

- **What is read in a space stays in it.** Do not copy, forward or quote it elsewhere unless whoever wrote it \
agrees. This holds for who is in a space, too.
- **No recording.** No screenshots, no sound or video of a talk, unless everybody there has said yes.
- **Leave out what could harm.** Names, places and pictures of victims, witnesses or colleagues appear only if they \
agree and if it helps them.
- **Respect.** We differ over questions, never over a person's dignity. No insults, no discrimination, no \
harassment, no advertising.
- **Pseudonyms are welcome.** Nobody has to say who they are, and nobody tries to find out.
- **Your account is yours alone.** If your phone is lost, or if somebody makes you open it, tell us as soon as you \
safely can.

## When something goes wrong

Report it where you see it, speak to the facilitators of the space, or write to the team through the contact page. \
People read every report and keep it in confidence; nobody is blamed for one made in good faith. Whoever breaks the \
charter is asked to put it right, or loses access, for a time or for good.

## Who the team is

The team of the network runs the platform and approves accounts. It does not read what is written in spaces that it \
does not belong to. When this charter changes, you are asked again.
""",
    "fr": """\
Ce réseau relie des personnes qui défendent les droits humains. Certaines d’entre elles, et beaucoup de celles dont \
elles parlent, sont en danger. Chacun et chacune s’engage donc à ceci :

- **Ce qui se lit dans un espace y reste.** On ne le copie pas, on ne le transmet pas et on ne le cite pas ailleurs \
sans l’accord de son auteur ou autrice. Cela vaut aussi pour la composition d’un espace.
- **Pas d’enregistrement.** Ni capture d’écran, ni son, ni vidéo d’une rencontre, sauf si toutes les personnes \
présentes ont dit oui.
- **Taire ce qui pourrait nuire.** Noms, lieux et images de victimes, de témoins ou de collègues n’apparaissent que \
si ces personnes sont d’accord et si cela les aide.
- **Le respect.** Nous pouvons diverger sur des questions, jamais sur la dignité d’une personne. Ni insultes, ni \
discrimination, ni harcèlement, ni publicité.
- **Les pseudonymes sont bienvenus.** Personne n’est tenu de dire qui il est, et personne ne cherche à le savoir.
- **Votre compte n’est qu’à vous.** Si votre téléphone est perdu, ou si quelqu’un vous oblige à l’ouvrir, \
dites-le-nous dès que vous le pouvez sans danger.

## Si quelque chose se passe mal

Signalez-le à l’endroit où vous le voyez, parlez-en aux personnes qui animent l’espace ou écrivez à l’équipe par la \
page de contact. Des personnes lisent chaque signalement et en gardent la confidentialité ; personne n’est blâmé pour \
un signalement de bonne foi. Qui enfreint la charte est prié d’y remédier ou perd l’accès, pour un temps ou pour de bon.

## Qui est l’équipe

L’équipe du réseau fait fonctionner la plateforme et approuve les comptes. Elle ne lit pas ce qui s’écrit dans les \
espaces dont elle n’est pas membre. Quand cette charte change, on vous la soumet de nouveau.
""",
    "ar": """\
تجمع هذه الشبكة أشخاصًا يدافعون عن حقوق الإنسان. بعضهم في خطر، وكذلك كثير ممن يتحدثون عنهم. لذلك يلتزم كل من هنا \
بما يلي:

- **ما يُقرأ في فضاء يبقى فيه.** لا يُنسخ ولا يُعاد إرساله ولا يُقتبس في مكان آخر إلا بموافقة من كتبه. وينطبق ذلك \
أيضًا على معرفة من يشارك في الفضاء.
- **لا تسجيل.** لا لقطات شاشة ولا تسجيل صوت أو صورة لأي لقاء، إلا إذا وافق جميع الحاضرين.
- **نترك ما قد يؤذي.** لا تُذكر أسماء الضحايا أو الشهود أو الزملاء ولا أماكنهم ولا صورهم إلا بموافقتهم وإذا كان في \
ذلك نفع لهم.
- **الاحترام.** قد نختلف في المسائل، لكننا لا نختلف على كرامة أي إنسان. لا إهانة ولا تمييز ولا تحرش ولا إعلانات.
- **الأسماء المستعارة مرحَّب بها.** لا أحد ملزَم بالكشف عن هويته، ولا أحد يحاول كشف هوية غيره.
- **حسابك لك وحدك.** إذا ضاع هاتفك أو أجبرك أحد على فتحه فأخبرنا حالما يمكنك ذلك بأمان.

## إذا حدث أمر سيئ

بلّغ عنه حيث تراه، أو تحدث إلى فريق التيسير في الفضاء، أو اكتب إلى الفريق من صفحة الاتصال. يقرأ أشخاصٌ كل بلاغ ويحفظون \
سريته، ولا يُلام أحد على بلاغ قدّمه بحسن نية. ومن يخالف الميثاق يُطلب منه إصلاح ما فعل، أو يُمنع من الدخول مؤقتًا أو \
نهائيًا.

## من هو الفريق

يدير فريق الشبكة المنصة ويوافق على الحسابات، ولا يقرأ ما يُكتب في الفضاءات التي لا ينتمي إليها. وعندما يتغير هذا \
الميثاق يُعرض عليك من جديد.
""",
    "nl": """\
Dit netwerk verbindt mensen die opkomen voor mensenrechten. Sommigen van hen, en veel van de mensen over wie zij \
spreken, lopen gevaar. Daarom houdt iedereen hier zich aan het volgende:

- **Wat je in een ruimte leest, blijft daar.** Kopieer het niet, stuur het niet door en citeer het niet ergens anders \
als wie het schreef dat niet goedvindt. Dat geldt ook voor wie er in een ruimte zit.
- **Geen opnames.** Geen schermafdrukken, geen geluid of video van een gesprek, tenzij iedereen die erbij is ja heeft \
gezegd.
- **Laat weg wat kan schaden.** Namen, plaatsen en foto’s van slachtoffers, getuigen of collega’s komen er alleen in \
als zij het goedvinden en het hen helpt.
- **Respect.** We verschillen van mening over kwesties, nooit over iemands waardigheid. Geen beledigingen, geen \
discriminatie, geen intimidatie, geen reclame.
- **Een schuilnaam is welkom.** Niemand hoeft te zeggen wie hij of zij is, en niemand probeert daarachter te komen.
- **Je account is van jou alleen.** Is je telefoon kwijt, of dwingt iemand je om hem te openen, laat het ons weten \
zodra dat veilig kan.

## Als er iets misgaat

Meld het op de plek waar je het ziet, praat met de begeleiders van de ruimte of schrijf het team via de \
contactpagina. Mensen lezen elke melding en houden die vertrouwelijk; niemand krijgt een verwijt voor een melding te \
goeder trouw. Wie zich niet aan het charter houdt, wordt gevraagd dat te herstellen of verliest de toegang, tijdelijk \
of voorgoed.

## Wie het team is

Het team van het netwerk beheert het platform en keurt accounts goed. Het leest niet wat er geschreven wordt in \
ruimtes waar het niet bij hoort. Als dit charter verandert, vragen we het je opnieuw.
""",
}


def write(apps, schema_editor):
    charter = apps.get_model("entrance", "Charter").objects.create(number=1)
    texts = apps.get_model("entrance", "CharterText")
    texts.objects.bulk_create(
        texts(charter=charter, language=language, text=text) for language, text in TEXTS.items()
    )


def take_back(apps, schema_editor):
    apps.get_model("entrance", "Charter").objects.filter(number=1).delete()


class Migration(migrations.Migration):
    dependencies = [("entrance", "0001_initial")]

    operations = [migrations.RunPython(write, take_back)]
