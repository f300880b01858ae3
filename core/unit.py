"""What a figure is measured in, so that every rendering writes it alike."""

from enum import StrEnum


class Unit(StrEnum):
    """The unit of a metric or of a report cell."""

    MONEY = "money"  # int, minor units of the book's currency
    COUNT = "count"  # int
    DAYS = "days"  # int or float
    RATIO = "ratio"  # float, 0.25 is 25 %
    POINTS = "points"  # float, difference of two ratios
    DATE = "date"  # datetime.date
    SCORE = "score"  # small int, 1 is lowest
    NUMBER = "number"  # float
    TEXT = "text"
