"""Keeping others from the same work, for as long as it takes and without a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

from django.db import connection, models

BITS = 31


@contextmanager
def held(row: type[models.Model], pk: int) -> Iterator[bool]:
    """Whether nobody else holds that row; until the end of the block it is ours.

    PostgreSQL gives it free when the process is killed. On SQLite one writes at a time, and nothing is held.
    """
    if connection.vendor != "postgresql":
        yield True
        return
    key = [crc32(row._meta.label_lower.encode()) >> (32 - BITS), pk % 2**BITS]
    if not _asked("pg_try_advisory_lock", key):
        yield False
        return
    try:
        yield True
    finally:
        _asked("pg_advisory_unlock", key)


def _asked(function: str, key: list[int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", key)
        return bool(cursor.fetchone()[0])
