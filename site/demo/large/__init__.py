"""A larger world for measuring, made in batches that fit in memory: `load_demo --members … --posts …`.

The same arguments give the same world. Whatever was interrupted goes on with the batch that is missing.
"""

from __future__ import annotations

from demo.large import forum, people, spaces
from demo.large.plan import Plan
from demo.world import World


def load(world: World, plan: Plan) -> None:
    """On top of the demo world, whose texts and themes it uses."""
    with world.progress.step("Larger world: people"):
        people.load(world, plan)
    with world.progress.step("Larger world: spaces"):
        spaces.load(world, plan)
    with world.progress.step("Larger world: forum"):
        forum.load(world, plan)
