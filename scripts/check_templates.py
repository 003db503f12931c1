"""Does every template of ours compile? Django itself finds out only when a page is asked for."""

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.template import TemplateSyntaxError, engines

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    engine = engines["django"].engine  # type: ignore[attr-defined]
    wrong = 0
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for file in sorted(Path(folder).rglob("*.*")):
            try:
                engine.get_template(str(file.relative_to(folder)))
            except TemplateSyntaxError as error:
                print(f"{file.relative_to(ROOT)}: {error}")
                wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ibt.settings")
    django.setup()
    sys.exit(main())
