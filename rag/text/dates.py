"""Text -> the dates in it, each with its exact span and the days that it may mean."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from rag.text.function_words import FUNCTION_WORDS
from rag.text.overlap import Taken

# Names by the locales of CLDR, as babel carries it: Austria's Jänner and Britain's Sept. belong to the language too.
_LOCALES = {"de": ("de", "de_AT"), "en": ("en", "en_GB")}
# These are words or first names as well, so that alone they need a preposition or the like before them.
_AMBIGUOUS_MONTHS = {"may", "march", "mar", "mar.", "august"}
_DAYS_BACK = {
    "de": {"vorgestern": 2, "gestern": 1, "heute": 0, "morgen": -1, "übermorgen": -2},
    "en": {"yesterday": 1, "today": 0, "tomorrow": -1},
}
_SEASONS = {
    "de": r"(?:Frühjahr|Frühling|Sommer|Herbst|Winter)s?",
    "en": r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?: of)?",
}
# Which days of a month the beginning, the middle and the end reach to at the most.
_PARTS = {
    **{"anfang": (1, 15), "mitte": (8, 23), "ende": (16, 31)},
    **{"early": (1, 15), "mid": (8, 23), "late": (16, 31)},
}
_PART = {"de": r"(?P<part>Anfang|Mitte|Ende)\s", "en": r"(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[\s-]"}
_BEFORE_MONTH = {
    "de": re.compile(r"\b(?:im|seit|bis|ab|vom|von|zum|den|dem|der|letzten|vorigen|diesem|und)\s+$", re.IGNORECASE),
    "en": re.compile(r"\b(?:in|since|until|by|from|of|to|last|this|next|during|before|after|and)\s+$", re.IGNORECASE),
}
_BEFORE_YEAR = {
    "de": re.compile(
        r"(?:\b(?:Jahre?[ns]?|seit|von|bis|ab|vor|nach|zwischen|um|Anfang|Mitte|Ende|in|Saison)\s+|"
        r"\b\d{4}\s*(?:,|/|–|-|bis|und|oder)\s*|\()$",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?:\b(?:years?|since|from|until|till|to|by|before|after|between|in|of|around|early|late|mid|during)[\s-]+|"
        r"\b\d{4}\s*(?:,|/|–|-|to|and|or)\s*|\()$",
        re.IGNORECASE,
    ),
}
_IN_YEAR = re.compile(r"\b(?:Jahre?[ns]?|in the years?)\s+$", re.IGNORECASE)
_BARE_YEAR = re.compile(
    r"(?<![\w.,:/§$€£#])(?<![§$€£]\s)(?<!\d[-–])(?<![^\W\d]-)(?:1\d|20)\d\d(?![\w%‰€°])(?![.,:]\d)(?!\s?[%€$£])(?!-\w)"
)
# Words that tell a month or a year from another word or number stand right before it, within so many characters.
_LOOK_BACK = 60
# How many days before its article a day or month without a year may lie, and how many after it.
_DAYS_AGO = 183
_DAYS_AHEAD = 31
_YEAR_SPAN = re.compile(r"(?<![\w.,:-])((?:1\d|20)\d\d)\s?([-–/])\s?((?:1\d|20)\d\d)(?![\w-])")
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_ISO = re.compile(r"(?<![\w-])(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)(?![\w-])")
_SLASHED = re.compile(r"(?<![\w./-])(\d\d?)/(\d\d?)/((?:1\d|20)\d\d)(?![\w/])")
_CLOCK = re.compile(
    r"(?<![\w.,:])(?:\d\d?(?:[:.]\d\d)?\s?Uhr(?:\s\d\d?\b)?|\d\d?:\d\d(?::\d\d)?(?:\s?(?:[ap]\.?m\b\.?|[AP]M\b))?|"
    r"\d\d?(?:[.]\d\d)?\s?(?:[ap]\.m\.|[ap]m\b|[AP]M\b|o'clock\b))(?![\d:])"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """`text[start:end]` names a day, or the days from `first` to `last`, both included.

    Where the year stays unknown, `first` and `last` are None, and `month` and `day` say what is known; a weekday alone
    has neither. `part` is then which days of the month its beginning, middle or end reaches to: "Ende August".
    """

    start: int
    end: int
    first: date | None = None
    last: date | None = None
    month: int | None = None
    day: int | None = None
    part: tuple[int, int] | None = None

    @property
    def year(self) -> int | None:
        """The year, where all of the days lie in one."""
        return self.first.year if self.first and self.last and self.first.year == self.last.year else None

    def agrees(self, other: DateMention) -> bool:
        """Whether both may mean the same: one holds the other, or nothing that both state differs.

        "2022" agrees with "24. Februar 2022"; "24. Februar" without a year agrees with both.
        """
        if self.first and self.last and other.first and other.last:
            return (self.first <= other.first and other.last <= self.last) or (
                other.first <= self.first and self.last <= other.last
            )
        months = {self.month, other.month} - {None}
        days = {self.day, other.day} - {None}
        return len(months) <= 1 and len(days) <= 1


def find_dates(text: str, *, language: str | None, anchor: date | None = None) -> list[DateMention]:
    """The dates, months, years, decades, centuries and weekdays that `text` names, in order, none overlapping another.

    `anchor` is the day the text was published. A day or month without a year is taken as the last one up to it where
    that is at most half a year ago, else as the next one within 31 days; a weekday as the last one. What is neither,
    and all of them without an anchor, stays partial. A language other than English is read as German.
    """
    code = "en" if language == "en" else "de"
    found: list[DateMention] = []
    taken = Taken(len(text))
    for mention in _candidates(text, code, anchor):
        if not taken.meets(mention.start, mention.end):
            found.append(mention)
            taken.put(mention.start, mention.end)
    return sorted(found, key=lambda mention: mention.start)


def clock_times(text: str) -> list[tuple[int, int]]:
    """The spans of times of the day: "12 Uhr", "14.30 Uhr", "3:08", "8 p.m."."""
    return [match.span() for match in _CLOCK.finditer(text)]


def _candidates(text: str, language: str, anchor: date | None) -> Iterator[DateMention]:
    """Every reading, the most telling first: a later one that overlaps an earlier one falls away."""
    months, weekdays = _names(language)
    for pattern in _patterns(language):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            name = (groups.get("name") or "").casefold()
            month = months[name.rstrip(".")] if name else int(groups["number"])
            alone = not any(groups.get(key) for key in ("day", "year", "part"))
            first = match.start()
            if alone and name in _AMBIGUOUS_MONTHS and not _behind(_BEFORE_MONTH[language], text, first):
                continue
            if mention := _calendar(match, month, anchor):
                yield mention
    if language == "en":
        yield from _slashed(text)
    yield from _years(text, language)
    for match in _weekday_pattern(language).finditer(text):
        day = anchor and anchor - timedelta(days=(anchor.weekday() - weekdays[match[1].casefold()]) % 7)
        yield DateMention(*match.span(), first=day, last=day)
    for match in _relative_pattern(language).finditer(text):
        day = anchor and anchor - timedelta(days=_DAYS_BACK[language][match[0].lower()])
        yield DateMention(*match.span(), first=day, last=day)


def _calendar(match: re.Match[str], month: int, anchor: date | None) -> DateMention | None:
    """A day, some days or a month, with or without a year; None where the calendar has no such day."""
    groups = match.groupdict()
    day = int(groups["day"]) if groups.get("day") else None
    last_day = int(groups["last_day"]) if groups.get("last_day") else day
    year = _whole_year(groups["year"]) if groups.get("year") else None
    if year is None and anchor:
        year = _likely_year(month, day, anchor)
    length = monthrange(year or 2000, month)[1] if 1 <= month <= 12 else 0
    if (day or 1) > length or (last_day or 1) > length or day == 0:
        return None
    part = _PARTS[groups["part"].lower()] if groups.get("part") else None
    if year is None:
        return DateMention(*match.span(), month=month, day=day if day == last_day else None, part=part)
    earliest, latest = part or (1, length)
    first = date(year, month, day or earliest)
    last = date(year, month, last_day or min(latest, length))
    return DateMention(*match.span(), first=first, last=last, month=month, day=day if day == last_day else None)


def _slashed(text: str) -> Iterator[DateMention]:
    """Month first in the US, day first elsewhere: where both are possible, from the one to the other."""
    for match in _SLASHED.finditer(text):
        one, other, year = (int(group) for group in match.groups())
        days = [
            date(year, month, day)
            for month, day in ((one, other), (other, one))
            if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
        ]
        if days:
            yield DateMention(*match.span(), min(days), max(days))


def _years(text: str, language: str) -> Iterator[DateMention]:
    for match in _century_pattern(language).finditer(text):
        century = int(match[1])
        if 1 <= century <= 21:
            yield DateMention(*match.span(), date(max(1, century * 100 - 99), 1, 1), date(century * 100, 12, 31))
    for match in _decade_pattern(language).finditer(text):
        digits = next(group for group in match.groups() if group)
        decade = int(digits) if len(digits) == 4 else 1900 + int(digits)
        yield DateMention(*match.span(), date(decade, 1, 1), date(decade + 9, 12, 31))
    for match in _YEAR_SPAN.finditer(text):
        if int(match[1]) < int(match[3]) or match[2] == "/":
            yield _whole(match.span(1), int(match[1]))
            yield _whole(match.span(3), int(match[3]))
    season = _season_pattern(language)
    for match in _BARE_YEAR.finditer(text):
        before = _behind(season, text, match.start())
        if before or _is_year(text, match.span(), language):
            yield _whole((before.start() if before else match.start(), match.end()), int(match[0]))


def _behind(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """What the pattern finds that ends at that place."""
    return pattern.search(text, max(0, at - _LOOK_BACK), at)


def _whole(span: tuple[int, int], year: int) -> DateMention:
    return DateMention(*span, date(year, 1, 1), date(year, 12, 31))


def _is_year(text: str, span: tuple[int, int], language: str) -> bool:
    """Whether a bare number of four digits is a year and does not count what follows."""
    start, end = span
    if _behind(_IN_YEAR, text, start):
        return True
    following = _NEXT_WORD.match(text, end)
    if following is None:
        return True
    word = following[1]
    if word.casefold() in _counted_words(language):
        return False
    if _behind(_BEFORE_YEAR[language], text, start):
        return True
    if language == "de":  # a round number before a noun counts it, with an adjective between or without
        return int(text[start:end]) % 50 != 0 or not word[0].isupper()
    return word.casefold() in FUNCTION_WORDS["en"] or word[0].isupper()


def _whole_year(digits: str) -> int:
    """Two digits as POSIX reads them: 69 to 99 are the nineteen hundreds."""
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= 69 else 2000)


def _likely_year(month: int, day: int | None, anchor: date) -> int | None:
    """The year of the last such day or month up to the anchor, or of the next one; None where both are far off."""
    ahead: int | None = None
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        length = monthrange(year, month)[1] if 1 <= month <= 12 else 0
        if not 1 <= (day or 1) <= length:
            continue
        first, last = date(year, month, day or 1), date(year, month, day or length)
        if first <= anchor <= last + timedelta(days=_DAYS_AGO):
            return year
        if ahead is None and anchor < first <= anchor + timedelta(days=_DAYS_AHEAD):
            ahead = year
    return ahead


@cache
def _counted_words(language: str) -> frozenset[str]:
    """What a number of four digits counts and a year never stands before: units of time, measures, money, scales."""
    from rag.text.units import scales, units

    return frozenset({*units(language), *scales(language)})


@cache
def _names(language: str) -> tuple[dict[str, int], dict[str, int]]:
    """Month and weekday names, case-folded and without full stops -> 1 to 12, and 0 (Monday) to 6."""
    from babel import Locale

    months: dict[str, int] = {}
    days: dict[str, int] = {}
    for code in _LOCALES[language]:
        locale = Locale.parse(code)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                months |= {name.casefold().rstrip("."): n for n, name in locale.months[context][width].items()}
            days |= {name.casefold(): n for n, name in locale.days[context]["wide"].items()}
    if language == "de":
        days["sonnabend"] = 5
    return months, days


@cache
def _whole_names(language: str) -> frozenset[str]:
    """The case-folded names of months that are no abbreviations."""
    from babel import Locale

    months = (Locale.parse(code).months["stand-alone"]["wide"].values() for code in _LOCALES[language])
    return frozenset(name.casefold() for names in months for name in names)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """Dates with a month, the most telling first. Groups: name or number (the month), day, last_day, year, part."""
    months, weekdays = _names(language)
    shortened = "|".join(re.escape(month.title()) for month in sorted(months.keys() - _whole_names(language)))
    whole = "|".join(re.escape(month.title()) for month in sorted(_whole_names(language)))
    # A full stop behind an abbreviation is its own, behind a whole name the sentence's.
    name = rf"(?P<name>(?:(?:{whole})(?!\w)|(?:{shortened})(?!\w)\.?))"
    weekday = "|".join(day.title() for day in weekdays)
    edge = r"(?<![\w.,-])"
    part = _PART[language]
    if language == "de":
        before = rf"(?:(?:{weekday})\w*,?\s+(?:(?:de[mnr])\s+)?)?"
        days = r"(?P<day>\d\d?)\.(?:\s?(?:bis(?:\szum)?|und|oder|/|–|-)\s?(?P<last_day>\d\d?)\.)?"
        return (
            _ISO,
            re.compile(rf"{edge}{before}{days}\s?{name}(?:\s(?P<year>\d{{4}})(?!\d))?"),
            re.compile(
                rf"{edge}{before}(?P<day>\d\d?)\.\s?(?P<number>1[0-2]|0?[1-9])\."
                r"(?:\s?(?P<year>(?:1\d|20)\d\d|\d\d(?![.,:]\d))(?!\d))?(?!\d)"
            ),
            re.compile(rf"{edge}(?:{part})?{name}(?:\s(?P<year>\d{{4}})(?!\d))?(?!-\w)"),
        )
    before = rf"(?:(?:{weekday}),?\s+(?:the\s+)?)?"
    ordinal = r"(?:st|nd|rd|th)?"
    return (
        _ISO,
        re.compile(
            rf"{edge}{before}{name}\s(?P<day>\d\d?){ordinal}(?:\s?(?:to|and|or|–|-)\s?(?P<last_day>\d\d?){ordinal})?"
            r"(?!\d)(?:,?\s(?P<year>\d{4})(?!\d))?"
        ),
        re.compile(
            rf"{edge}{before}(?P<day>\d\d?){ordinal}(?:\s?(?:to|and|or|–|-)\s?(?P<last_day>\d\d?){ordinal})?"
            rf"\s(?:of\s)?{name}(?:,?\s(?P<year>\d{{4}})(?!\d))?"
        ),
        re.compile(rf"{edge}(?:{part})?{name}(?:,?\s(?:of\s)?(?P<year>\d{{4}})(?!\d))?(?!-\w)"),
    )


@cache
def _weekday_pattern(language: str) -> re.Pattern[str]:
    weekday = "|".join(day.title() for day in _names(language)[1])
    times = "abend|morgen|nachmittag|vormittag|mittag|nacht" if language == "de" else "(?!.)"
    return re.compile(rf"(?<![\w-])({weekday})(?:s|{times})?(?![\w-])")


@cache
def _relative_pattern(language: str) -> re.Pattern[str]:
    # German "Morgen" is the time of day, and "am morgen" no spelling of tomorrow; a sentence may begin with the others.
    words = [rf"[{word[0].upper()}{word[0]}]{word[1:]}" if word != "morgen" else word for word in _DAYS_BACK[language]]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])")


@cache
def _season_pattern(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_SEASONS[language]}\s$")


@cache
def _century_pattern(language: str) -> re.Pattern[str]:
    pattern = r"(\d\d?)\.\s?Jahrhundert\w*" if language == "de" else r"(\d\d?)(?:st|nd|rd|th)[\s-][Cc]entury\b"
    return re.compile(rf"(?<![\w.,-]){pattern}")


@cache
def _decade_pattern(language: str) -> re.Pattern[str]:
    if language == "de":
        return re.compile(r"(?<![\w.,-])(1\d\d0|20\d0|[2-9]0)er[n]?(?:(?:[\s-]Jahren?)|(?=[\s.,;:)])(?!\s[A-ZÄÖÜ]))")
    return re.compile(r"(?<![\w.,-])(1\d\d0|20\d0)'?s\b|(?<![\w.,])'?([2-9]0)s\b")
