"""What is built, installed and offered to a newcomer."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))
SHIPPED = ("rules", "playbooks", "examples")
DEV_EXTRAS = ("xlsx", "postgresql", "test", "dev")


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """Run a command that must succeed, and give what it printed."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(kind: str, source: Path, into: Path) -> Path:
    """Build the wheel or the source distribution of a source tree."""
    run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", into, cwd=source)
    [built] = into.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the wheel as built from this tree."""
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


def contents(wheel: Path) -> dict[str, bytes]:
    """Give what a wheel holds, by name."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def unpacked(wheel: Path, site: Path) -> Path:
    """Unpack a wheel into a folder."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def run_from(site: Path, code: str, *typed: str | Path) -> str:
    """Run code with the package of a folder, from another folder, and give what it printed after where it is."""
    start = f"import sys; sys.path.insert(0, {str(site)!r}); import web.cli as c; print(c.__file__); {code}"
    printed = run(sys.executable, "-c", start, *typed, cwd=site.parent)
    assert printed.startswith(str(site))
    return printed.split("\n", maxsplit=1)[1]


def requirements(path: Path) -> dict[str, tuple[str, str]]:
    """Give the version and the rest of each requirement in a requirements file."""
    lines = re.sub(r"\\\n", " ", re.sub(r"(?m)^ *#.*\n", "", path.read_text(encoding="utf-8"))).splitlines()
    found = {}
    for line in lines:
        match = re.match(r"([a-z0-9-]+)==(\S+)(.*)", line)
        assert match, f"{path.name} pins no version in “{line}”"
        found[match[1]] = (match[2], match[3])
    return found


def make_targets() -> set[str]:
    """Give the targets of the Makefile that a person may ask for."""
    return set(re.findall(r"(?m)^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8")))


@pytest.mark.slow
@pytest.mark.parametrize("folder", SHIPPED)
def test_the_wheel_ships_all_content(wheel: Path, folder: str) -> None:
    """Every file of the content folders is in the wheel, beside the engine, byte for byte."""
    found = contents(wheel)
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert files, f"nothing in {folder}/ to ship"
    for path in files:
        assert found[f"engine/shipped/{path.relative_to(ROOT).as_posix()}"] == path.read_bytes()


@pytest.mark.slow
def test_the_wheel_holds_the_engine_the_pages_and_nothing_else(wheel: Path) -> None:
    """The wheel holds the typed engine, the pages, the command and the content: no tests, no tools, no caches."""
    found = contents(wheel)
    assert "engine/py.typed" in found
    assert {"web/templates/base.html", "web/static/pelikirja.css", "web/fi.po"} <= set(found)
    assert "web/database/migrations/0001_first_tables.py" in found
    assert {name.split("/")[0] for name in found} == {"engine", "pelikirja-0.1.0.dist-info", "web"}
    assert not [name for name in found if "__pycache__" in name or "/tests/" in name]
    [entry_points] = [data for name, data in found.items() if name.endswith("/entry_points.txt")]
    assert b"pelikirja = web.cli:main" in entry_points


@pytest.mark.slow
def test_the_wheel_advises_with_what_it_ships(wheel: Path, tmp_path: Path) -> None:
    """Far from the repository, the installed package gives advice with its own rules, plays and example."""
    site = unpacked(wheel, tmp_path / "site")
    example = site / "engine" / "shipped" / "examples" / "nokka"
    printed = run_from(site, "c.main()", "advise", f"{example}.csv", "--facts", f"{example}-facts.yaml")
    assert len(printed.splitlines()) > 10


@pytest.mark.slow
def test_the_wheel_shows_pages_with_what_it_ships(wheel: Path, tmp_path: Path) -> None:
    """Far from the repository, the installed package makes its database and shows a page in Finnish."""
    site = unpacked(wheel, tmp_path / "site")
    assert "up to date" in run_from(site, "c.main()", "migrate", "--folder", tmp_path / "var")
    page = (
        "from pathlib import Path; from web.app import create_app; from web.settings import Settings; "
        f"app = create_app(Settings.from_environment(Path({str(tmp_path / 'var')!r}), {{}})); "
        "answer = app.test_client().get('/privacy', headers={'Accept-Language': 'fi'}); "
        "print(answer.status, answer.text)"
    )
    printed = run_from(site, page)
    assert "200 OK" in printed
    assert "Tietosuoja" in printed


@pytest.mark.slow
def test_the_source_distribution_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """Who starts from the source distribution gets the wheel that was built from the repository."""
    source = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    [unpacked] = (tmp_path / "source").iterdir()
    assert contents(build("wheel", unpacked, tmp_path / "wheel")) == contents(wheel)


def test_there_are_requirements() -> None:
    """The tests below look at the four requirements files and not at an empty folder."""
    assert [path.stem for path in REQUIREMENTS] == ["bench", "build", "dev", "runtime"]


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.stem)
def test_every_requirement_has_hashes(path: Path) -> None:
    """Nothing is installed that is not pinned to a version and to the hashes of its files."""
    for name, (_, rest) in requirements(path).items():
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", rest), name


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.stem)
def test_requirements_name_no_place(path: Path) -> None:
    """Requirements say what to fetch, never from where: that is for each machine to decide."""
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"(?m)^.*(?:://|^-[if]\b|--extra|--index|--find|--trusted).*$", text)


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.stem)
def test_requirements_agree_with_each_other(path: Path) -> None:
    """What is used in two environments has the same version in both."""
    dev = requirements(ROOT / "requirements" / "dev.txt")
    here = requirements(path)
    assert {name: here[name] for name in here.keys() & dev.keys()} == {name: dev[name] for name in here.keys() & dev}


def test_requirements_cover_what_the_project_declares() -> None:
    """A dependency that was added to pyproject.toml is also in the requirements that `make` installs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {
        "runtime": project["dependencies"] + extras["web"],
        "dev": [line for name in (*DEV_EXTRAS, "web") for line in extras[name]] + project["dependencies"],
        "bench": project["dependencies"] + extras["bench"],
    }
    for stem, declared in wanted.items():
        names = {re.split(r"[^a-z0-9-]", line.lower())[0] for line in declared}
        assert names <= requirements(ROOT / "requirements" / f"{stem}.txt").keys()


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make here")
def test_help_lists_every_target() -> None:
    """`make` alone tells a newcomer everything there is to make, and `make help` tells the same."""
    assert run("make") == run("make", "help")
    assert set(re.findall(r"(?m)^make ([a-z-]+) +\S", run("make", "help"))) == make_targets()
