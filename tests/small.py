"""Small libraries for the tests: three dimensions, one also the customers', and what rules and plays a test gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from engine.advise import Adviser
from engine.advising.advice import Advice
from engine.advising.data import Presenter
from engine.advising.figures import Figures
from engine.advising.what_if import read_measure, read_value
from engine.content.library import Library, load
from engine.content.measures import Group, Measure
from engine.measuring.answers import Facts, GroupAnswers, Round
from engine.measuring.profile import Profile

_MEMBERS = """
id: review
en: Review
fi: Katselmus
dimensions:
  - id: agreements
    en: Agreements
    fi: Sopimukset
    questions:
      - {id: agreements-known, en: I know them., fi: Tunnen ne.}
      - {id: agreements-kept, en: We keep them., fi: Pidämme ne.}
  - id: roles
    en: Roles
    fi: Roolit
    questions:
      - {id: roles-clear, en: I know mine., fi: Tiedän omani.}
      - {id: roles-fit, en: They fit us., fi: Ne sopivat meille.}
  - id: customer-focus
    en: Customer focus
    fi: Asiakas
    questions:
      - {id: customer-needs, en: We know what they need., fi: Tiedämme mitä he tarvitsevat.}
      - {id: customer-promises, en: We keep what we promise., fi: Pidämme lupauksemme.}
"""
_CUSTOMERS = """
id: voice
en: Voice
fi: Ääni
group: customers
dimensions:
  - id: customer-focus
    en: Customer focus
    fi: Asiakas
    questions:
      - {id: needs-seen, mirrors: customer-needs, en: They know what I need., fi: He tietävät mitä tarvitsen.}
      - {id: promises-seen, mirrors: customer-promises, en: They keep promises., fi: He pitävät lupaukset.}
questions:
  - {id: satisfaction, measures: csat, en: Are you satisfied?, fi: Oletko tyytyväinen?}
  - {id: recommend, measures: nps, scale: {from: 0, to: 10}, en: Would you recommend us?, fi: Suosittelisitko?}
"""
_SHORT = """
id: short
en: Short
fi: Lyhyt
dimensions:
  - id: agreements
    en: Agreements
    fi: Sopimukset
    questions: [{id: agreements-short, en: We have agreed., fi: Olemme sopineet.}]
"""
_PRIORITY = """
weights: {need: 0.72, customers: 0.1, effect: 0.08, evidence: 0.05, effort: 0.05}
severity: {critical: 1.0, high: 0.75, medium: 0.5, low: 0.25}
within-severity: 0.2
effect: {large: 1.0, medium: 0.7, small: 0.4}
evidence: {A: 1.0, B: 0.8, C: 0.6}
effort: [{up-to: 30, is: 1.0}, {up-to: 60, is: 0.8}, {up-to: 120, is: 0.6}, {is: 0.4}]
"""
_TEMPLATE = """
id: meetings
title: {{en: Our meetings, fi: Kokouksemme}}
answers: [{finding}]
review-after-weeks: 6
clauses:
  - {{id: on-time, en: We begin on time., fi: Aloitamme ajoissa.}}
  - id: invited
    en: "Invitations come {{{{ choice }}}}."
    fi: "Kutsut tulevat {{{{ choice }}}}."
    choices: {{en: [a day before, two days before], fi: [päivää ennen, kahta päivää ennen]}}
