"""Design tokens: inks, one hue per leading measure, and colour arithmetic to check them."""

from __future__ import annotations

from typing import Final, TypeAlias

INK: Final = "#1B2733"
MUTED: Final = "#66727F"
LINE: Final = "#E3E8ED"
PANEL: Final = "#F5F7F9"
WHITE: Final = "#FFFFFF"
NO_DATA: Final = "#F1F2F4"
NO_DATA_LINE: Final = "#8D97A1"
# Debian's name of the same font. Chromium writes its digits into PDFs so that they can't be copied out again.
CJK_COLLECTION: Final = "'Noto Sans CJK SC', "
FONT: Final = f"AtlasSans, 'Noto Sans SC', {CJK_COLLECTION}'Source Han Sans SC', 'Microsoft YaHei', sans-serif"
FONT_SIZE: Final = 13

Ramp: TypeAlias = tuple[str, str, str, str, str]

RAMPS: Final[dict[str, Ramp]] = {
    "participation": ("#E8F0F8", "#BDD5EC", "#86B4DC", "#4A8BC4", "#1F5FA8"),
    "hazards": ("#FBE2BC", "#EEB971", "#DC903D", "#BC6824", "#994B23"),
    "coverage": ("#D8EEDC", "#9ECFAC", "#68AF83", "#3E8D63", "#206B48"),
}
# Falling to rising; the middle means hardly any change.
CHANGE: Final[Ramp] = ("#B35806", "#E9A55C", "#F4F1EA", "#7FB2D6", "#2166AC")
# Thirds of participation (rows, low to high) by thirds of hazards (columns): blue against amber, dark where both are high.
PAIRED: Final = (
    "#E6E2D6", "#F0C98B", "#D9862F",
    "#A9C6E3", "#B5A48E", "#A5682F",
    "#3F7DBD", "#4F6580", "#4A3A33",
)  # fmt: skip
# The dark ground of a presentation: what each token becomes there. Light classes stay, so that a colour means the same;
# the darkest ones are lifted off the ground.
DARK: Final = {
    WHITE: "#0E151C", INK: "#EDF1F5", MUTED: "#A9B4BF", LINE: "#2B3640", PANEL: "#18212A", NO_DATA: "#27313B",
    NO_DATA_LINE: "#7C8894", "#1F5FA8": "#2A6CB8", "#994B23": "#A85529", "#206B48": "#247850", "#2166AC": "#2A6FB5",
}  # fmt: skip
FALL: Final = CHANGE[0]
RISE: Final = CHANGE[4]


def ramp(hue: str) -> Ramp:
    """The five classes of a measure's hue, light to dark; an unknown hue is drawn as participation."""
    return RAMPS.get(hue, RAMPS["participation"])


def strong(hue: str) -> str:
    """The hue's colour for rules, bars and dots."""
    return ramp(hue)[4] if hue == "participation" else ramp(hue)[3]


def to_rgb(colour: str) -> tuple[float, float, float]:
    """Red, green, blue from 0 to 1 of "#RRGGBB"."""
    red, green, blue = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance from 0 (black) to 1 (white), as in WCAG."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def lightness(colour: str) -> float:
    """CIE L* from 0 to 100."""
    relative = luminance(colour)
    return float(116 * relative ** (1 / 3) - 16 if relative > 0.008856 else 903.3 * relative)


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def ink_on(ground: str) -> str:
    """Ink or white, whichever reads better on the ground."""
    return INK if contrast(INK, ground) >= contrast(WHITE, ground) else WHITE
