"""The profile of the sample maker: profile.yaml as frozen records."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PROFILE_FILE = Path(__file__).resolve().parent / "profile.yaml"


@dataclass(frozen=True)
class Level:
    """The base level of a concept: a median count, or people per event of `of`, or the sum of others."""

    median: float = 0.0
    of: str | None = None
    sum_of: tuple[str, ...] = ()
    low: float = 0.0
    high: float | None = None
    quantity: str | None = None


@dataclass(frozen=True)
class Habit:
    """A way of typing a number: its weight, and the numbers and files for which it is possible."""

    name: str
    weight: float
    low: float
    high: float
    only: str | None


@dataclass(frozen=True)
class Profile:
    """All parameters; `raw` holds the sections that are read where they are used."""

    seed: int
    levels: Mapping[str, Level]
    habits: tuple[Habit, ...]
    raw: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        """A section of the profile."""
        return self.raw[key]


def load_profile(path: Path = PROFILE_FILE) -> Profile:
    """The profile file as records."""
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    levels = {
        concept_id: Level(**{**entry, "sum_of": tuple(entry.get("sum_of", ()))})
        for concept_id, entry in raw["levels"].items()
    }
    habits = tuple(
        Habit(name, float(h["weight"]), float(h.get("from", 0)), float(h.get("to", float("inf"))), h.get("only"))
        for name, h in raw["habits"].items()
    )
    return Profile(int(raw["seed"]), levels, habits, raw)


def dice(*keys: object) -> random.Random:
    """A generator of its own for these keys, so that one choice never shifts another."""
    return random.Random("|".join(map(str, keys)))


def pick(rng: random.Random, weights: Mapping[str, float]) -> str:
    """One key, by weight."""
    return rng.choices(list(weights), list(weights.values()))[0]
