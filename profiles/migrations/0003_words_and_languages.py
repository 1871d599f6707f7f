"""What people said of themselves becomes rows per language; it stays with the audience it was written for."""

from django.db import migrations

from search.analyser import title_words

NETWORK = 3


def carry_over(apps, schema_editor):
    Profile = apps.get_model("profiles", "Profile")
    ProfileText = apps.get_model("profiles", "ProfileText")
    SpokenLanguage = apps.get_model("profiles", "SpokenLanguage")
    for profile in Profile.objects.select_related("user").iterator(chunk_size=500):
        name = profile.user.display_name
        profile.name_folded = title_words(name)[:240] if isinstance(name, str) else ""
        if profile.about:
            profile.about_for = NETWORK
        profile.save(update_fields=["name_folded", "about_for"])
        if profile.headline or profile.about:
            ProfileText.objects.create(
                profile=profile,
                language=profile.user.language,
                headline=profile.headline,
                about=profile.about,
            )
        SpokenLanguage.objects.bulk_create(
            SpokenLanguage(profile=profile, code=code) for code in dict.fromkeys(profile.languages)
        )


class Migration(migrations.Migration):
    dependencies = [("profiles", "0002_profiles_in_full")]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
