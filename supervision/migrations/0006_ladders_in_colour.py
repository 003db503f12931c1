"""The ladders that are there keep their look, and their measures get an addressee."""

from django.db import migrations

SCALE = ["white", "sand", "amber", "rust", "brick", "wine"]


def add_colours(apps, schema_editor):
    steps = apps.get_model("supervision", "LadderStep").objects.order_by("policy", "number")
    place = {}
    for step in steps:
        place[step.policy_id] = place.get(step.policy_id, -1) + 1
        step.colour = SCALE[min(place[step.policy_id], len(SCALE) - 1)]
        step.measures = [
            {"name": each, "addressee": "provincie"} if isinstance(each, str) else each for each in step.measures
        ]
        step.save(update_fields=["colour", "measures"])


def leave_names(apps, schema_editor):
    for step in apps.get_model("supervision", "LadderStep").objects.all():
        step.measures = [each["name"] for each in step.measures]
        step.save(update_fields=["measures"])


class Migration(migrations.Migration):
    dependencies = [("supervision", "0005_ladders_of_any_shape")]

    operations = [migrations.RunPython(add_colours, leave_names)]
