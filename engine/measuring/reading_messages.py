# ruff: noqa: E501 - a sentence is easier to compare with its translation when it is not cut in two
"""What the reading of answer tables says to people, in both languages, side by side.

A template is the message, then, after `` | ``, the hint where there is one.
"""

from __future__ import annotations

from typing import Final

MESSAGES: Final[dict[str, dict[str, str]]] = {
    # Files that cannot be used.
    "missing-file": {
        "en": "there is no such file | check the name and the folder",
        "fi": "tällaista tiedostoa ei ole | tarkista nimi ja kansio",
    },
    "not-a-file": {
        "en": "this is not a file | name the table itself",
        "fi": "tämä ei ole tiedosto | anna taulukkotiedoston nimi",
    },
    "unreadable": {
        "en": "the file cannot be read | check that you may open it and that no other program has locked it",
        "fi": "tiedostoa ei voi lukea | tarkista, että saat avata sen eikä mikään muu ohjelma ole lukinnut sitä",
    },
    "wrong-type": {
        "en": "{found} cannot be read as a table of answers | save the table as .csv, .xlsx, .json or .yaml",
        "fi": "tiedostoa, jonka pääte on {found}, ei voi lukea vastaustaulukkona | tallenna taulukko muotoon .csv, .xlsx, .json tai .yaml",
    },
    "other-type": {
        "en": "the name ends with {suffix} but the content is an Excel workbook | name it .xlsx",
        "fi": "nimen lopussa on {suffix}, mutta sisältö on Excel-työkirja | anna sille pääte .xlsx",
    },
    "empty": {
        "en": "the table holds no rows of answers | the first row names the columns, the answers follow it",
        "fi": "taulukossa ei ole vastausrivejä | ensimmäisellä rivillä ovat sarakkeiden nimet, sen jälkeen vastaukset",
    },
    "no-questions": {
        "en": "no column is named after a question of {whose} | name the columns by the questions’ ids, such as “{example}”,"
        " or by their texts in English or in Finnish",
        "fi": "yksikään sarakkeen nimi ei vastaa mitään väittämää {whose} | nimeä sarakkeet väittämien tunnuksilla, kuten"
        " ”{example}”, tai niiden suomen- tai englanninkielisillä teksteillä",
    },
    "encoding": {
        "en": "the file’s characters cannot be decoded as {encoding} | save it as CSV UTF-8",
        "fi": "tiedoston merkkejä ei voi tulkita merkistöllä {encoding} | tallenna se muotoon CSV UTF-8",
    },
    "nul-bytes": {
        "en": "the file holds NUL characters, so it is damaged or not a text | save it as CSV UTF-8",
        "fi": "tiedostossa on NUL-merkkejä: se on vioittunut tai ei ole tekstiä | tallenna se muotoon CSV UTF-8",
    },
    "long-line": {
        "en": "a line is longer than {limit:,} bytes | check that the file is a table",
        "fi": "rivi on pidempi kuin {limit} tavua | tarkista, että tiedosto on taulukko",
    },
    "too-large": {
        "en": "the file is larger than {limit:,} bytes | split it, or save it as CSV, which may be of any size",
        "fi": "tiedosto on suurempi kuin {limit} tavua | jaa se osiin tai tallenna CSV:ksi, joka saa olla minkä kokoinen vain",
    },
    "too-wide": {
        "en": "the table has more than {limit:,} columns | remove the ones that are not needed",
        "fi": "taulukossa on yli {limit} saraketta | poista tarpeettomat",
    },
    "no-openpyxl": {
        "en": "reading Excel workbooks needs openpyxl | pip install 'pelikirja[xlsx]', or save the table as CSV",
        "fi": "Excel-työkirjojen lukeminen vaatii openpyxl:n | pip install 'pelikirja[xlsx]', tai tallenna taulukko CSV:ksi",
    },
    "bad-workbook": {
        "en": "this is not an Excel workbook, or it is damaged | open it in Excel and save it again as .xlsx",
        "fi": "tämä ei ole Excel-työkirja tai se on vioittunut | avaa se Excelissä ja tallenna uudelleen muotoon .xlsx",
    },
    "old-workbook": {
        "en": "this is an old (.xls) or password-protected workbook | save it as .xlsx without a password",
        "fi": "tämä on vanha (.xls) tai salasanalla suojattu työkirja | tallenna se muotoon .xlsx ilman salasanaa",
    },
    "zip-bomb": {
        "en": "the workbook would unpack to more than {limit:,} bytes and is not opened | save only the table as CSV",
        "fi": "työkirja veisi purettuna yli {limit} tavua, joten sitä ei avata | tallenna pelkkä taulukko CSV:ksi",
    },
    "bad-json": {
        "en": "this is not JSON | check the commas, quotes and brackets here",
        "fi": "tämä ei ole JSONia | tarkista pilkut, lainausmerkit ja sulkeet tästä kohdasta",
    },
    "not-records": {
        "en": "a list of respondents is expected | write [{{…}}, {{…}}], one object per respondent, or {{\"answers\": […]}}",
        "fi": "tässä pitäisi olla lista vastaajista | kirjoita [{{…}}, {{…}}], yksi olio vastaajaa kohti, tai"
        " {{\"answers\": […]}}",
    },
    "no-respondent": {
        "en": "a table with one answer per row needs a column that says whose answer it is | add a “respondent” column",
        "fi": "taulukossa, jossa on yksi vastaus rivillä, tarvitaan sarake vastaajille | lisää sarake ”vastaaja”",
    },
    # The file as a whole.
    "guessed-encoding": {
        "en": "the file is not UTF-8 and was read as Windows-1252 | check the letters ä and ö, or save it as CSV UTF-8",
        "fi": "tiedosto ei ole UTF-8:aa, ja se luettiin Windows-1252-merkistöllä | tarkista kirjaimet ä ja ö tai tallenna"
        " se muotoon CSV UTF-8",
    },
    "other-sheets": {
        "en": "only the sheet “{sheet}” was read; {others} with questions too was not | save each sheet as its own file",
        "fi": "vain välilehti ”{sheet}” luettiin; väittämiä on muuallakin, mutta näitä ei luettu: {others} |"
        " tallenna jokainen välilehti omaksi tiedostokseen",
    },
    "duplicate-column": {
        "en": "columns {first} and {second} are both “{header}”; the first is read | remove one of them",
        "fi": "sarakkeet {first} ja {second} ovat molemmat ”{header}”; niistä luetaan ensimmäinen | poista toinen",
    },
    "near-column": {
        "en": "the column “{header}” is not read, since no question has that name",
        "fi": "saraketta ”{header}” ei lueta, koska sen nimistä väittämää ei ole",
    },
    "unnamed-column": {
        "en": "column {number} holds values but has no name, so it is not read | name it; unmerge merged header cells",
        "fi": "sarakkeessa {number} on arvoja mutta ei nimeä, joten sitä ei lueta | nimeä se; pura yhdistetyt otsikkosolut",
    },
    "unused-answers": {
        "en": "{count} columns hold answers of {group} to other questionnaires than “{questionnaire}” and are not read, such"
        " as “{header}” | import one questionnaire of a group at a time",
        "fi": "{count} sarakkeessa on vastauksia ({group}) muuhun kyselyyn kuin ”{questionnaire}”, eikä niitä lueta;"
        " esimerkiksi ”{header}” | tuo ryhmältä yksi kysely kerrallaan",
    },
    "unused-rows": {
        "en": "{count} rows hold answers of {group} to a second questionnaire and are not read, the first of them row {row}"
        " | import one questionnaire of a group at a time",
        "fi": "{count} rivillä on vastauksia ({group}) toiseen kyselyyn, eikä niitä lueta; ensimmäinen niistä on"
        " rivi {row} | tuo ryhmältä yksi kysely kerrallaan",
    },
    "no-columns-of": {
        "en": "no column belongs to the questionnaire “{questionnaire}” that you named | check the names of the columns",
        "fi": "yksikään sarake ei kuulu nimeämääsi kyselyyn ”{questionnaire}” | tarkista sarakkeiden nimet",
    },
    "missing-columns": {
        "en": "{count} of the {total} questions of “{questionnaire}” are not in the table, such as “{example}” | fine if"
        " they were not asked; otherwise check the names of the columns",
        "fi": "kyselyn ”{questionnaire}” {total} väittämästä {count} puuttuu taulukosta, esimerkiksi ”{example}” | hyvä"
        " niin, jos niitä ei kysytty; muuten tarkista sarakkeiden nimet",
    },
    "no-answers": {
        "en": "{count} rows hold no answer that can be read and were left out, the first of them row {row}",
        "fi": "{count} rivillä ei ole yhtään vastausta, jonka voi lukea, ja ne jätettiin pois; ensimmäinen niistä on rivi {row}",
    },
    "silent-respondents": {
        "en": "{count} respondents gave no answer at all and were left out",
        "fi": "{count} vastaajaa ei ole antanut yhtään vastausta, ja heidät jätettiin pois",
    },
    "no-round": {
        "en": "{count} rows do not say the round, the first of them row {row}; they are read as a round before the others |"
        " fill the column in",
        "fi": "{count} riviltä puuttuu kierros, ensimmäisenä riviltä {row}; ne luetaan omaksi kierroksekseen ennen muita |"
        " täydennä sarake",
    },
    "similar-teams": {
        "en": "“{first}” and “{second}” are read as two teams | write the name in one way if they are the same",
        "fi": "”{first}” ja ”{second}” luetaan kahdeksi tiimiksi | jos kyse on samasta tiimistä, kirjoita nimi aina samalla tavalla",
    },
    # Rows and cells that are set aside.
    "bad-quotes": {
        "en": "row {row} has a quote that is not closed, or text after a closing quote; the row is set aside | write a"
        " quote inside a quoted cell twice",
        "fi": "rivillä {row} on lainausmerkki, jota ei suljeta, tai tekstiä sulkevan lainausmerkin jälkeen; rivi jätetään"
        " pois | kirjoita lainatun solun sisäinen lainausmerkki kahdesti",
    },
    "long-field": {
        "en": "row {row} has a cell that is too long, or a quote that is not closed; the row is set aside | shorten it, or"
        " close the quote",
        "fi": "rivillä {row} on liian pitkä solu tai lainausmerkki, jota ei suljeta; rivi jätetään pois | lyhennä solua tai"
        " sulje lainausmerkki",
    },
    "ragged-row": {
        "en": "row {row} has {found} cells where the header has {expected}; the row is set aside | put cells that contain"
        " the separator in quotes",
        "fi": "rivillä {row} on {found} solua, otsikossa {expected}; rivi jätetään pois | pane lainausmerkkeihin solut,"
        " joissa on erotinmerkki",
    },
    "not-a-record": {
        "en": "row {row} is not an object with keys and values; it is set aside | write {{\"question\": answer, …}}",
        "fi": "rivi {row} ei ole olio, jossa on avaimia ja arvoja; se jätetään pois | kirjoita {{\"väittämä\": vastaus, …}}",
    },
    "repeated-key": {
        "en": "row {row} has “{header}” twice; the first is read | keep one of them",
        "fi": "rivillä {row} on ”{header}” kahdesti; niistä luetaan ensimmäinen | jätä toinen pois",
    },
    "no-team": {
        "en": "row {row} does not say the team; it is set aside | fill the column “{header}” in",
        "fi": "riviltä {row} puuttuu tiimi; rivi jätetään pois | täydennä sarake ”{header}”",
    },
    "nobody": {
        "en": "row {row} does not say whose answer it is; it is set aside | fill the column “{header}” in",
        "fi": "riviltä {row} puuttuu vastaaja; rivi jätetään pois | täydennä sarake ”{header}”",
    },
    "unknown-group": {
        "en": "row {row}: “{found}” is not a group; the row is set aside",
        "fi": "rivi {row}: ”{found}” ei ole vastaajaryhmä; rivi jätetään pois",
    },
    "no-questionnaire": {
        "en": "{count} rows from row {row} on are answers of {group}, whose questions are not read here; they are set aside"
        " | add the columns or the questionnaire of this group, if you want them",
        "fi": "{count} riviä riviltä {row} alkaen: tämän ryhmän väittämiä ei tässä lueta ({group}); rivit jätetään pois"
        " | lisää tämän ryhmän sarakkeet tai kysely, jos haluat ne mukaan",
    },
    "formula": {
        "en": "row {row}, “{header}”: a formula; paste its value{aside} | in Excel: copy, then paste special, values",
        "fi": "rivi {row}, ”{header}”: kaava; liitä sen arvo{aside} | Excelissä: kopioi ja liitä määräten, arvot",
    },
    "duplicate-respondent": {
        "en": "row {row}: this respondent has answered before in the same round; the first answers count and the row is set"
        " aside",
        "fi": "rivi {row}: sama vastaaja on jo vastannut tällä kierroksella; ensimmäiset vastaukset jäävät voimaan, ja"
        " rivi jätetään pois",
    },
    "duplicate-answer": {
        "en": "row {row}: this respondent has answered “{question}” before; the first answer counts and the row is set aside",
        "fi": "rivi {row}: sama vastaaja on jo vastannut väittämään ”{question}”; ensimmäinen vastaus jää voimaan, ja rivi"
        " jätetään pois",
    },
    "unknown-question": {
        "en": "row {row}: “{found}” is not a question that is known here; rows set aside for it: {count}",
        "fi": "rivi {row}: ”{found}” ei ole tunnettu väittämä; sen takia pois jätettyjä rivejä: {count}",
    },
    "bad-answer": {
        "en": "row {row}, “{header}”: expected {expected}; found “{found}”",
        "fi": "rivi {row}, ”{header}”: odotettiin {expected}; löytyi ”{found}”",
    },
}  # fmt: skip

