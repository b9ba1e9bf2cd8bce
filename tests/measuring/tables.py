"""Small questionnaires and tables that the tests of reading share."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from engine.content.model import validate
from engine.content.questionnaire import Questionnaire
from engine.content.source import parse_yaml
from engine.measuring.answers import GroupAnswers
from engine.measuring.reading import Reading, read_answers

SCALE = """
scale:
  labels:
    en: [Strongly disagree, Disagree, In between, Agree, Strongly agree]
    fi: [Täysin eri mieltä, Eri mieltä, Siltä väliltä, Samaa mieltä, Täysin samaa mieltä]
  cant-say: {en: Not for me to say, fi: Ei minun sanottavani}
"""
REVIEW = f"""
id: review
en: Review
fi: Katselmus
{SCALE}
columns: {{team: Unit}}
dimensions:
  - id: agreements
    en: Agreements
    fi: Sopimukset
    questions:
      - {{id: known, en: "I know what we have agreed, and why.", fi: "Tiedän, mitä olemme sopineet."}}
      - {{id: kept, en: We keep what we agree., fi: Pidämme sen minkä sovimme.}}
      - {{id: renewed, en: We renew our agreements., fi: Uudistamme sopimuksiamme.}}
"""
CUSTOMERS = f"""
id: voice
en: Voice
fi: Ääni
group: customers
{SCALE}
dimensions:
  - id: focus
    en: Focus
    fi: Asiakas
    questions: [{{id: needs, en: The team knows my needs., fi: Tiimi tuntee tarpeeni.}}]
questions:
  - id: recommend
    en: I would recommend the team.
    fi: Suosittelisin tiimiä.
    measures: nps
    scale: {{from: 0, to: 10, labels: {{en: [Not at all, Certainly], fi: [En lainkaan, Varmasti]}}}}
"""
QUICK = """
id: quick
en: Quick
fi: Pika
dimensions:
  - id: agreements
    en: Agreements
    fi: Sopimukset
    questions:
      - {id: quick-kept, en: We keep what we agree., fi: Pidämme sen minkä sovimme.}
      - {id: quick-mood, en: The mood is good., fi: Tunnelma on hyvä.}
"""
MANAGERS = """
id: managers
en: Managers
fi: Esihenkilöt
group: manager
dimensions:
  - id: agreements
    en: Agreements
    fi: Sopimukset
    questions: [{id: led, en: I lead by our agreements., fi: Johdan sopimustemme mukaan.}]
"""


@cache
def questionnaires(*texts: str) -> tuple[Questionnaire, ...]:
    """Give questionnaires from YAML; the review, the customers' and the quick one where none is named."""
    found = []
    for text in texts or (REVIEW, CUSTOMERS, QUICK):
        node, problems = parse_yaml(text, "test")
        model, more = validate(Questionnaire, node, "test")
        assert model is not None, (problems, more)
        found.append(model)
    return tuple(found)


def read(
    folder: Path, content: str | bytes, name: str = "t.csv", language: str = "en", chosen: bool = False
) -> Reading:
    """Write a file and read it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_answers(path, questionnaires(), language=language, chosen=chosen)


def only(reading: Reading) -> GroupAnswers:
    """Give the answers of the only group of the only round of the only team."""
    (rounds,) = reading.rounds.values()
    (one,) = rounds
    (answers,) = one.groups.values()
    return answers


def codes(reading: Reading) -> list[str]:
    """Give the codes of a reading's problems."""
    return [problem.code for problem in reading.problems]
