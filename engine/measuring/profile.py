"""The profile: every measure of a closed round, each a whole number of thousandths or unknown with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from engine.content.measures import GROUP_KINDS, THOUSAND, WORD_FACTS, Group, Measure, word_value
from engine.content.questionnaire import Questionnaire
from engine.measuring import scoring
from engine.measuring.answers import Facts, Round
from engine.measuring.comparison import changes_of
from engine.measuring.gaps import Gaps, Mirrored, gaps_of
from engine.measuring.gate import Gate, Viewer
from engine.measuring.groups import LEAST_FOR_SHARES, Counted, GroupSamples, add_measures, samples_of
from engine.measuring.unknown import Reason

SEVERAL_PEOPLE = ("favourable", "unfavourable", "spread", "consensus", "trend", "csat", "nps")
"""Kinds that one person's answers cannot give."""

SHARES = ("favourable", "unfavourable", "csat")
"""Kinds that fewer than LEAST_FOR_SHARES people's answers cannot give."""


@dataclass(frozen=True, slots=True)
class Profile:
    """All measures of a team's round, as far as they are known. It holds no answers.

    Within one dimension every number rests on the same people: those who answered at least half of it. A question that
    one of them left out, and a gap in which one of them has no part, are unknown, because the difference between two
    such numbers would be about one person.

    Args:
        team: the team's name.
        values: the known measures in thousandths; a word is its place in WORDS, a percentage of −100–100 likewise in
            thousandths. Plays that are done and templates that are adopted stand here with 1; all others are 0.
        respondents: how many answered anything, by group; a group that was not asked is missing.
        questionnaires: what each group was asked.
        parts: the two means that a change or a gap is the difference of, in thousandths.
        counted, earlier: how many people stand behind the numbers, now and in the earlier round.
        mirrors: the questions behind each gap.
        refused: reasons that were found while computing.
        invited: how many were asked to answer, by group, where that is known.
        compared: whether there was an earlier round.
        assumed: measures whose values somebody assumed, to see what would follow.
        given: made from values by ``Profile.of``, not from anybody's answers.
        viewer: who reads it; for ``team`` it knows nothing of the manager, not even whether they answered.
    """

    team: str
    values: Mapping[Measure, int]
    respondents: Mapping[Group, int] = field(default_factory=dict)
    questionnaires: Mapping[Group, Questionnaire] = field(default_factory=dict)
    parts: Mapping[Measure, tuple[int, int]] = field(default_factory=dict, repr=False)
    counted: Mapping[Group, Counted] = field(default_factory=dict, repr=False)
    earlier: Mapping[Group, Counted] = field(default_factory=dict, repr=False)
    mirrors: Mapping[Measure, Mirrored] = field(default_factory=dict, repr=False)
    refused: Mapping[Measure, Reason] = field(default_factory=dict, repr=False)
    invited: Mapping[Group, int] = field(default_factory=dict)
    compared: bool = False
    assumed: frozenset[Measure] = frozenset()
    given: bool = False
    viewer: Viewer = "manager"

    @classmethod
    def of(
        cls,
        values: Mapping[Measure, int],
        facts: Facts | None = None,
        respondents: Mapping[Group, int] | None = None,
        team: str = "",
    ) -> Profile:
        """Make a profile from values that somebody made up; everything else is unknown as “not given”.

        For scenarios and examples only: no gate was passed, so what is shown of it is rounded but hides nothing.

        Args:
            values: measures in thousandths.
            facts: what is known about the team.
            respondents: how many answered, by group; they become the measure too.
            team: a name.
        """
        known = _fact_values(facts or Facts())
        counts = respondents or {}
        known.update({Measure("respondents", "", group): count * THOUSAND for group, count in counts.items()})
        return cls(team, {**known, **values}, counts, given=True)

    def assuming(self, values: Mapping[Measure, int]) -> Profile:
        """Give the profile as it would be with some measures changed; everything else stays as it is.

        What is assumed is nobody's answer, so it is shown as it was assumed.
        """
        return replace(self, values={**self.values, **values}, assumed=self.assumed | values.keys())

    @property
    def one_view(self) -> bool:
        """Tell whether this is one person's view: a self-check, read by that person only."""
        members = self.counted.get("members")
        return members is not None and members.one_person

    def asks(self, measure: Measure) -> bool:
        """Tell whether a questionnaire of the round has what the measure is about.

        Where none has, a rule about it is *not applicable*; otherwise it is *not evaluated*, with the reason that
        ``why_unknown`` gives. The questionnaires of a round are those of the groups that answered it, whichever of
        their questions the table had. Facts, plans and counts of people need no questionnaire. Satisfaction and
        likelihood to recommend belong to a group: where that group has no part in the round, what it would have been
        asked is not known, and the rule waits for it.
        """
        match measure.kind:
            case "respondents" | "response-rate" | "fact" | "done" | "adopted":
                return True
            case _ if self.given:
                return True
            case "csat" | "nps":
                questionnaire = self.questionnaires.get(cast(Group, measure.group))
                return questionnaire is None or any(each.measures == measure.kind for each in questionnaire.questions)
            case "question":
                everything = (each for one in self.questionnaires.values() for each in one.all_questions)
                return any(each.id == measure.of for each in everything)
            case _:
                return any(measure.of in one.dimension_ids for one in self.questionnaires.values())

    def why_unknown(self, measure: Measure) -> Reason:
        """Give the reason why a measure is not among the values, the first that applies from who to what."""
        if self.viewer == "team" and "manager" in (measure.group, measure.minus):
            return Reason("left-out-for-team", {"group": "manager"})
        if measure in self.refused:
            return self.refused[measure]
        if self.given:
            return Reason("fact-not-given" if measure.kind == "fact" else "not-given")
        match measure.kind:
            case "fact":
                return Reason("fact-not-given")
            case "respondents" | "response-rate" if self.one_view and measure.group == "members":
                return Reason("one-person")
            case "respondents":
                return Reason("group-absent", {"group": measure.group})
            case "response-rate":
                known = cast(Group, measure.group) in self.respondents
                return Reason("not-counted" if known else "group-absent", {"group": measure.group})
            case "gap":
                return self._why_no_gap(measure)
        group = cast(Group, measure.group)
        counted = self.counted.get(group)
        about = _about(measure, counted)
        return (
            _why_no_score(counted, group, about)
            or self._why_nothing_several(measure, counted)
            or _why_no_share(measure, counted, about)
            or self._why_no_comparison(measure)
        )

    def _why_nothing_several(self, measure: Measure, counted: Counted | None) -> Reason | None:
        if counted is None or not counted.one_person or measure.kind not in SEVERAL_PEOPLE:
            return None
        return Reason("one-answer", {"group": "manager"}) if measure.group == "manager" else Reason("one-person")

    def _why_no_comparison(self, measure: Measure) -> Reason:
        """Give the reason for a measure that is unknown although its dimension's score is known."""
        if measure.kind == "standing":
            return Reason("one-dimension")
        if measure.kind not in ("change", "trend"):
            return Reason("one-answer" if measure.kind in SEVERAL_PEOPLE else "too-few-in-common")
        if not self.compared:
            return Reason("no-earlier-round")
        group = cast(Group, measure.group)
        why = _why_no_score(self.earlier.get(group), group, measure.of)
        if why is None and self.earlier[group].one_person != self.counted[group].one_person:
            return Reason("one-person")
        if why is None or why.code == "not-asked":
            return Reason("different-questions")
        return Reason(why.code, {**why.data, "round": "earlier"})

    def _why_no_gap(self, measure: Measure) -> Reason:
        groups = (cast(Group, measure.group), cast(Group, measure.minus))
        mirror = self.mirrors.get(measure)
        homes = (mirror.first_homes, mirror.second_homes) if mirror else (frozenset[str](), frozenset[str]())
        for group, inside in zip(groups, homes, strict=True):
            why = _why_no_score(self.counted.get(group), group, *sorted(inside))
            if why:
                return why
        if any(self.counted[group].one_person and group != "manager" for group in groups):
            return Reason("one-person")
        return Reason("not-mirrored")


