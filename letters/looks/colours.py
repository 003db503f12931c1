"""Whether a colour can be read on white paper: the contrast ratio of WCAG 2."""

import re

LEAST_CONTRAST = 4.5
_HEX = re.compile(r"#[0-9a-f]{6}")


class ColourRefused(ValueError):
    """Its message is a Dutch sentence for the user."""


def check_colour(colour: str) -> None:
    """Raise ColourRefused for what is no "#rrggbb" or too light."""
    if not _HEX.fullmatch(colour):
        raise ColourRefused("Schrijf een kleur als #1a4f7a: een hekje en zes tekens, 0 tot en met 9 en a tot en met f.")
    contrast = contrast_with_white(colour)
    if contrast < LEAST_CONTRAST:
        # Cut off and not rounded: 4,49 is not 4,5.
        shown = f"{int(contrast * 100) / 100:.2f}".replace(".", ",")
        raise ColourRefused(
            f"Deze kleur is te licht om te lezen: het contrast met wit is {shown} en moet ten minste 4,5 zijn."
        )


def contrast_with_white(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
