"""What the package writes down, written once by a release, for all later ones to read.

`python -m tests.support.kept` writes the files of the present version into a folder of its own;
those of releases are never written again.
"""

from pathlib import Path

FOLDER = Path(__file__).parents[2] / "fixtures" / "kept"