def measure(now: Round, previous: Round | None, facts: Facts, *, gate: Gate) -> Profile:
    """Compute the profile of a closed round.

    Args:
        now: the round.
        previous: the last closed round before it, if there is one.
        facts: what is known about the team besides its answers.
        gate: the smallest groups that are used, and for whom the profile is.
    """
    now = gate.admitted(now)
    groups = {group: samples_of(answers, group, gate) for group, answers in now.groups.items()}
    before = gate.admitted(previous).groups if previous else {}
    earlier = {group: samples_of(before[group], group, gate) for group in groups if group in before}
    values = _fact_values(facts)
    respondents = {group: of.counted.respondents for group, of in groups.items()}
    for group in dict.fromkeys((*groups, *cast(tuple[Group, ...], tuple(facts.invited)))):
        if group == "members" and group in groups and groups[group].counted.one_person:
            continue  # a self-check is not a group of which too few have answered
        if group == "manager" and gate.viewer == "team":
            continue  # invited, and left out whether they answered or not
        _add_counts(values, group, respondents.get(group, 0), facts)
    for of in groups.values():
        add_measures(values, of)
    changes, gaps = changes_of(groups, earlier), _gaps(groups)
    values.update(changes.values)
    values.update(gaps.values)
    return Profile(
        now.team, values, respondents, {group: of.counted.asked.questionnaire for group, of in groups.items()},
        {**changes.parts, **gaps.parts}, {group: of.counted for group, of in groups.items()},
        {group: of.counted for group, of in earlier.items()}, gaps.layouts,
        {**changes.refused, **gaps.refused},
        {group: invited for group in groups if (invited := _invited(group, facts))},
        previous is not None, viewer=gate.viewer,
    )  # fmt: skip


