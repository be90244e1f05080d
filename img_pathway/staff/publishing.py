"""From the present folder to what people talk to: tried, compared, put aside as a release, made live."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from img_pathway.serve.releases import MODEL, Release, Releases
from img_pathway.serve.settings import Settings
from img_pathway.staff.comparison import Comparison, compare, verdicts_between
from img_pathway.staff.trial import run_trial, trying


def compare_with_live(settings: Settings, model: Path, today: date) -> Comparison:
    """Try the present content and its model, and what is live if anything is, side by side; raises TrialFailed."""
    releases = Releases(settings)
    live = releases.live()
    if live is None:
        return compare(settings.root, run_trial(settings, settings.root, model), None, ())
    folder = releases.folder(live)
    with (
        trying(settings, folder, folder / MODEL) as before,
        trying(settings, settings.root, model) as after,
    ):
        verdicts = verdicts_between(folder, settings.root, today)
        return compare(settings.root, after(), before(), verdicts)


def publish(settings: Settings, model: Path, found: Comparison, by: str, note: str) -> Release:
    """Make a release of the present content and take it live; `found` must have no complaints."""
    assert not found.complaints, "a candidate with complaints is refused before"
    releases = Releases(settings)
    release = releases.make(model, by, note, {name: after for name, _, after in found.figures})
    releases.go_live(release.name, by, "published")
    return release
