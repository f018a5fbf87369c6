"""The submission board: who has sent what, which version counts, who is missing, how much of the department is covered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from zuxun_xl.batch.returned import Returned
from zuxun_xl.errors import CallError
from zuxun_xl.findings import Finding
from zuxun_xl.forms import returns as rules
from zuxun_xl.forms.planned import Entry, EntryKey, Person, YearPlan


class State(StrEnum):
    """What became of a returned file."""

    TAKEN = "采用"
    FAULTY = "退回"
    SUPERSEDED = "重复"
    OLD = "旧版"
    OTHER_YEAR = "期间不符"
    STRANGER = "组别不符"
    EMPTY = "空白"
    NO_TEMPLATE = "非模板"
    UNREADABLE = "打不开"


@dataclass(frozen=True, slots=True)
class Submission:
    """A returned file and what became of it; the findings say why."""

    returned: Returned
    state: State
    findings: tuple[Finding, ...]

    @property
    def group(self) -> str:
        """The group it is from, as far as known."""
        return self.returned.meta.group if self.returned.meta else ""


@dataclass(frozen=True, slots=True)
class Board:
    """All submissions of one issue.

    Attributes:
        year: the year that is planned.
        issue: id of the newest issue.
        expected: the groups to which it was handed out.
        submissions: all files, in order of their groups.
    """

    year: int
    issue: str
    expected: tuple[str, ...]
    submissions: tuple[Submission, ...]

    @property
    def taken(self) -> dict[str, Submission]:
        """Group → the submission that counts."""
        return {each.group: each for each in self.submissions if each.state is State.TAKEN}

    @property
    def missing(self) -> tuple[str, ...]:
        """Groups of which no sound submission came."""
        return tuple(group for group in self.expected if group not in self.taken)

    @property
    def unsent(self) -> tuple[str, ...]:
        """Groups of which nothing came at all."""
        sent = {each.group for each in self.submissions}
        return tuple(group for group in self.expected if group not in sent)

    @property
    def coverage(self) -> float:
        """Share of the expected groups that are merged, 0 to 1."""
        return len(self.taken) / len(self.expected) if self.expected else 0.0

    def merged(self) -> YearPlan:
        """The plan of all groups that count, each once."""
        plans = [each.returned.plan for each in self._in_order() if each.returned.plan is not None]
        people: tuple[Person, ...] = tuple(person for plan in plans for person in plan.people)
        entries: dict[EntryKey, Entry] = {key: value for plan in plans for key, value in plan.entries.items()}
        department = next((plan.department for plan in plans if plan.department), "")
        return YearPlan(department, self.year, tuple(plan.groups[0] for plan in plans), people, entries)

    def _in_order(self) -> list[Submission]:
        return [self.taken[group] for group in self.expected if group in self.taken]


def assess(returns: Sequence[Returned], year: int | None = None, issue: str | None = None) -> Board:
    """The board of what came back.

    Args:
        returns: the files as they were read.
        year: the year that is collected; default: that of most templates.
        issue: the issue that counts; default: the newest among the templates of that year.

    Raises:
        CallError: nothing of that issue came back.
    """
    metas = [each.meta for each in returns if each.meta is not None]
    years = Counter(meta.year for meta in metas)
    year = year or max(years, key=lambda each: (years[each], each), default=0)
    issues = {meta.issue for meta in metas if meta.year == year}
    if issue and issue not in issues:
        raise CallError(f"没有收到编号{issue}的模板。", f"收到的编号：{'、'.join(sorted(filter(None, issues))) or '没有'}。")
    issue = issue or max(issues, default="")
    issued = {group: None for meta in metas if meta.year == year and meta.issue == issue for group in meta.groups}
    expected = tuple(issued) or tuple(dict.fromkeys(meta.group for meta in metas if meta.year == year))
    judged = [_judged(each, year, issue, expected) for each in returns]
    return Board(year, issue, expected, tuple(_one_a_group(judged, expected)))


def _judged(each: Returned, year: int, issue: str, expected: tuple[str, ...]) -> Submission:
    """A file for itself, before others of its group are looked at."""
    meta = each.meta
    if meta is None or each.plan is None:
        unreadable = any(finding.code == rules.UNREADABLE.code for finding in each.findings)
        return Submission(each, State.UNREADABLE if unreadable else State.NO_TEMPLATE, each.findings)
    if meta.year != year:
        return _rejected(each, State.OTHER_YEAR, rules.OTHER_YEAR.at("", year=meta.year, wanted=year))
    if meta.issue and meta.issue != issue:
        return _rejected(each, State.OLD, rules.OLD_ISSUE.at("", issue=meta.issue, newest=issue))
    if meta.group not in expected:
        return _rejected(each, State.STRANGER, rules.STRANGER.at("", group=meta.group, groups="、".join(expected)))
    if each.empty:
        return _rejected(each, State.EMPTY, rules.EMPTY.at(""))
    return Submission(each, State.TAKEN if each.sound else State.FAULTY, each.findings)


def _rejected(each: Returned, state: State, finding: Finding) -> Submission:
    return Submission(each, state, (finding,))


def _one_a_group(judged: Sequence[Submission], expected: tuple[str, ...]) -> list[Submission]:
    """Of several sound files of a group the newest counts; the others, and blank copies beside it, are listed as superseded."""
    newest: dict[str, Submission] = {}
    for each in sorted(judged, key=lambda one: _age(one.returned.path)):
        if each.state is State.TAKEN:
            newest[each.group] = each
    settled = [_settled(each, newest.get(each.group)) for each in judged]
    places = {group: place for place, group in enumerate(expected)}
    return sorted(settled, key=lambda each: (places.get(each.group, len(places)), each.state is not State.TAKEN, each.returned.path.name))


def _settled(each: Submission, chosen: Submission | None) -> Submission:
    if chosen is None or each is chosen or each.state not in (State.TAKEN, State.FAULTY, State.EMPTY):
        return each
    note = rules.SUPERSEDED.at("", group=each.group, chosen=chosen.returned.path.name)
    newer = each.state is State.FAULTY and _age(each.returned.path) > _age(chosen.returned.path)
    return Submission(each.returned, State.FAULTY if newer else State.SUPERSEDED, (note, *each.findings))


def _age(path: Path) -> tuple[float, str]:
    return path.stat().st_mtime, path.name