WORDS: Final[dict[str, dict[str, str]]] = {
    "members": {"en": "members", "fi": "jäsenet"},
    "manager": {"en": "the manager", "fi": "esihenkilö"},
    "customers": {"en": "customers", "fi": "asiakkaat"},
    "any": {"en": "any questionnaire", "fi": "missään kyselyssä"},
    "chosen": {"en": "the questionnaires that you named", "fi": "nimeämissäsi kyselyissä"},
    "row-aside": {"en": "; the row is set aside", "fi": "; rivi jätetään pois"},
    "did-you-mean": {"en": "did you mean “{word}”?", "fi": "tarkoititko ”{word}”?"},
    "one-of": {"en": "use one of: {words}", "fi": "käytä jotakin näistä: {words}"},
    "numbers": {"en": "{low}–{high} or nothing", "fi": "{low}–{high} tai tyhjää"},
    "labels": {
        "en": "{low}–{high}, a label such as “{label}”, or nothing",
        "fi": "{low}–{high}, vaihtoehdon nimeä kuten ”{label}” tai tyhjää",
    },
}  # fmt: skip

YAML_IN_FINNISH: Final[dict[str, str]] = {
    "too-large": "tiedosto on liian suuri | jaa se osiin",
    "unreadable": "tiedostoa ei voi lukea",
    "encoding": "tiedosto ei ole UTF-8:aa | tallenna se UTF-8:na",
    "syntax": "tämä ei ole YAMLia | tarkista sisennys, lainausmerkit ja sulkeet",
    "bad-character": "tätä merkkiä ei sallita YAMLissa | poista se",
    "too-deep": "tässä on liikaa sisäkkäisiä tasoja",
    "no-anchors": "ankkureita ja viittauksia ei käytetä tässä | kirjoita sisältö auki",
    "no-tags": "tyyppimerkintöjä ei käytetä tässä | poista merkintä",
    "one-document": "tässä alkaa toinen asiakirja | poista rivi ---",
    "bad-key": "avaimen pitää olla sana | tarkista sulkeet",
    "duplicate-key": "”{word}” on tässä kahdesti | jätä toinen pois",
}  # fmt: skip
"""What the YAML door says, by its codes; the door itself speaks English only."""
