"""Writes plain values as YAML: what rule files need and no more."""

import json


def dump(value, indent: int = 0) -> str:
    """A value as YAML; texts are quoted, long ones stand as blocks."""
    pad = "  " * indent
    if isinstance(value, dict):
        return "".join(f"{pad}{key}:{_after(item, indent)}" for key, item in value.items())
    if isinstance(value, list):
        return "".join(f"{pad}- {dump(item, indent + 1).lstrip()}" for item in value)
    raise TypeError(type(value))


def _after(item, indent: int) -> str:
    if isinstance(item, (dict, list)):
        return "\n" + dump(item, indent + 1)
    if isinstance(item, str) and ("\n" in item or len(item) > 90):
        pad = "  " * (indent + 1)
        return " |-\n" + "".join(f"{pad}{line}".rstrip() + "\n" for line in item.strip().splitlines())
    if isinstance(item, str):
        return f" {json.dumps(item, ensure_ascii=False)}\n"
    return f" {json.dumps(item)}\n"
