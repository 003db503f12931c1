from django.db import migrations


def move_to_rows(apps, schema_editor):
    """Who signed until now signs on, whatever the day of the letter."""
    signatories = apps.get_model("letters", "Signatory").objects
    for letterhead in apps.get_model("letters", "Letterhead").objects.exclude(signatory_name="", signatory_function=""):
        signatories.create(
            letterhead=letterhead, name=letterhead.signatory_name, function=letterhead.signatory_function
        )


def move_back(apps, schema_editor):
    for letterhead in apps.get_model("letters", "Letterhead").objects.all():
        first = letterhead.signatories.order_by("position", "pk").first()
        if first:
            letterhead.signatory_name, letterhead.signatory_function = first.name, first.function
            letterhead.save()


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0003_letterhead_looks_and_signatories"),
    ]

    operations = [
        migrations.RunPython(move_to_rows, move_back),
    ]
