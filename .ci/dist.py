"""Builds wheel and sdist into `dist/`, twice, and holds them to the rules below.

Wheel and sdist of the first time are built as a release is: the wheel from the sdist. Those of
the second time are both built from the tree. So equal bytes say that a build can be repeated,
and that the sdist is all that the wheel is made of.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from readme_renderer import markdown

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
PACKAGE = "instagram_async/"
SAID = ("Name", "Version", "Summary", "License-Expression", "License-File", "Requires-Python")
NEEDED = {
    "__main__.py",
    "gallery/assets/main.js",
    "gallery/assets/page.css",
    "gallery/assets/page.html",
    "py.typed",
    "quota/windows.lua",
    "testing/plugin/__init__.py",
}
INFO = {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}
# Those that are meant to be there: the tests read the one, and hatchling builds by the other.
DOTTED = (".ci/", ".gitignore")
CALENDAR = "1577836800"  # any instant does, as long as it is the same
IMPORTED = """
import importlib.resources, importlib.metadata, instagram_async
from instagram_async.server import LocalInstagram
assert importlib.metadata.version("instagram-async") == instagram_async.__version__
assert importlib.resources.files("instagram_async").joinpath("py.typed").is_file()
assert "site-packages" in instagram_async.__file__
assert all(hasattr(instagram_async, name) for name in instagram_async.__all__)
"""


def say(done: str) -> None:
    """Tell what holds."""
    print(f"  {done}", flush=True)


def expect(rule: str, *wrong: object) -> None:
    """Tell that a rule holds, or end with what is against it."""
    if found := [str(one) for one in wrong if one]:
        sys.exit(f"  not so: {rule}\n    " + "\n    ".join(found))
    say(rule)


def output(*command: str | Path, folder: Path = ROOT, **environment: str) -> str:
    """What a command prints; what it complains of is shown if it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\n  failed ({done.returncode}): {command}")
    return done.stdout


def tracked() -> set[str]:
    """The files that are under version control, or those of an unpacked sdist."""
    if (ROOT / ".git").exists():
        return set(output("git", "ls-files", "-z").split("\0")) - {""}
    with_caches = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    skipped = re.compile(r"(.*/)?(__pycache__|\.(?!ci/|gitignore)[^/]*|dist|PKG-INFO)(/|$)")
    return {str(path) for path in with_caches if not skipped.match(str(path))}


def build(folder: Path, *what: str) -> dict[str, bytes]:
    """What a build makes, by its name."""
    command = (sys.executable, "-m", "build", "--outdir", folder, *what)
    output(*command, SOURCE_DATE_EPOCH=CALENDAR)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def compare(rule: str, found: set[str], due: set[str]) -> None:
    """Hold the names in an archive to those that are due."""
    more, less = sorted(found - due), sorted(due - found)
    expect(rule, more and f"should not be there: {more}", less and f"is missing: {less}")


def check_wheel(wheel: Path, files: set[str]) -> Message:
    """Hold the wheel's files to the rules, and give its metadata."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (metadata,) = [name for name in names if name.endswith(".dist-info/METADATA")]
        said = message_from_bytes(archive.read(metadata))
    own = {name for name in files if name.startswith(PACKAGE)}
    notes = {metadata.replace("METADATA", name) for name in INFO}
    compare("the wheel has the package's files and its own notes, no more", names, own | notes)
    missing = [name for name in NEEDED if f"{PACKAGE}{name}" not in names]
    expect("py.typed, the data files and the plugin are among them", *missing)
    return said


def check_sdist(sdist: Path, files: set[str]) -> None:
    """Hold the sdist's files to the rules."""
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    due = {name for name in files if not name.startswith(".") or name.startswith(DOTTED)}
    compare("the sdist has what is under version control, no more", names, {*due, "PKG-INFO"})


def check_metadata(said: Message) -> None:
    """Hold the metadata to what an index shows of it."""
    expect("the metadata is whole", *[name for name in SAID if not said[name]])
    html = markdown.render(str(said.get_payload())) or ""
    links = re.findall(r'(?:href|src)="([^"]*)"', html)
    dead = [link for link in links if not link.startswith(("https://", "#"))]
    expect("the README is rendered as an index does", not links and "nothing came of it")
    expect("no link in it leads nowhere", *dead)


def check_installed(wheel: Path, folder: Path) -> None:
    """Install the wheel where nothing else is, and use it."""
    venv.create(folder / "venv", with_pip=True)
    bin_ = folder / "venv" / "bin"
    output(bin_ / "pip", "install", "-q", wheel)
    output(bin_ / "python", "-W", "error", "-c", IMPORTED, folder=folder)
    say("it is installed without extras, and imported without a warning")
    output(bin_ / "pip", "install", "-q", f"{wheel}[cli]")
    rows = output(bin_ / "instagram-async", "demo", "--media", "40", "--pace", "0", folder=folder)
    header_and_media = len(rows.splitlines()) == 1 + 40
    expect("with the extra `cli` the demo streams 40 media", not header_and_media and rows)


def check_tests(sdist: Path, folder: Path) -> None:
    """See that the tests in the sdist find what they need."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (unpacked,) = folder.iterdir()
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    output(*command, "--collect-only", folder=unpacked)
    output(*command, "tests/docs/test_readme.py", "tests/unit/test_exports.py", folder=unpacked)
    say("the tests in the sdist can be collected, and those that read its other files pass")


def main() -> None:
    """Build, and check."""
    files = tracked()
    with tempfile.TemporaryDirectory() as name:
        one, two, three, four = (Path(name) / folder for folder in "abcd")
        made, again = build(one), build(two, "--sdist", "--wheel")
        compare("a wheel and an sdist are built, twice", set(made), set(again))
        differing = [file for file in made if made[file] != again[file]]
        expect("both times they are the same, byte by byte", *differing)
        wheel, sdist = sorted(one.iterdir(), key=lambda path: path.suffix, reverse=True)
        output(sys.executable, "-m", "twine", "check", "--strict", wheel, sdist)
        say("twine has nothing to say against them")
        check_metadata(check_wheel(wheel, files))
        check_sdist(sdist, files)
        check_installed(wheel, three)
        check_tests(sdist, four)
        shutil.rmtree(DIST, ignore_errors=True)
        shutil.copytree(one, DIST)
    for file, data in sorted(made.items()):
        say(f"dist/{file}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
