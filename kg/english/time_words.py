"""Words for times: months, weekdays, numbers, units, and phrases that say a time and nothing else."""

MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4,
    "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9,
    "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12,
    "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tues": 1, "tue": 1, "wednesday": 2, "wed": 2,
    "thursday": 3, "thurs": 3, "thur": 3, "thu": 3, "friday": 4, "fri": 4, "saturday": 5, "sat": 5,
    "sunday": 6, "sun": 6,
}  # fmt: skip
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
}  # fmt: skip
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
SEASONS = ("spring", "summer", "autumn", "fall", "winter")
NAMED_DAYS = {
    "new year's day": (1, 1),
    "may day": (5, 1),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "new year's eve": (12, 31),
}
DAY_PARTS = (
    "morning", "afternoon", "evening", "night", "noon", "midday", "midnight", "dawn", "dusk",
    "daybreak", "nightfall", "sunrise", "sunset", "lunchtime",
)  # fmt: skip
UNITS = ("day", "week", "fortnight", "month", "quarter", "year", "decade")
# What the forms of dates know besides; none of it tells a time argument by itself.
TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
NTH = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20, "twenty first": 21, "twenty second": 22, "twenty third": 23, "twenty fourth": 24,
    "twenty fifth": 25, "twenty sixth": 26, "twenty seventh": 27, "twenty eighth": 28, "twenty ninth": 29,
    "thirtieth": 30, "thirty first": 31,
}  # fmt: skip
FIXED_DAYS = {
    **NAMED_DAYS,
    "epiphany": (1, 6),
    "valentine's day": (2, 14),
    "leap day": (2, 29),
    "st patrick's day": (3, 17),
    "international women's day": (3, 8),
    "midsummer's day": (6, 24),
    "fourth of july": (7, 4),
    "bastille day": (7, 14),
    "halloween": (10, 31),
    "all saints' day": (11, 1),
    "armistice day": (11, 11),
    "boxing day": (12, 26),
}
# Feasts that move with Easter Sunday, in days after it.
EASTER_DAYS = {
    "ash wednesday": -46, "palm sunday": -7, "maundy thursday": -3, "good friday": -2, "holy saturday": -1,
    "easter sunday": 0, "easter day": 0, "easter monday": 1, "ascension day": 39, "whit sunday": 49,
    "whit monday": 50,
}  # fmt: skip
PARTS_OF_DAY = (
    *DAY_PARTS, "small hours", "early hours", "lunch", "breakfast", "daylight", "first light", "mid morning",
    "mid afternoon",
)  # fmt: skip
# What says that something is still to come.
AHEAD = ("will", "shall", "would", "due", "scheduled", "planned", "expected", "plans?", "upcoming")
AHEAD_VERBS = frozenset(
    "be plan expect due set schedule intend want agree vow promise hope prepare aim pledge threaten propose"
    " slate book call invite order ask urge need like wish offer decide ready".split()
)
GIVING_TIME = frozenset(
    "adjourn ban bar close confine defer delay extend give grant halt have impose jail postpone prolong put"
    " shut suspend".split()
)  # whose "until" lies ahead: "were given until Friday", "closed the road until Friday"
PLANNED = frozenset("plan expect due set schedule slate propose threaten promise".split())
MODALS = frozenset(
    "will 'll ’ll shall wo would 'd ’d may might must should can could".split()
)  # "wo" of "won't"
SCHEDULED = frozenset(
    "arrive begin convene depart end expire face fly gather host launch leave meet open play resume start"
    " travel visit vote".split()
)  # whose present tense beside a day is a plan: "the council meets on Friday"
SAYING_NOW = frozenset("say tell write report show note add".split())
# Words that stand in the phrases of times without telling one.
BESIDE_TIMES = (
    "ago back later earlier afterwards afterward previously preceding on that very same current upcoming past"
    " prior shortly just soon close only well toward towards beginning outset local gmt utc time am pm a.m."
    " p.m. a.m p.m alone again small light this hundred no now ad as"
).split()
LONG_UNITS = (*UNITS, "night", "century")
SHORT_UNITS = ("second", "minute", "hour")

TIME_WORDS = frozenset(
    [
        *MONTHS,
        *(word for day in WEEKDAYS for word in (day, f"{day}s") if word == day or len(day) > 5),
        *SEASONS,
        *(form for word in (*DAY_PARTS, *UNITS, "weekend", "weekday") for form in (word, f"{word}s")),
        "hour", "hours", "minute", "minutes", "second", "seconds", "moment", "moments", "century",
        "centuries", "time", "times", "season", "period", "era", "eras", "while", "christmas", "easter",
        "ramadan", "today", "tonight", "yesterday", "tomorrow", "overnight", "midweek", "now", "currently",
        "recently", "lately", "nowadays", "soon", "ago",
    ]
) - {"sun", "mar", "fall"}  # fmt: skip
"""Words that name a time or a stretch of it, in small letters: a time argument is told by its head."""

# What may stand around a time without making it less one.
AROUND = frozenset(NUMBERS) | {
    "the", "this", "that", "these", "those", "last", "next", "past", "previous", "coming", "recent",
    "following", "same", "first", "third", "fourth", "half", "few", "several", "many", "some",
    "every", "each", "all", "more", "than", "least", "most", "about", "around", "nearly", "almost",
    "early", "late", "mid", "later", "earlier", "start", "beginning", "middle", "end", "rest",
    "turn", "since", "until", "till", "by", "before", "after", "during", "for", "from", "to", "in",
    "at", "on", "of", "over", "through", "throughout", "within", "between", "and", "new", "year's",
}  # fmt: skip
