"""Pictures of nobody: a made-up logo as svg and as png, and a made-up signature."""

import io

from PIL import Image, ImageDraw

SVG = b"""<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 90" width="200px" height="90px">
  <title>Een verzonnen logo</title>
  <defs><style type="text/css">.blad { fill: #1a4f7a; stroke: none } .lijn{fill:none;stroke:#1a4f7a;stroke-width:6px}</style></defs>
  <g transform="translate(5 5)">
    <path class="blad" d="M0,40 C10,5 40,-5 70,10 C60,45 35,60 0,40 Z"/>
    <circle cx="115" cy="30" r="22" fill="#e0a000"/>
    <polyline class="lijn" points="0,70 60,62 120,74 185,64"/>
    <rect x="150" y="10" width="30" height="40" rx="3" style="fill: #1a4f7a; fill-opacity: 1"/>
  </g>
</svg>"""


def png(width: int = 400, height: int = 160, *, mode: str = "RGBA") -> bytes:
    """A stroke with the pen on nothing."""
    picture = Image.new(mode, (width, height))
    draw = ImageDraw.Draw(picture)
    points = [(width * step / 20, height / 2 + (height / 3) * ((-1) ** step) * step / 20) for step in range(21)]
    draw.line(points, fill=(20, 30, 90, 255) if mode == "RGBA" else 0, width=max(1, height // 40))
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()
