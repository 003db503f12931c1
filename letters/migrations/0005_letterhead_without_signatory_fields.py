from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0004_signatories_from_letterheads"),
    ]

    operations = [
        migrations.RemoveField(model_name="letterhead", name="signatory_name"),
        migrations.RemoveField(model_name="letterhead", name="signatory_function"),
    ]