def _fact_values(facts: Facts) -> dict[Measure, int]:
    values = {}
    for name, value in facts.values.items():
        known = word_value(name, str(value)) if name in WORD_FACTS else int(value) * THOUSAND
        values[Measure("fact", name)] = known
    values.update({Measure("done", str(play)): THOUSAND for play in facts.done})
    values.update({Measure("adopted", str(template)): THOUSAND for template in facts.adopted})
    return values


def _add_counts(values: dict[Measure, int], group: Group, respondents: int, facts: Facts) -> None:
    values[Measure("respondents", "", group)] = respondents * THOUSAND
    invited = _invited(group, facts)
    if invited:
        rate = scoring.round_ratio(THOUSAND * respondents, invited)
        values[Measure("response-rate", "", group)] = min(THOUSAND, rate)


def _invited(group: Group, facts: Facts) -> int:
    """Give how many of a group were asked: what somebody told, or for members the whole team; 0 is unknown."""
    usual = int(facts.values.get("size", 0)) if group == "members" else 0
    return facts.invited.get(group, usual)


def _gaps(groups: Mapping[Group, GroupSamples]) -> Gaps:
    """Compute the gaps between groups; a self-check is one person's, so it has none."""
    several = {key: of for key, of in groups.items() if key == "manager" or not of.counted.one_person}
    return gaps_of(several)


def _about(measure: Measure, counted: Counted | None) -> str:
    """Give the dimension or outside question whose people a measure rests on; empty for one that was not asked."""
    if counted is None:
        return ""
    asked = counted.asked
    if measure.kind in GROUP_KINDS:
        outside = [part.questions[0].question for part in asked.outside]
        return next((str(each.id) for each in outside if each.measures == measure.kind), "")
    if measure.kind == "question":
        outside_ids = [str(part.questions[0].question.id) for part in asked.outside]
        return measure.of if measure.of in outside_ids else asked.homes.get(measure.of, "")
    return measure.of if measure.of in asked.dimensions else ""


def _why_no_share(measure: Measure, counted: Counted | None, about: str) -> Reason | None:
    people = counted.people[about] if counted else 0
    if measure.kind not in SHARES or people >= LEAST_FOR_SHARES:
        return None
    return Reason("too-few-rated", {"needed": LEAST_FOR_SHARES, "group": measure.group})


def _why_no_score(counted: Counted | None, group: Group, *about: str) -> Reason | None:
    """Give the reason why a group has no score in what it is asked about, None where it has."""
    if counted is None or counted.respondents == 0:
        return Reason("group-absent", {"group": group})
    needed = {"needed": counted.minimum, "group": group}
    if counted.respondents < counted.minimum:
        return Reason("too-few-answers", {"answers": counted.respondents, **needed})
    for each in about:
        if each not in counted.people:
            return Reason("not-asked", {"group": group})
        if not counted.known(each):
            return Reason("too-few-rated", needed)  # how many did tells who did not
    return None
