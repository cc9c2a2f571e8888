"""Time expressions in a text to calendar intervals, and the dates of the events that they date."""

from etl.dates.attach import event_date
from etl.dates.find import find_times

__all__ = ["event_date", "find_times"]
