"""Runs the nodes of a project and answers what the framework makes of its files: one JSON document.

arguments   the Python file that builds `mesh`; the working directory is the node's own
answer      {"version", "settings": {ENV_NAME: value}, "deprecated": [text],
             "node": {"bind", "config": {...}, "keepalive": {...}} or null where the node runs without P2P}
             `config` and `keepalive` are what the started node works with, not what was asked of it.
"""
import asyncio
import json
import logging
import os
import runpy
import sys
import warnings
from importlib.metadata import version

answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
sys.stdout = sys.stderr
logging.disable(logging.CRITICAL)
sys.path.insert(0, os.getcwd())

from jarviscore.config.settings import Settings  # noqa: E402


asked = ("node_name", "seed_nodes", "zmq_port_offset", "llm_timeout", "redis_url", "log_level")


def plain(value):
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


async def started(mesh):
    await mesh.start()
    coordinator = mesh._p2p_coordinator
    if coordinator is None:
        return None
    keepalive = coordinator.keepalive_manager
    node = {
        "bind": list(coordinator.swim_manager.bind_addr),
        "config": {key: plain(coordinator.config.get(key)) for key in asked},
        "keepalive": {
            "interval": keepalive.interval,
            "failure_backoff_seconds": keepalive.failure_backoff_seconds,
            "allow_zero_peers": keepalive.allow_zero_peers,
        },
    }
    await mesh.stop()
    return node


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    mesh = runpy.run_path(sys.argv[1])["mesh"]
deprecated = [str(one.message) for one in caught if issubclass(one.category, DeprecationWarning) and "mode" in str(one.message)]
settings = Settings()
values = {
    (field.validation_alias or name).upper(): plain(getattr(settings, name))
    for name, field in type(settings).model_fields.items()
    if not isinstance(getattr(settings, name), dict)
}
node = asyncio.run(started(mesh))
answers.write(json.dumps({
    "version": version("jarviscore-framework"), "settings": values, "deprecated": deprecated, "node": node,
}))
answers.flush()
# Threads of the mesh may outlive it.
os._exit(0)
