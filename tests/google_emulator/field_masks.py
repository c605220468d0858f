"""Field masks: what of an answer is shown, and what of an object a request changes."""

import re
from typing import Any

from tests.google_emulator.refusals import invalid

Mask = dict[str, Any]


def parsed(text: str) -> Mask:
    """`a(b,c),d.e` as a tree of names; an empty branch means everything below."""
    tokens = re.findall(r"[\w*]+|[(),./]", text.replace(" ", ""))
    mask, rest = _branches(tokens)
    if rest or not mask:
        raise invalid(f"Request contains an invalid field mask: {text}")
    return mask


def _branches(tokens: list[str]) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while tokens and tokens[0] != ")":
        node, name = mask, tokens.pop(0)
        while tokens and tokens[0] in "./":
            node = node.setdefault(name, {})
            name = tokens[1]
            tokens = tokens[2:]
        below = node.setdefault(name, {})
        if tokens[:1] == ["("]:
            inner, tokens = _branches(tokens[1:])
            below.update(inner)
            tokens = tokens[1:]
        if tokens[:1] == [","]:
            tokens = tokens[1:]
    return mask, tokens


def shown(value: Any, mask: Mask) -> Any:
    """The parts of an answer that the mask names."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [shown(item, mask) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: shown(item, mask[name]) for name, item in value.items() if name in mask}


def changed(old: dict[str, Any], new: dict[str, Any], mask: Mask) -> dict[str, Any]:
    """`old` with each masked field as `new` has it: set where present, gone where absent."""
    if "*" in mask:
        return dict(new)
    result = dict(old)
    for name, below in mask.items():
        if below and isinstance(new.get(name, {}), dict):
            part = changed(result.get(name, {}), new.get(name, {}), below)
            result[name] = part
        elif name in new:
            result[name] = new[name]
        else:
            result.pop(name, None)
        if result.get(name) == {} and name not in new:
            del result[name]
    return result


def required(request: dict[str, Any]) -> Mask:
    """The mask of an updating request, which Google refuses without one."""
    if not request.get("fields"):
        raise invalid(
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    return parsed(request["fields"])


def names(mask: Mask, *path: str) -> bool:
    """Whether the mask shows anything at the path."""
    for name in path:
        if not mask or "*" in mask:
            return True
        if name not in mask:
            return False
        mask = mask[name]
    return True
