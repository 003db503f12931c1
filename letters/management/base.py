"""What the commands share that make documents: where they come, whole or not at all."""

import os
from pathlib import Path

from supervision.management.base import TredeCommand


class DocumentCommand(TredeCommand):
    def directory(self, written: str) -> Path:
        """The directory, made if only its last part is not there yet."""
        directory = Path(written)
        try:
            directory.mkdir(exist_ok=True)
        except FileExistsError:
            self.refuse(f"‘{written}’ is geen map.")
        except OSError as error:
            self.refuse(f"De map ‘{written}’ kan niet worden gemaakt ({error.strerror}).")
        if not os.access(directory, os.W_OK | os.X_OK):
            self.refuse(f"In de map ‘{written}’ kan niet worden geschreven.")
        return directory

    def write(self, path: Path, document: bytes) -> None:
        """Whole or not at all: under another name first."""
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            unfinished.write_bytes(document)
            unfinished.replace(path)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            self.refuse(f"‘{path}’ kan niet worden geschreven ({error.strerror}).")
        self.stdout.write(str(path))
