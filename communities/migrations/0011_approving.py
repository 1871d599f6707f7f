from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0007_spaces")]

    operations = [
        migrations.AddField(
            model_name="space",
            name="approves_first",
            field=models.BooleanField(default=False, verbose_name="first posts wait for approval"),
        )
    ]
