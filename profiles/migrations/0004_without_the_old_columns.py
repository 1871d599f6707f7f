from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("profiles", "0003_words_and_languages")]
    operations = [
        migrations.RemoveField(model_name="profile", name="about"),
        migrations.RemoveField(model_name="profile", name="headline"),
        migrations.RemoveField(model_name="profile", name="languages"),
    ]
