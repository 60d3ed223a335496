"""The words that laws put on the buttons of the withdrawal function, by the reader's language."""

from typing import Final

from dragoman.ground.design.functions import ui_language
from dragoman.service.returns.law_words import buttons_in

# EU and EEA: their consumers have the function, wherever the shop is
EUROPE: Final = frozenset(
    ["AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT",
     "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "NO", "IS", "LI"]
)  # fmt: skip
# Argentina's law names its button in Spanish (Disposición 954/2025, which took the place of Resolución 424/2020)
ARREPENTIMIENTO: Final = "Botón de arrepentimiento"
# where the two functions stand: names of laws, the same in every language
EUROPEAN_LAW: Final = "Directive 2011/83/EU Art. 11a; Directive (EU) 2023/2673"
ARGENTINE_LAW: Final = "Ley 24.240 Art. 34; Disposición 954/2025"


def withdraw_words() -> str:
    """Return what stands on the first button: the law's words where they are known, else their translation."""
    return buttons_in(ui_language()).withdraw


def confirm_words() -> str:
    """Return what stands, alone, on the second button."""
    return buttons_in(ui_language()).confirm
