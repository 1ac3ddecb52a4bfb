"""Black or white: which of them can be read on a colour (WCAG's relative luminance)."""

WHITE, INK = "#ffffff", "#14110f"


def readable(ground: str) -> str:
    light = luminance(ground)
    return INK if (light + 0.05) / (luminance(INK) + 0.05) >= (1.05) / (light + 0.05) else WHITE


def luminance(colour: str) -> float:
    red, green, blue = (linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