breach: {{en: We ask., fi: Kysymme.}}
"""


def finding(id_: str, when: str, kind: str = "weakness", severity: str = "", explains: Sequence[str] = ()) -> str:
    """Give a rule that concludes a finding, as YAML; its titles are “Found ID” and “Löytyi ID”."""
    more = f", severity: {severity}" if severity else ""
    more += f", explains: [{', '.join(explains)}]" if explains else ""
    texts = f"en: Found {id_}, fi: Löytyi {id_}"
    return f"  - id: {id_}\n    finding: {{kind: {kind}, {texts}{more}}}\n    when: {when}\n    why: For the test.\n"


def recommending(id_: str, play: str, *treats: str, when: str = "") -> str:
    """Give a rule that recommends a play, as YAML."""
    condition = f"    when: {when}\n" if when else ""
    return f"  - id: {id_}\n    recommend: {play}\n    treats: [{', '.join(treats)}]\n{condition}"


def play(**keys: object) -> Mapping[str, str]:
    """Give keys of a play that differ from the usual, such as ``minutes=30`` or ``unless="{finding: low-roles}"``."""
    return {key.rstrip("_").replace("_", "-"): str(value) for key, value in keys.items()}


def write(
    folder: Path, rules: Sequence[str] | Mapping[str, Sequence[str]], plays: Mapping[str, Mapping[str, str]],
    scenarios: str = "", template_for: str = "",
) -> Path:  # fmt: skip
    """Write a folder of content.

    Args:
        folder: where.
        rules: as ``finding`` and ``recommending`` give them, in one file or by the name of their file.
        plays: by id, each as ``play`` gives it.
        scenarios: a list of scenarios as YAML.
        template_for: the finding that an agreement template “meetings” is for, if there should be one.
    """
    asked, actions = folder / "rules" / "questionnaires", folder / "playbooks" / "actions"
    for path in (asked, actions, folder / "playbooks" / "agreements"):
        path.mkdir(parents=True)
    for name, text in (("review", _MEMBERS), ("voice", _CUSTOMERS), ("short", _SHORT)):
        (asked / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "rules" / "priority.yaml").write_text(_PRIORITY, encoding="utf-8")
    by_file = rules if isinstance(rules, Mapping) else {"all": rules}
    for name, texts in by_file.items():
        if texts:
            (folder / "rules" / f"{name}.yaml").write_text("rules:\n" + "".join(texts), encoding="utf-8")
    for id_, keys in plays.items():
        _write_play(actions / id_, id_, keys)
    if scenarios:
        (folder / "rules" / "all.scenarios.yaml").write_text("scenarios:\n" + scenarios, encoding="utf-8")
    if template_for:
        text = _TEMPLATE.format(finding=template_for)
        (folder / "playbooks" / "agreements" / "meetings.yaml").write_text(text, encoding="utf-8")
    return folder


def _write_play(folder: Path, id_: str, keys: Mapping[str, str]) -> None:
    usual = {
        "id": id_,
        "title": f"{{en: Play {id_}, fi: Harjoite {id_}}}",
        "for": "team",
        "minutes": "60",
        "people": "[2, 12]",
        "effect": "medium",
        "evidence": "{grade: B, sources: [Practice], limits: {en: Not studied., fi: Ei tutkittu.}}",
        "first-step": '{en: "Ask {{ team }}.", fi: "Kysy: {{ team }}."}',
    }
    folder.mkdir()
    lines = "".join(f"{key}: {value}\n" for key, value in {**usual, **keys}.items())
    (folder / "play.yaml").write_text(lines, encoding="utf-8")
    for language, text in (("en", "Talk with {{ team }}."), ("fi", "Puhukaa: {{ team }}.")):
        (folder / f"{language}.md").write_text(text, encoding="utf-8")


def library(
    rules: Sequence[str] | Mapping[str, Sequence[str]], plays: Mapping[str, Mapping[str, str]], template_for: str = ""
) -> Library:
    """Load a small library; the arguments are those of ``write``."""
    with TemporaryDirectory() as folder:
        return load(write(Path(folder), rules, plays, template_for=template_for))


def profile(library: Library, measures: Mapping[str, object], facts: Facts = Facts(), team: str = "") -> Profile:  # noqa: B008  # it is immutable
    """Give a profile from measures by name, such as ``{"agreements": 2.4, "csat customers": 0.9}``."""
    named: dict[Measure, int] = {}
    for name, value in measures.items():
        measure = read_measure(name, library)
        named[measure] = read_value(measure, value, library)
    counts = {
        cast(Group, measure.group): value // 1000 for measure, value in named.items() if measure.kind == "respondents"
    }
    return Profile.of(named, facts, counts, team)


def advise(library: Library, measures: Mapping[str, object], facts: Facts = Facts()) -> Advice:  # noqa: B008  # it is immutable
    """Give advice on measures given by name."""
    return Adviser(library, "compiled").conclude(profile(library, measures, facts, "Nokka"))


def presenter(library: Library, advice: Advice, language: str = "en", exact: bool = False) -> Presenter:
    """Give what shows advice."""
    return Presenter(advice, Figures(library, advice.profile, language, exact))


def round_of(
    library: Library, questionnaires: Mapping[str, Sequence[Sequence[int]]], manager: Sequence[int] = ()
) -> Round:
    """Give a round from rows of answers by questionnaire; the manager's own row answers the review."""
    groups: dict[Group, GroupAnswers] = {}
    for id_, rows in questionnaires.items():
        asked = library.questionnaires[id_]
        ids = frozenset(str(each.id) for each in asked.all_questions)
        groups[asked.group] = GroupAnswers(asked, tuple(sorted(map(bytes, rows))), ids)
    if manager:
        asked = library.questionnaires["review"]
        groups["manager"] = GroupAnswers(
            asked, (bytes(manager),), frozenset(str(each.id) for each in asked.all_questions)
        )
    return Round("Nokka", "", groups)


@cache
def shipped() -> Library:
    """Give the content that comes with the engine."""
    return load(Path(__file__).parent.parent)
