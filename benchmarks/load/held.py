"""Chat servers held to a part of a processor by the kernel: what a machine with room for all of them would show."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

_PERIOD = 100_000
# Where the kernel takes a limit, in which file, and how: control groups of the first and of the second version.
_FORMS = (
    (Path("/sys/fs/cgroup/cpu"), "cpu.cfs_quota_us", "{quota}"),
    (Path("/sys/fs/cgroup"), "cpu.max", "{quota} {period}"),
)


@contextmanager
def held(processes: list[int], processors: float) -> Iterator[None]:
    """Hold each process to so many processors; raises OSError where that is not allowed (it takes root)."""
    above, file, form = next((f for f in _FORMS if (f[0] / "cgroup.procs").exists()), _FORMS[-1])
    with ExitStack() as stack:
        for process in processes:
            group = above / f"held-{os.getpid()}-{process}"
            group.mkdir()
            stack.callback(_let_go, process, above, group)
            limit = form.format(quota=round(processors * _PERIOD), period=_PERIOD)
            (group / file).write_text(limit, encoding="utf-8")
            _move(process, group)
        yield


def _let_go(process: int, above: Path, group: Path) -> None:
    _move(process, above)
    group.rmdir()


def _move(process: int, group: Path) -> None:
    (group / "cgroup.procs").write_text(str(process), encoding="utf-8")
