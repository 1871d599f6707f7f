"""Both operations leave the table of entries in place on SQLite, and with it the triggers of 0002."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_full_text_index"), ("themes", "0001_initial")]
    operations = [
        migrations.AddField("searchentry", "work", models.UUIDField(null=True)),
        migrations.AddField(
            "searchentry", "themes", models.ManyToManyField(related_name="+", to="themes.theme")
        ),
        migrations.AddIndex(
            "searchentry",
            models.Index(
                condition=models.Q(("work__isnull", False)), fields=["work"], name="search_entry_translations"
            ),
        ),
    ]
