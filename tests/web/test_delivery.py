"""How answers travel: compressed for who can read that, and files kept by browsers until they change."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import web

STATIC = Path(web.__file__).parent / "static"
GZIP = {"Accept-Encoding": "gzip, br"}


def address_of(client: FlaskClient, name: str) -> str:
    """Give the address by which the front page asks for a file."""
    found = re.search(rf'href="([^"]*/{re.escape(name)}\?v=\w+)"', client.get("/").text)
    assert found
    return found[1]


def without_tokens(page: str) -> str:
    """Give a page without what differs from one time to the next."""
    return re.sub(r'value="[^"]*"', "", page)


@pytest.mark.parametrize("name", ["pelikirja.css", "bootstrap.min.css", "mark.svg"])
def test_files_are_fetched_once(client: FlaskClient, name: str) -> None:
    """A page names the version of its files, and a browser may keep such a one for ever."""
    response = client.get(address_of(client, name), buffered=True)
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("end", ["", "?v=", "?v=000000000000"])
def test_other_versions_are_asked_for_again(client: FlaskClient, end: str) -> None:
    """Without the present version a file is not kept unasked, so that no browser stays with an old one."""
    response = client.get(f"/static/pelikirja.css{end}", buffered=True)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-cache"


def test_a_changed_file_has_another_address(app: Flask, tmp_path: Path) -> None:
    """What is in a file decides its version."""
    app.static_folder = str(tmp_path)
    file = tmp_path / "pelikirja.css"
    found = set()
    for content in ("a", "bb"):
        file.write_text(content)
        found.add(address_of(app.test_client(), "pelikirja.css"))
    assert len(found) == 2


def test_a_page_comes_compressed(client: FlaskClient) -> None:
    """A browser that reads gzip gets far fewer bytes with the same words; others get them as they are."""
    plain, packed = client.get("/privacy"), client.get("/privacy", headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert without_tokens(gzip.decompress(packed.data).decode()) == without_tokens(plain.text)
    for response in (plain, packed):
        assert "Accept-Encoding" in response.headers["Vary"]
        assert response.headers["Cache-Control"] == "no-store"
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in client.get("/privacy", headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_a_file_comes_compressed(client: FlaskClient) -> None:
    """So do files, whose bytes are what lies on the disk, and a browser that has one is told so."""
    response = client.get("/static/pelikirja.css", headers=GZIP, buffered=True)
    assert gzip.decompress(response.data) == (STATIC / "pelikirja.css").read_bytes()
    known = {**GZIP, "If-None-Match": response.headers["ETag"]}
    again = client.get("/static/pelikirja.css", headers=known, buffered=True)
    assert (again.status_code, again.data) == (304, b"")


def test_the_length_does_not_tell_what_is_inside(client: FlaskClient) -> None:
    """The same page has many lengths, so that nobody who listens measures how well something fits into it."""
    lengths = {len(client.get("/sign-in", headers=GZIP).data) for _ in range(20)}
    assert len(lengths) > 5


def test_small_things_stay_as_they_are(client: FlaskClient) -> None:
    """A few bytes are not worth it."""
    assert "Content-Encoding" not in client.get("/ready", headers=GZIP).headers


def test_a_file_that_is_not_there(client: FlaskClient) -> None:
    """Its address is a page that does not exist, compressed or not."""
    assert client.get("/static/nothing.css", headers=GZIP).status_code == 404
