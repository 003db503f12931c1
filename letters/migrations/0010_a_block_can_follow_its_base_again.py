from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0009_kind_of_a_standard_text")]

    operations = [
        migrations.AddField(
            model_name="textblock",
            name="follows_base",
            field=models.BooleanField(default=False, verbose_name="volgt weer de basis"),
        ),
    ]
