from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0010_submissions")]

    operations = [
        migrations.AddField(
            model_name="space",
            name="approves_first",
            field=models.BooleanField(default=False, verbose_name="first posts wait for approval"),
        ),
        migrations.AddField(
            model_name="space",
            name="closes_after",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "No"), (30, "30 days"), (90, "90 days"), (180, "180 days")],
                default=0,
                verbose_name="topics close by themselves when nobody writes for",
            ),
        ),
        migrations.AddField(
            model_name="space",
            name="slow_minutes",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "No"), (5, "5 minutes"), (15, "15 minutes"), (60, "1 hour")],
                default=0,
                verbose_name="slow mode: one post per person in",
            ),
        ),
    ]
