"""Forty sentences of each language, as people write in a forum: short, plain, with names and figures in them."""

import time

import pytest

from forum.forum_conversation.models import Topic
from forum.guessing import language_of
from tests.forum.test_views import address, words

SENTENCES = {
    "en": """Does anyone know a lawyer in Goma?
The hearing was postponed to 12 March.
We need three more volunteers for Saturday.
I would not publish the names yet.
Where can I find the form for visits?
Thank you all, this helped a lot.
Prison visits are forbidden since Monday.
Please send me the minutes of the meeting.
She has been held for 40 days without charge.
Our office moves to Tunis next month.
What should we do when the judge does not answer?
It worked for us in Benin.
Can you share the template?
Here is what the law says about minors.
He was released on bail yesterday.
They keep asking for money.
My phone was taken at the border.
Which article covers this?
I agree with Amina.
No, the deadline is over.
How long does a habeas corpus take?
This is only a draft, please comment.
The guards let us in after two hours.
There were forty people in one cell.
You may quote me without my name.
Let us meet online at 10.
Is there a translation into Arabic?
The doctor wrote a second report.
We lost the case but we will appeal.
Good news from Bukavu!
Who wants to write the letter?
I have attached the decision.
Families wait outside from five in the morning.
The number of detainees has doubled.
Has anybody tried to call the ministry?
Never sign anything without reading it.
Some of them are under sixteen.
Training starts on Tuesday.
Could someone check my figures?
That is not what the circular says.""",
    "fr": """Quelqu'un connaît un avocat à Goma ?
L'audience est reportée au 12 mars.
Il nous faut trois bénévoles de plus samedi.
Je ne publierais pas encore les noms.
Où trouver le formulaire de visite ?
Merci à toutes et à tous, cela m'a beaucoup aidée.
Les visites sont interdites depuis lundi.
Envoyez-moi le compte rendu, s'il vous plaît.
Elle est détenue depuis 40 jours sans inculpation.
Notre bureau déménage à Tunis le mois prochain.
Que faire quand le juge ne répond pas ?
Cela a marché chez nous au Bénin.
Pouvez-vous partager le modèle ?
Voici ce que dit la loi sur les mineurs.
Il a été libéré sous caution hier.
Ils demandent toujours de l'argent.
On m'a pris mon téléphone à la frontière.
Quel article s'applique ?
Je suis d'accord avec Amina.
Non, le délai est dépassé.
Combien de temps dure une requête ?
Ce n'est qu'un brouillon, dites ce que vous en pensez.
Les gardiens nous ont laissés entrer après deux heures.
Quarante personnes dans une cellule.
Vous pouvez me citer sans mon nom.
Retrouvons-nous en ligne à 10 heures.
Existe-t-il une traduction en arabe ?
Le médecin a écrit un second rapport.
Nous avons perdu, mais nous ferons appel.
Bonnes nouvelles de Bukavu !
Qui veut écrire la lettre ?
J'ai joint la décision.
Les familles attendent dehors dès cinq heures du matin.
Le nombre de détenus a doublé.
Avez-vous essayé d'appeler le ministère ?
Ne signez rien sans l'avoir lu.
Certains ont moins de seize ans.
La formation commence mardi.
Quelqu'un peut vérifier mes chiffres ?
Ce n'est pas ce que dit la circulaire.""",
    "nl": """Kent iemand een advocaat in Goma?
De zitting is uitgesteld tot 12 maart.
We hebben zaterdag drie vrijwilligers extra nodig.
Ik zou de namen nog niet publiceren.
Waar vind ik het formulier voor bezoek?
Dank jullie allemaal, dit heeft me erg geholpen.
Bezoek is sinds maandag verboden.
Stuur me alsjeblieft het verslag van de vergadering.
Ze zit al 40 dagen vast zonder aanklacht.
Ons kantoor verhuist volgende maand naar Tunis.
Wat doen we als de rechter niet antwoordt?
Bij ons in Benin werkte het.
Kun je het model delen?
Dit zegt de wet over minderjarigen.
Hij is gisteren op borgtocht vrijgelaten.
Ze blijven om geld vragen.
Mijn telefoon werd aan de grens afgenomen.
Welk artikel gaat hierover?
Ik ben het eens met Amina.
Nee, de termijn is voorbij.
Hoe lang duurt zo'n verzoek?
Dit is een eerste versie, zeg wat je ervan vindt.
De bewakers lieten ons na twee uur binnen.
Er zaten veertig mensen in één cel.
Je mag me citeren zonder mijn naam.
Laten we om 10 uur online afspreken.
Is er een vertaling in het Arabisch?
De arts schreef een tweede rapport.
We hebben verloren, maar we gaan in beroep.
Goed nieuws uit Bukavu!
Wie wil de brief schrijven?
Ik heb de beslissing bijgevoegd.
Families wachten buiten vanaf vijf uur 's ochtends.
Het aantal gedetineerden is verdubbeld.
Heeft iemand het ministerie gebeld?
Teken nooit iets zonder het te lezen.
Sommigen zijn jonger dan zestien.
De training begint op dinsdag.
Kan iemand mijn cijfers nakijken?
Dat staat niet in de omzendbrief.""",
    "ar": """هل يعرف أحد محاميًا في غوما؟
تأجلت الجلسة إلى 12 مارس.
نحتاج إلى ثلاثة متطوعين يوم السبت.
لا أنشر الأسماء الآن.
أين أجد استمارة الزيارة؟
شكرًا لكم جميعًا، ساعدني هذا كثيرًا.
الزيارات ممنوعة منذ يوم الاثنين.
أرسلوا إليّ محضر الاجتماع من فضلكم.
هي محتجزة منذ 40 يومًا دون تهمة.
ينتقل مكتبنا إلى تونس الشهر القادم.
ماذا نفعل حين لا يجيب القاضي؟
نجح ذلك عندنا في بنين.
هل يمكنكم مشاركة النموذج؟
هذا ما يقوله القانون عن القاصرين.
أُفرج عنه بكفالة أمس.
ما زالوا يطلبون المال.
أخذوا هاتفي عند الحدود.
أي مادة تنطبق هنا؟
أوافق Amina.
لا، انتهت المهلة.
كم يستغرق الطلب؟
هذه مسودة فقط، علّقوا عليها.
أدخلنا الحراس بعد ساعتين.
أربعون شخصًا في زنزانة واحدة.
يمكنكم الاقتباس مني دون اسمي.
لنلتقِ عبر Zoom في العاشرة.
هل توجد ترجمة فرنسية؟
كتب الطبيب تقريرًا ثانيًا.
خسرنا القضية وسنستأنف.
أخبار جيدة من بوكافو!
من يريد كتابة الرسالة؟
أرفقت القرار.
تنتظر العائلات في الخارج منذ الخامسة صباحًا.
تضاعف عدد المحتجزين.
هل جرّب أحد الاتصال بالوزارة؟
لا توقّعوا شيئًا دون قراءته.
بعضهم دون السادسة عشرة.
يبدأ التدريب يوم الثلاثاء.
هل يراجع أحد أرقامي؟
ليس هذا ما يقوله المنشور.""",
}
# Two of forty at most: a wrong guess costs one choice, a clever guesser costs a library.
LEAST = 38


