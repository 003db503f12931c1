from django.apps import AppConfig


class MunicipalitiesConfig(AppConfig):
    name = "municipalities"
    verbose_name = "Provincies, gemeenten en medewerkers"
    default_auto_field = "django.db.models.BigAutoField"
