"""Throw-away databases: a SQLite file, or one on the PostgreSQL server in TEST_DATABASE_URL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psycopg
from psycopg import sql


@contextmanager
def throw_away(name: str) -> Iterator[str]:
    """The address of an empty database, that is gone afterwards."""
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server:
        with TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / name}.sqlite3"
        return
    database = sql.Identifier(f"trede_bench_{name}_{os.getpid()}")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(database))
        try:
            yield urlsplit(server)._replace(path=f"/trede_bench_{name}_{os.getpid()}").geturl()
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(database))