@pytest.mark.parametrize("language", SENTENCES)
def test_forty_sentences_are_told_apart(language):
    lines = SENTENCES[language].splitlines()
    wrong = [(line, language_of(line)) for line in lines if language_of(line) != language]
    assert len(lines) == 40
    # What does not tell is left to the language of the author's account; nothing is taken for another language.
    assert {guess for _line, guess in wrong} <= {""}
    assert len(wrong) <= 40 - LEAST, wrong
    assert language_of(" ".join(lines[:3])) == language


@pytest.mark.parametrize("text", ["", "   ", "42", "OK", "Bukavu", "https://example.org/the/of/and", "🙂"])
def test_what_does_not_tell_is_not_guessed(text):
    assert language_of(text) == ""


@pytest.mark.parametrize("flood", ["\n", "👩‍👩‍👧", "a\u0301", "~", "`", "> ", "@", "a@"])
def test_flood_is_read_once(flood):
    """Read anew from each character, sixty thousand of them took five seconds and more."""
    started = time.process_time()
    language_of(flood * (60_000 // len(flood)))
    assert time.process_time() - started < 1


def test_words_of_others_do_not_count():
    quoted = "> Does anyone know what the law says about this?\n> It is not in the book.\n\nMerci pour la question."
    assert language_of(quoted) == "fr"
    assert language_of("Voir https://example.org/the-law-of-the-land and `if not this` dans le texte") == "fr"
    assert language_of("Écrire à the-of-and@to.in is-are-was@the.of, merci pour tout") == "fr"


@pytest.mark.parametrize(
    ("given", "text", "language"),
    [("", SENTENCES["ar"], "ar"), ("", "Bukavu", "fr"), ("nl", SENTENCES["ar"], "nl")],
)
def test_message_gets_its_language_without_a_choice(client_of, member, closed_space, given, text, language):
    url = address(closed_space, name="forum:topic_new")
    assert '<option value="" selected>' in client_of(member).get(url).text
    client_of(member).post(url, words(member, "topic", subject="Zq", content=text, language=given))
    topic = Topic.objects.get()
    assert (topic.language, topic.first_post.language) == (language, language)
