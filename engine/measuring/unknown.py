"""Why a measure is unknown or not shown: codes for programs, short texts for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

MESSAGES: Final[Mapping[str, Mapping[str, str]]] = {
    # {answers} have answered, {needed} are needed; 0 answers read better as group-absent
    "too-few-answers": {"en": "{answers}; {needed} are needed", "fi": "{answers}; tarvitaan {needed}"},
    "too-few-rated": {"en": "fewer than {needed} rated it", "fi": "harvempi kuin {needed} arvioi tätä"},
    "group-absent": {"en": "nobody has answered", "fi": "ei vastauksia"},
    "no-earlier-round": {"en": "there is no earlier round", "fi": "aiempaa kierrosta ei ole"},
    "different-questions": {
        "en": "the earlier round asked different questions",
        "fi": "aiemmalla kierroksella kysyttiin eri väittämiä",
    },
    "not-asked": {"en": "this was not asked", "fi": "tätä ei kysytty"},
    "not-mirrored": {
        "en": "the two groups were not asked the same questions",
        "fi": "ryhmiltä ei kysytty samoja väittämiä",
    },
    "not-counted": {
        "en": "it is not known how many were asked to answer",
        "fi": "vastauspyynnön saaneiden määrää ei ole kerrottu",
    },
    "fact-not-given": {"en": "this is not known of the team", "fi": "tätä ei ole kerrottu tiimistä"},
    "not-given": {"en": "not given", "fi": "ei annettu"},
    "one-person": {
        "en": "this is one person's view; several people are needed",
        "fi": "tämä on yhden ihmisen näkemys; tarvitaan useita vastaajia",
    },
    "one-answer": {"en": "only one person has answered", "fi": "vain yksi on vastannut"},
    "one-dimension": {
        "en": "one dimension has nothing to be compared with",
        "fi": "yhdellä osa-alueella ei ole vertailukohtaa",
    },
    "too-few-in-common": {
        "en": "somebody left a question out",
        "fi": "joku jätti väittämän väliin",
    },
    "no-alpha": {
        "en": "there is one question, or nobody answered differently",
        "fi": "väittämiä on vain yksi, tai kaikki vastasivat samalla tavalla",
    },
    "fewer-than-ten": {"en": "fewer than 10 answers", "fi": "alle 10 vastausta"},
    "fewer-than-twenty": {"en": "fewer than 20 answers", "fi": "alle 20 vastausta"},
    "left-out-for-team": {"en": "left out of what the team sees", "fi": "jätetty pois tiimille näytettävästä"},
    "at-the-end": {
        "en": "the scores are too close to the end of the scale to be compared",
        "fi": "tulokset ovat liian lähellä asteikon päätä, jotta niitä voisi verrata",
    },
}
"""The text of each reason, in English and Finnish."""

_OF_A_ROUND: Final = ("too-few-answers", "too-few-rated", "group-absent", "not-asked")
"""Reasons that the earlier round may have as well as the present one."""

_ANSWERS: Final = {
    "en": ("no answers", "1 answer", "{} answers"),
    "fi": ("ei vastauksia", "1 vastaus", "{} vastausta"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a measure has no value, or none that is shown.

    Args:
        code: a key of MESSAGES.
        data: ``answers`` and ``needed`` for too-few-answers; ``group`` where a group is meant; ``round`` is
            ``earlier`` where the earlier round is.
    """

    code: str
    data: Mapping[str, int | str] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Give the reason in a few words without a full stop, in ``en`` or ``fi``."""
        answers, needed = int(self.data.get("answers", 0)), self.data.get("needed", 0)
        words = _ANSWERS[language][min(answers, 2)].format(answers)
        text = MESSAGES[self.code][language].format(answers=words, needed=needed)
        if self.data.get("round") != "earlier" or self.code not in _OF_A_ROUND:
            return text
        return {"en": f"earlier round: {text}", "fi": f"aiempi kierros: {text}"}[language]
