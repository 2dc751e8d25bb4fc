"""Published test vectors, which lie beside the project where it was made; elsewhere tests that want them skip."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "vectors"


def vector(name: str) -> Any:
    """Return one file of vectors, or skip the test."""
    file = FOLDER / name
    if file.exists():
        read = yaml.safe_load if file.suffix == ".yaml" else json.loads
        return read(file.read_text(encoding="utf-8"))

    pytest.skip(f"the published vectors are not here: ../shared/vectors/{name}")
