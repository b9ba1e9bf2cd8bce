"""What is sent by nobody's browser: ids, words, headers and bodies to try on every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from web.security import MAX_REQUEST

IDS: Final = (
    "0",
    "-1",
    "2147483648",
    "9223372036854775808",
    "9" * 40,
    "1" * 5000,
    "٣",
    "1.0",
    "%FF%FE",
    "%ED%A0%80",
    "💩",
    "a" * 3000,
    "..%2f..%2f",
    "%2e%2e",
    "%E2%80%AE",
    "%0d%0aSet-Cookie:a=b",
    "{{7*7}}",
    "' OR 1=1 --",
)
METHODS: Final = ("HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "PROPFIND", "FOO")
WORDS: Final = {
    "long": "x" * 5000,
    "number": "9" * 5000,
    "negative": "-1",
    "infinite": "1e400",
    "nan": "nan",
    "line": "a\r\nb: c",
    "control": "\x01\x1b[0m\x7f",
    "order": "\u202eabc",
    "nothing": "",
    "blank": " \u200b\u00a0",
    "no character": "\uffff",
    "year": "9999-12-31",
    "no date": "0000-00-00",
    "first": "0001-01",
    "digits": "٣",
    "format": "{0}%s%(num)s{{7*7}}",
    "sql": "' OR 1=1 --",
    "emoji": "💩" * 60,
    "lines": "\u2028\x85\n" * 300,
}
FIELDS: Final = {
    "name": "Nokka",
    "size": "5",
    "work_mode": "hybrid",
    "language": "fi",
    "together_since": "2025-01",
    "email": "q@example.org",
    "password": "x" * 14,
    "again": "x" * 14,
    "old": "x" * 14,
    "role": "coach",
    "names": "Aino",
    "questionnaire": "quick-check",
    "members": "5",
    "customers": "y",
    "customers_invited": "5",
    "last_day": "2026-12-01",
    "go": "send",
    "step": "14",
    "key": "k" * 24,
    "agreements-raised": "3",
    "dimension": "agreements",
    "score": "3",
    "back": "/teams",
}
"""Every field of our forms, each with something that is right for it."""
STRANGE_HEADERS: Final[tuple[dict[str, str], ...]] = (
    {"Host": "evil host:x"},
    {"Host": "a" * 5000},
    {"Host": ""},
    {"Host": "xn--\xe4"},
    {"Host": "[::1"},
    {"Accept-Language": "x" * 9000 + ";q=zz, ,,;"},
    {"Accept-Language": "en;q=NaN,fi;q=inf"},
    {"Accept": "\xff"},
    {"Cookie": "pelikirja=" + "A" * 9000},
    {"Cookie": "pelikirja=.eJx.x.x; =;;=;\xff"},
    {"Range": "bytes=0-" + "9" * 30},
    {"Range": "bytes=99999999999-1,,"},
    {"If-Modified-Since": "Thu, 99 Foo 99999"},
    {"If-None-Match": '"' * 100},
    {"User-Agent": "x" * 60_000},
    {"Referer": "\xff"},
    {"X-Forwarded-For": "x," * 1000},
    {"Content-Length": "-5"},
    {"Content-Length": "abc"},
    {"Content-Length": "9" * 30},
    {"Transfer-Encoding": "chunked"},
    {"Content-Type": "multipart/form-data"},
    {"Content-Type": 'multipart/form-data; boundary=""'},
    {"Content-Type": "application/json"},
    {"Content-Type": "application/x-www-form-urlencoded; charset=klingon"},
)


ASKED: Final = {
    "/teams/new": "name size work_mode together_since language",
    "/teams/2/rounds/new": "questionnaire members customers customers_invited last_day",
    "/rounds/2/links/members": "names",
    "/rounds/2/move": "last_day",
    "/join/{0.join}": "name email",
    "/sign-in": "email password",
    "/account": "again",
    "/admin": "role",
    "/a/{0.members}": "go step key language agreements-raised",
    "/language/fi": "back",
    "/quick-check": "go step key language agreements-raised",
    "/teams/1/erase": "name",
}
"""The fields of each form, by where it goes."""


def multipart(*parts: bytes) -> bytes:
    """Write parts as a form with files does."""
    return b"".join(b"--x\r\nContent-Disposition: form-data; " + each + b"\r\n" for each in parts) + b"--x--\r\n"


def bodies(token: bytes) -> Mapping[str, tuple[str, bytes]]:
    """Give strange bodies by what is strange in them, each with its type."""
    plain, parts = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
    field = b'name="csrf_token"\r\n\r\n' + token
    return {
        "many fields": (plain, b"&".join(b"a%d=1" % each for each in range(20_000)) + b"&csrf_token=" + token),
        "bytes": (plain, b"\xff\xfe&%ff=%ff&csrf_token=" + token),
        "surrogates": (plain, b"name=%ED%A0%80&email=%ED%B2%80&names=%ff&csrf_token=" + token),
        "NUL in a name": (plain, b"%00=1&go=send&step=14&csrf_token=" + token),
        "UTF-7": (parts, multipart(b'name="name"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+AAA-', field)),
        "many parts": (parts, multipart(*[b'name="a"\r\n\r\n1'] * 3000, field)),
        "a file": (parts, multipart(b'name="names"; filename="../../\x00e"\r\nContent-Type: \xff\r\n\r\nx', field)),
        "many headers": (parts, b"--x\r\n" + b"A: b\r\n" * 20_000),
        "no end": (parts, multipart(field)[:-8]),
        "JSON": ("application/json", b"{" * 10_000),
        "no type": ("", b"x" * 1000),
        "a large file": (parts, multipart(b'name="a"; filename="a"\r\n\r\n' + b"x" * MAX_REQUEST, field)),
    }
