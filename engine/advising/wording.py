"""The words around figures and reasons, Finnish and English side by side."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    # whose answers
    "members": {"en": "members", "fi": "jäsenet"},
    "manager": {"en": "manager", "fi": "esihenkilö"},
    "column-members": {"en": "members", "fi": "jäsenet"},
    "column-manager": {"en": "manager (only you)", "fi": "esihenkilö (vain sinulle)"},
    "column-customers": {"en": "customers", "fi": "asiakkaat"},
    "customers": {"en": "customers", "fi": "asiakkaat"},
    "by-members": {"en": "members", "fi": "jäsenten arvio"},
    "by-manager": {"en": "the manager", "fi": "esihenkilön arvio"},
    "by-customers": {"en": "customers", "fi": "asiakkaiden arvio"},
    "than-members": {"en": "members", "fi": "jäsenten"},
    "than-manager": {"en": "the manager", "fi": "esihenkilön"},
    "than-customers": {"en": "customers", "fi": "asiakkaiden"},
    # what a measure is called: label before the value
    "score-members": {"en": "{name}", "fi": "{name}"},
    "score-manager": {"en": "{name}, the manager's own view", "fi": "{name}, esihenkilön oma arvio"},
    "score-customers": {"en": "{name}, customers' view", "fi": "{name}, asiakkaiden arvio"},
    "question": {"en": "“{name}”", "fi": "”{name}”"},
    "favourable": {"en": "{name}, share who rate it high", "fi": "{name}, hyväksi arvioivien osuus"},
    "unfavourable": {"en": "{name}, share who rate it low", "fi": "{name}, heikoksi arvioivien osuus"},
    "spread": {"en": "{name}, spread of answers", "fi": "{name}, vastausten hajonta"},
    "consensus": {"en": "{name}, consensus", "fi": "{name}, yksimielisyys"},
    "standing": {"en": "{name}, against the team's own mean", "fi": "{name}, suhteessa tiimin omaan keskiarvoon"},
    "change": {"en": "{name}, change since the last round", "fi": "{name}, muutos edellisestä kierroksesta"},
    "trend": {"en": "{name}", "fi": "{name}"},
    "gap": {"en": "{name}", "fi": "{name}"},
    "csat": {"en": "Satisfied customers", "fi": "Tyytyväisiä asiakkaita"},
    "nps": {"en": "Likelihood to recommend", "fi": "Suositteluhalukkuus"},
    "respondents-members": {"en": "Members who answered", "fi": "Vastanneita jäseniä"},
    "respondents-manager": {"en": "Managers who answered", "fi": "Vastanneita esihenkilöitä"},
    "respondents-customers": {"en": "Customers who answered", "fi": "Vastanneita asiakkaita"},
    "response-rate": {"en": "Share who answered, {group}", "fi": "Vastausprosentti, {group}"},
    "fact-size": {"en": "Team size", "fi": "Tiimin koko"},
    "fact-work-mode": {"en": "Way of working", "fi": "Työskentelytapa"},
    "fact-months-together": {"en": "Months together", "fi": "Kuukausia yhdessä"},
    "fact-rounds": {"en": "Rounds so far", "fi": "Kierroksia tähän mennessä"},
    "done": {"en": "Done: {name}", "fi": "Tehty: {name}"},
    "adopted": {"en": "Adopted: {name}", "fi": "Käytössä: {name}"},
    # values
    "of-scale": {"en": "{value} of {top}", "fi": "{value}\u00a0/\u00a0{top}"},
    "or-less": {"en": "at most {value}", "fi": "enintään {value}"},
    "or-more": {"en": "at least {value}", "fi": "vähintään {value}"},
    "about-or-less": {"en": "about {value} or less", "fi": "noin {value} tai vähemmän"},
    "about-or-more": {"en": "about {value} or more", "fi": "noin {value} tai enemmän"},
    "about": {"en": "about {value}", "fi": "noin {value}"},
    "higher": {
        "en": "rated {value} higher by {of} than by {minus}",
        "fi": "{of} on {value} pistettä korkeampi kuin {minus}",
    },
    "lower": {
        "en": "rated {value} lower by {of} than by {minus}",
        "fi": "{of} on {value} pistettä matalampi kuin {minus}",
    },
    "same": {"en": "rated the same by {of} and {minus}", "fi": "{of} on sama kuin {minus}"},
    "falling": {"en": "lower than in the last round", "fi": "matalampi kuin edellisellä kierroksella"},
    "steady": {"en": "no clear change since the last round", "fi": "ei selvää muutosta edellisestä kierroksesta"},
    "rising": {"en": "higher than in the last round", "fi": "korkeampi kuin edellisellä kierroksella"},
    "alike": {"en": "seen alike", "fi": "nähdään samoin"},
    "mixed": {"en": "seen in different ways", "fi": "nähdään eri tavoin"},
    "split": {"en": "views are far apart", "fi": "näkemykset hajallaan"},
    "onsite": {"en": "on site", "fi": "lähityö"},
    "hybrid": {"en": "hybrid", "fi": "hybridityö"},
    "remote": {"en": "remote", "fi": "etätyö"},
    "yes": {"en": "yes", "fi": "kyllä"},
    "no": {"en": "no", "fi": "ei"},
    "is-known": {"en": "to be known", "fi": "tieto tästä"},
    "is-unknown": {"en": "not known", "fi": "ei tiedossa"},
    # what a rule asks
    "below": {"en": "under {limit}", "fi": "alle {limit}"},
    "at-most": {"en": "{limit} or less", "fi": "enintään {limit}"},
    "above": {"en": "over {limit}", "fi": "yli {limit}"},
    "at-least": {"en": "{limit} or more", "fi": "vähintään {limit}"},
    "within": {"en": "from {limit} to {upper}", "fi": "{limit}–{upper}"},
    "is": {"en": "{limit}", "fi": "{limit}"},
    "just-under": {"en": "just under {limit}", "fi": "juuri alle {limit}"},
    "just-over": {"en": "just over {limit}", "fi": "juuri yli {limit}"},
    "not-within": {"en": "outside {limit} to {upper}", "fi": "muu kuin {limit}–{upper}"},
    "not-is": {"en": "other than {limit}", "fi": "muu kuin {limit}"},
    # advice
    "next-lever": {
        "en": "No weakness stands out. Next, lift the lowest of your dimensions: {name}",
        "fi": "Mikään heikkous ei nouse esiin. Tartu seuraavaksi matalimpaan osa-alueeseenne: {name}",
    },
    "only-lever": {
        "en": "No weakness stands out. What you asked about can still rise: {name}",
        "fi": "Mikään heikkous ei nouse esiin. Tätä voitte silti vielä vahvistaa: {name}",
    },
    "lever-meanwhile": {
        "en": "What was found has to wait. Meanwhile, lift the lowest of your dimensions: {name}",
        "fi": "Havaitut asiat joutuvat odottamaan. Tartu sillä välin matalimpaan osa-alueeseenne: {name}",
    },
    "after-play": {"en": "First: {name}", "fi": "Ensin: {name}"},
    "find-out": {"en": "Find out first: {what}", "fi": "Selvitä ensin: {what}"},
    "your-team": {"en": "Your team", "fi": "Tiimisi"},
    "answered-members": {"en": "{count} members", "fi": "{count} jäsentä"},
    "answered-members-one": {"en": "1 member", "fi": "1 jäsen"},
    "answered-customers-one": {"en": "1 customer", "fi": "1 asiakas"},
    "answered-manager-one": {"en": "manager", "fi": "esihenkilö"},
    "answered-members-of": {"en": "{count} of {invited} members", "fi": "{count}/{invited} jäsentä"},
    "answered-customers-of": {"en": "{count} of {invited} customers", "fi": "{count}/{invited} asiakasta"},
    "answered-manager": {"en": "{count} managers", "fi": "{count} esihenkilöä"},
    "answered-customers": {"en": "{count} customers", "fi": "{count} asiakasta"},
    "keep-this": {"en": "Keep this:", "fi": "Pidä kiinni tästä:"},
    "no-strength": {
        "en": "no clear strength yet; ask the team what already works.",
        "fi": "selvää vahvuutta ei vielä näy; kysy tiimiltä, mikä jo toimii.",
    },
    "start-here": {"en": "Start here", "fi": "Aloita näistä"},
    "nothing-to-start": {
        "en": "There is nothing to start with yet; see below for what is missing.",
        "fi": "Vielä ei ole mitään, mistä aloittaa; alla kerrotaan, mitä puuttuu.",
    },
    "within-two-days": {"en": "Within two days:", "fi": "Kahden päivän kuluessa:"},
    "minutes": {"en": "{count} minutes", "fi": "{count} minuuttia"},
    "for-team": {"en": "whole team", "fi": "koko tiimi"},
    "for-manager": {"en": "manager alone", "fi": "esihenkilö itse"},
    "evidence": {"en": "evidence {grade}", "fi": "näyttö {grade}"},
    "evidence-text": {
        "en": "**Evidence {grade}.** {sources}{limits}",
        "fi": "**Näyttö {grade}.** {sources}{limits}",
    },
    "also-found": {"en": "Also found", "fi": "Muut havainnot"},
    "later": {"en": "Later", "fi": "Myöhemmin"},
    "held-back": {"en": "Not now", "fi": "Ei vielä"},
    "held-back-instead": {
        "en": "{title} ({because}. Instead: {instead})",
        "fi": "{title} ({because}. Sen sijaan: {instead})",
    },
    "held-back-only": {"en": "{title} ({because})", "fi": "{title} ({because})"},
    "not-evaluated": {"en": "Could not be judged", "fi": "Ei voitu arvioida"},
    "not-judged": {"en": "{missing}: {reason} ({count} rules)", "fi": "{missing}: {reason} ({count} sääntöä)"},
    "not-judged-one": {"en": "{missing}: {reason} (1 rule)", "fi": "{missing}: {reason} (1 sääntö)"},
    "missing-members": {"en": "Members", "fi": "Jäsenet"},
    "missing-manager": {"en": "Manager", "fi": "Esihenkilö"},
    "missing-customers": {"en": "Customers", "fi": "Asiakkaat"},
    "missing-size": {"en": "Team size", "fi": "Tiimin koko"},
    "missing-work-mode": {"en": "Way of working", "fi": "Työskentelytapa"},
    "missing-months-together": {"en": "Months together", "fi": "Aika yhdessä"},
    "missing-rounds": {"en": "Earlier rounds", "fi": "Aiemmat kierrokset"},
    "profile": {"en": "How it looks", "fi": "Tulokset"},
    "dimension": {"en": "Dimension", "fi": "Osa-alue"},
    "consensus-figure": {"en": "consensus {value}", "fi": "yksimielisyys {value}"},
    "why-this": {"en": "Why this?", "fi": "Miksi tämä?"},
    "agreement": {"en": "To agree on: {title}", "fi": "Sovittavaksi: {title}"},
    "review-after": {"en": "Review after {weeks} weeks.", "fi": "Tarkistetaan {weeks} viikon kuluttua."},
    "one-view": {"en": "One person's view", "fi": "Yhden ihmisen näkemys"},
    # why
    "rule": {"en": "Rule {id}", "fi": "Sääntö {id}"},
    "instead": {"en": "Instead: {name}", "fi": "Sen sijaan: {name}"},
    "instead-of": {"en": "In place of: {name}", "fi": "Korvaa harjoitteen: {name}"},
    "it-fired": {"en": "It holds, because", "fi": "Toteutuu, koska"},
    "not-fired": {"en": "It does not hold, because", "fi": "Ei toteudu, koska"},
    "not-known": {"en": "It could not be judged; missing", "fi": "Ei voitu arvioida; puuttuu"},
    "nearest": {"en": "Nearest to holding, but not holding", "fi": "Lähimpänä toteutumista, mutta ei toteudu"},
    "breach": {"en": "If it is broken:", "fi": "Jos sovittua rikotaan:"},
    "not-recommended": {"en": "Not suggested to this team", "fi": "Ei suositella tälle tiimille"},
    "priority": {"en": "Priority {value} ({terms})", "fi": "Tärkeys {value} ({terms})"},
    "term-need": {"en": "need", "fi": "tarve"},
    "term-customers": {"en": "customers", "fi": "asiakkaat"},
    "term-effect": {"en": "effect", "fi": "vaikutus"},
    "term-evidence": {"en": "evidence", "fi": "näyttö"},
    "term-effort": {"en": "ease", "fi": "helppous"},
    # what if
    "would-appear": {"en": "Would appear: {name}", "fi": "Tulisi lisää: {name}"},
    "would-go": {"en": "Would go: {name}", "fi": "Poistuisi: {name}"},
    "would-start": {"en": "To start with: {name}", "fi": "Aloitettaviin tulisi: {name}"},
    "would-stop": {"en": "No longer to start with: {name}", "fi": "Aloitettavista poistuisi: {name}"},
    "nothing-changes": {"en": "Nothing would change.", "fi": "Mikään ei muuttuisi."},
    # what was read
    "ignored-columns": {
        "en": "Columns not read ({count}): {names}",
        "fi": "Lukematta jätetyt sarakkeet ({count}): {names}",
    },
    "set-aside-cells": {"en": "Answers set aside: {count}", "fi": "Pois jätettyjä vastauksia: {count}"},
    "set-aside-rows": {"en": "Rows set aside: {count}", "fi": "Pois jätettyjä rivejä: {count}"},
    # statistics
    "alpha": {
        "en": "Alpha {value} (from {count} respondents who answered everything)",
        "fi": "Alfa {value} ({count} vastaajaa, jotka vastasivat kaikkiin väittämiin)",
    },
    "rwg": {
        "en": "rWG(J) over {count} teams: lowest {low}, mean {mean}, highest {high}",
        "fi": "rWG(J), {count} tiimiä: pienin {low}, keskiarvo {mean}, suurin {high}",
    },
    "no-rwg": {
        "en": "rWG(J): no team is large enough to show it",
        "fi": "rWG(J): yksikään tiimi ei ole niin suuri, että sen voisi näyttää",
    },
    "question-column": {"en": "Question", "fi": "Väittämä"},
    "answers-column": {"en": "answers", "fi": "vastauksia"},
    "mean-column": {"en": "mean", "fi": "keskiarvo"},
    "rest-column": {"en": "with the rest", "fi": "yhteys muihin"},
    "team-column": {"en": "Team", "fi": "Tiimi"},
    # distances and gaps
    "needed": {"en": "needed", "fi": "tarvitaan"},
    "away": {"en": "{value} away", "fi": "matkaa {value}"},
    "very-near": {"en": "very near", "fi": "hyvin lähellä"},
    "finding-fired": {"en": "Finding: {name}", "fi": "Havainto: {name}"},
    "finding-absent": {"en": "No finding: {name}", "fi": "Ei havaintoa: {name}"},
    "may-explain": {"en": "It may explain: {name}", "fi": "Se voi selittää: {name}"},
    "possible-cause": {"en": "Possible cause: {name}", "fi": "Mahdollinen syy: {name}"},
}


def word(key: str, language: str, /, **values: object) -> str:
    """Give a text of the catalogue with values put in.

    Args:
        key: one of WORDS.
        language: ``en`` or ``fi``.
        values: what the text's placeholders stand for.
    """
    return WORDS[key][language].format(**values)


def number(value: Decimal | int, language: str) -> str:
    """Write a number as a reader of the language expects: decimal comma in Finnish, a real minus sign in both."""
    text = str(value).replace("-", "−")
    return text.replace(".", ",") if language == "fi" else text


def percent(value: Decimal, language: str) -> str:
    """Write a share of 0 to 1 as per cent, with the space that each language wants, which never breaks a line."""
    share = value * 100
    figure = number(int(share) if share == int(share) else share.normalize(), language)
    return f"{figure}\u00a0%" if language == "fi" else f"{figure}%"
