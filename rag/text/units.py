"""The words for units, money and scales, as CLDR has them -> one name each in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel import Locale

DURATIONS = frozenset("second minute hour day week month quarter year decade century".split())

_LOCALES = {"de": ("de",), "en": ("en", "en_GB")}
# The abbreviations that are nothing else: "in" is an inch to CLDR, "T" a number of days.
_ABBREVIATED = """
area-square-kilometer area-hectare area-square-meter area-square-centimeter energy-kilowatt-hour length-kilometer
length-meter length-centimeter length-millimeter mass-tonne mass-kilogram mass-gram mass-milligram power-gigawatt
power-megawatt power-kilowatt power-horsepower speed-kilometer-per-hour temperature-celsius temperature-fahrenheit
volume-cubic-kilometer volume-cubic-meter volume-liter volume-milliliter volume-hectoliter frequency-gigahertz
frequency-megahertz digital-terabyte digital-gigabyte digital-megabyte
""".split()
_CODES = ("EUR", "USD", "GBP", "CHF")


# What CLDR lists among lengths, volumes and parts and a text only counts: points, cups, drops, items.
_COUNTED = """
concentr-item concentr-mole concentr-portion-per-1e9 length-point volume-cup volume-cup-metric volume-drop volume-pinch
volume-jigger volume-tablespoon volume-teaspoon volume-dessert-spoon volume-dessert-spoon-imperial graphics-dot
graphics-em mass-stone mass-grain
""".split()


@cache
def measures() -> dict[str, frozenset[str]]:
    """The names of units -> what they measure, by CLDR: "length", "mass", "duration", "percent", or "money"."""
    kinds: dict[str, set[str]] = {"%": {"percent"}}
    for locale in _locales("en"):
        for unit in set(map(str, locale.unit_display_names)) - {*_COUNTED, "concentr-percent"}:
            kinds.setdefault(_name(unit), set()).add(unit.split("-", 1)[0])
        for code in map(str, locale.currencies):
            if not code.startswith("X"):
                kinds.setdefault(_currency(code), set()).add("money")
    return {name: frozenset(of) for name, of in kinds.items()}


@cache
def units(language: str) -> dict[str, str]:
    """Case-folded words for units and money -> a name that is the same in German and English; "%" for percent.

    Money goes by the name that currencies share: the US and the Canadian dollar are both "dollar".
    """
    named: dict[str, str] = {}
    for locale in _locales(language):
        for unit in map(str, locale.unit_display_names):
            for word in _forms(unit, "long", locale):
                if " " not in word:
                    named.setdefault(word.casefold(), _name(unit))
                    if language == "de" and word[-1] in "er":  # the dative, which CLDR has not: "Jahren", "Metern"
                        named.setdefault(word.casefold() + "n", _name(unit))
        for currency in map(str, locale.currencies):
            if not currency.startswith("X"):  # metals, funds, tests
                for name in _currency_forms(currency, locale):
                    word = name.split()[-1]
                    named.setdefault(word.casefold(), _currency(currency))
                    named.setdefault(word.split("-")[-1].casefold(), _currency(currency))
    return named


@cache
def symbols(language: str) -> dict[str, str]:
    """Abbreviations and symbols as they are written -> the same names: "km", "%", "€"."""
    written = {"%": "%", "per cent": "%", "‰": "permille", "US$": "dollar"}
    for locale in _locales(language):
        for unit in _ABBREVIATED:
            written |= dict.fromkeys(_forms(unit, "short", locale), _name(unit))
        for currency, symbol in _items(locale.currency_symbols):
            if not currency.startswith("X"):
                written.setdefault(symbol, _currency(currency))
    return written | {code: _currency(code) for code in _CODES}


@cache
def scales(language: str) -> dict[str, Decimal]:
    """Case-folded scale words, abbreviations with their full stop and without -> their factor.

    A German Billion is 10¹², an English billion 10⁹.
    """
    from babel import Locale

    named: dict[str, Decimal] = {}
    formats = Locale.parse(language).compact_decimal_formats
    for width in ("long", "short") if language == "de" else ("long",):  # "5 M" and "5 B" stand for too much else
        for sizes in formats[width].values():
            for size, pattern in sizes.items():
                word = pattern.pattern.replace("'", "").strip("0\xa0 ").casefold()
                if word:
                    factor = Decimal(size) / 10 ** (pattern.pattern.count("0") - 1)
                    named[word] = named[word.rstrip(".")] = factor
    return named


def _locales(language: str) -> tuple[Locale, ...]:
    from babel import Locale

    return tuple(Locale.parse(code) for code in _LOCALES[language])


def _items(data: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    return ((str(key), str(value)) for key, value in data.items())


def _name(unit: str) -> str:
    """CLDR's "duration-minute" -> "minute"."""
    name = unit.split("-", 1)[1]
    return "%" if name == "percent" else name


def _currency(code: str) -> str:
    from babel import Locale

    return str(Locale.parse("en").currencies.get(code, code)).split()[-1].casefold()


def _forms(unit: str, length: str, locale: Locale) -> Iterator[str]:
    from babel.units import format_unit

    for count in (1, 2):
        word = format_unit(count, unit, length=length, locale=locale).replace(str(count), "", 1)  # type: ignore[arg-type]
        if word := word.strip("\xa0\u202f "):
            yield word


def _currency_forms(code: str, locale: Locale) -> Iterator[str]:
    from babel.numbers import get_currency_name

    yield locale.currencies[code]
    for count in (1, 2):
        yield get_currency_name(code, count=count, locale=locale)
