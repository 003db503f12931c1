"""Which files of the npm packages are served: the stylesheets and the fonts, not what is meant for building with them."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class ServedFiles(StaticFilesConfig):
    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "*.cjs",
        "*.d.ts",
        "*.scss",
        "*.json",
        "*.md",
        "*.woff",
        "source-sans-3-cyrillic*",
        "source-sans-3-greek*",
        "source-sans-3-vietnamese*",
    ]
