import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("communities", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            # In this order: see the model.
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.BigIntegerField()),
                (
                    "space",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entries",
                        to="communities.space",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("everyone", "Everyone"), ("network", "Network")],
                        default="network",
                        max_length=10,
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("date", models.DateField(null=True)),
                ("author", models.BigIntegerField(null=True)),
                ("analyser", models.PositiveSmallIntegerField()),
                ("url", models.CharField(max_length=500)),
                ("title", models.TextField()),
                ("title_terms", models.TextField()),
                ("title_words", models.TextField()),
                ("body", models.TextField()),
                ("body_terms", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["space", "audience"], name="search_entry_readers")],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id"), name="one_search_entry_per_object"),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["everyone", "network"])),
                        name="search_audience_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchIndex",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_column="rowid",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="index",
                        serialize=False,
                        to="search.searchentry",
                    ),
                ),
            ],
            options={"db_table": "search_index", "managed": False},
        ),
    ]
