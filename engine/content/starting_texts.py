"""What new content starts from; words in «» are filled in by scaffold.py."""

from __future__ import annotations

from typing import Final

RULE: Final = """\
# yaml-language-server: $schema=../docs/schemas/rules.json
# Which team is this rule about, and what does it need to hear?
rules:
  - id: «ID»                          # a finding's id is its rule's id
    finding:
      kind: weakness                  # strength, weakness, split, blind-spot, possible-cause, change or data
      severity: medium                # critical, high, medium or low
      en: Write here in a few words what was found
      fi: Kirjoita tähän muutamalla sanalla, mitä havaittiin
    # Set the dimension and the threshold right; the scenario fails until then. Several go under "all:" or "any:".
    when: {score: «DIMENSION», below: 1.5}
    why: Write here why the threshold stands where it does.

  # What helps? Take the # away and name a play from playbooks/actions/.
  # - id: for-«ID»
  #   recommend: name-of-a-play
  #   treats: [«ID»]
"""

RULE_SCENARIO: Final = """\
# yaml-language-server: $schema=../docs/schemas/scenarios.json
# Examples of teams and what they should be told. These run with: pelikirja test
scenarios:
  - name: A team that should get the finding «ID»
    profile: {«DIMENSION»: 2.6}       # the members' scores of such a team, just on this side of the threshold
    expect:
      findings: [«ID»]

  - name: A team that should not get the finding «ID»
    profile: {«DIMENSION»: 4.2}
    expect:
      not-findings: [«ID»]
"""

PLAY: Final = """\
# yaml-language-server: $schema=../../../docs/schemas/play.json
id: «ID»
title:
  en: Write here what the play is called
  fi: Kirjoita tähän harjoitteen nimi
for: team                             # team or manager
minutes: 60
people: [3, 12]                       # the fewest and the most
effect: medium                        # small, medium or large
evidence:
  grade: C                            # A: meta-analyses or trials on teams; B: experiments, field studies; C: practice
  # sources: [Author 2020, journal]   # the studies; grades A and B need at least one
  limits:
    en: Write here what the evidence does not show.
    fi: Kirjoita tähän, mitä näyttö ei osoita.
first-step:
  en: Write here what to do within two days.
  fi: Kirjoita tähän, mitä tehdään kahden päivän kuluessa.
measure: «DIMENSION»                  # the dimension that should move
# unless: {finding: unsafe-to-speak}  # when it is held back, and the play that is better then
# instead: name-of-a-play
# after: [name-of-a-play]             # what comes first
# agreements: [name-of-a-template]    # agreement templates that it leads to
"""

PLAY_EN: Final = """\
## Why this

Write here what changes when a team does this.

## Steps

1. **10 min.** Write here what happens first.
2. **40 min.** And then.
3. **10 min.** How it ends: who does what by when?

## How you know it helped

Write here what the team will notice.
"""

PLAY_FI: Final = """\
## Miksi tämä

Kirjoita tähän, mikä muuttuu, kun tiimi tekee tämän.

## Vaiheet

1. **10 min.** Kirjoita tähän, mitä tapahtuu ensin.
2. **40 min.** Ja sitten.
3. **10 min.** Miten päätetään: kuka tekee mitä ja mihin mennessä?

## Mistä tiedät, että siitä oli apua

Kirjoita tähän, mitä tiimi huomaa.
"""

PLAY_SCENARIO: Final = """\
# yaml-language-server: $schema=../docs/schemas/scenarios.json
# Fails until a rule in rules/ recommends the play to such a team. Run it with: pelikirja test
scenarios:
  - name: A team that should start with «ID»
    profile: {«DIMENSION»: 2.4}       # the members' scores of such a team
    expect:
      start-here: [«ID»]
"""

TEMPLATE: Final = """\
# yaml-language-server: $schema=../../docs/schemas/template.json
id: «ID»
title:
  en: Write here what the agreement is called
  fi: Kirjoita tähän pelisääntöpohjan nimi
answers: [«FINDING»]                  # the findings that it is for
review-after-weeks: 6
clauses:                              # five to nine that someone could notice being kept or broken within two weeks
  - id: first-clause
    en: "Write here what everyone does, and when: {{ choice }}."
    fi: "Kirjoita tähän, mitä jokainen tekee ja milloin: {{ choice }}."
    choices:                          # leave out together with {{ choice }} where there is nothing to choose
      en: [every week, every other week]
      fi: [joka viikko, joka toinen viikko]
breach:
  en: Write here how we raise it kindly when a clause is not kept.
  fi: Kirjoita tähän, miten otamme ystävällisesti puheeksi, jos pelisäännöstä lipsutaan.
"""

TEMPLATE_SCENARIO: Final = """\
# yaml-language-server: $schema=../docs/schemas/scenarios.json
# Fails until you have described a team that needs the agreement. Run it with: pelikirja test
scenarios:
  - name: A team that needs the agreement «ID»
    profile: {}                       # the members' scores of such a team, as in {agreements: 2.4}
    expect:
      findings: [«FINDING»]
      # start-here: [a play whose “agreements:” names «ID»]
"""

QUESTIONNAIRE: Final = """\
# yaml-language-server: $schema=../../docs/schemas/questionnaire.json
id: «ID»
en: Write here what the questionnaire is called
fi: Kirjoita tähän kyselyn nimi
group: members                        # members, manager or customers
scale:
  from: 1
  to: 5
  labels:
    en: [Strongly disagree, Disagree, In between, Agree, Strongly agree]
    fi: [Täysin eri mieltä, Eri mieltä, Siltä väliltä, Samaa mieltä, Täysin samaa mieltä]
  cant-say: {en: Can't say, fi: En osaa sanoa}
dimensions:
  - id: «ID»
    en: Write here what the dimension is called
    fi: Kirjoita tähän osa-alueen nimi
    questions:                        # each one statement, all worded so that agreeing is good
      - id: «ID»-first
        en: Write here a statement that a team member can agree with.
        fi: Kirjoita tähän väittämä, josta tiimin jäsen voi olla samaa mieltä.
      - id: «ID»-second
        en: Write here another statement about the same.
        fi: Kirjoita tähän toinen väittämä samasta asiasta.
"""

QUESTIONNAIRE_SCENARIO: Final = """\
# yaml-language-server: $schema=../docs/schemas/scenarios.json
# Fails until you have described a team that should begin with this dimension. Run it with: pelikirja test
scenarios:
  - name: A team whose next lever is «ID»
    profile: {}                       # the members' scores of such a team, as in {«ID»: 3.1}
    measures: {}                      # what the next lever is chosen by, as in {standing «ID» members: -0.4}
    expect:
      next-lever: «ID»
"""
