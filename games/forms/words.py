"""What is wrong with a form, in sentences that say how to mend it."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop, ngettext

from games.forms.judged import Problem
from games.mechanic.form import Form
from games.pages import times

SENTENCES = {
    "missing": gettext_noop("Fill this in."),
    "number_missing": gettext_noop("Write a number."),
    "no_number": gettext_noop("Write a whole number, such as 20."),
    "too_low": gettext_noop("At least {low}."),
    "too_high": gettext_noop("At most {high}."),
    "wrong_letters": gettext_noop("Use small letters, digits and hyphens."),
    "no_choice": gettext_noop("Choose one of these."),
    "too_few": gettext_noop("There must be at least {least} of these."),
    "too_many": gettext_noop("There can be at most {most} of these."),
    "bad_week": gettext_noop("A week has 168 hours, each with a number from 0 to 100."),
    "no_hour": gettext_noop("Write a date and an hour."),
    "skipped_hour": gettext_noop("This hour does not exist: clocks go forward that night. Take one later."),
    "closes_first": gettext_noop("A game closes after it opens."),
    "closes_past": gettext_noop("This hour is over: choose one to come."),
    "lasts_long": gettext_noop("A game is open for at most {days} days."),
}


def said(problem: Problem, form: Form) -> str:
    values = {name: written(value) for name, value in problem.values.items()}
    if problem.code == "refused":
        return refused(str(problem.values["sentence"]), form)
    if problem.code == "too_long":
        count = problem.values["count"]
        return ngettext("{count} letter too many: at most {most}.", "{count} letters too many: at most {most}.", count).format(**values)
    return gettext(SENTENCES[problem.code]).format(**values)


def refused(sentence: str, form: Form) -> str:
    """What the rules say themselves, as the mechanic words it for people."""
    bare = sentence.split(" - at `$")[0].rstrip(".")
    text = f"{bare[:1].upper()}{bare[1:]}."
    for pattern, told in form.refusals.items():
        if found := re.fullmatch(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>\\d+)", re.escape(pattern)), text):
            return gettext(told).format(**{name: written(int(number)) for name, number in found.groupdict().items()})
    return gettext(text)


def written(value: Any) -> Any:
    return times.number(int(value)) if isinstance(value, int | float) else value


def told(problems: Mapping[str, Problem], form: Form) -> dict[str, str]:
    return {path: said(problem, form) for path, problem in problems.items()}
