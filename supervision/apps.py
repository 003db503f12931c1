import sqlite3
from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class SupervisionConfig(AppConfig):
    name = "supervision"
    verbose_name = "Toezicht"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        connection_created.connect(insert_in_one_go)


def insert_in_one_go(connection: Any, **kwargs: Any) -> None:
    """SQLite takes as many parameters as it was built for: a delivery of any size is one INSERT.

    Django counts on 999, the least that a build of long ago allowed.
    """
    if connection.vendor == "sqlite":
        limit = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        connection.features.max_query_params = limit
