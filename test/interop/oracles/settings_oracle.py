"""Answers what the framework's Settings class makes of an env file and a process environment.

case   {"file": str | null, "environment": {name: value}}
answer {"values": {ENV_NAME: tagged value}} or {"kind": "ValidationError" | "SettingsError", "fields": [ENV_NAME]}
Tagged values: {"i": "digits"}, {"f": "repr"}, {"d": [[key, value]]}, plain JSON for the rest.
"""
import json
import os
import re
import sys
import tempfile

answers = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace")
sys.stdout = sys.stderr
folder = tempfile.mkdtemp()
os.chdir(folder)

from jarviscore.config.settings import Settings  # noqa: E402
from pydantic import ValidationError  # noqa: E402
from pydantic_settings import SettingsError  # noqa: E402

names = {}
for field_name, field in Settings.model_fields.items():
    names[field_name] = (field.validation_alias or field_name).upper()
by_alias = {alias.lower(): alias for alias in names.values()}


def tagged(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return {"i": str(value)}
    if isinstance(value, float):
        return {"f": repr(value)}
    return {"d": [[key, tagged(inner)] for key, inner in value.items()]}


def answer(case):
    if os.path.exists(".env"):
        os.remove(".env")
    if case["file"] is not None:
        with open(".env", "w", encoding="utf-8", newline="") as file:
            file.write(case["file"])
    os.environ.clear()
    os.environ.update(case["environment"])
    try:
        settings = Settings()
    except ValidationError as error:
        fields = sorted({by_alias.get(str(one["loc"][0]).lower(), str(one["loc"][0])) for one in error.errors()})
        return {"kind": "ValidationError", "fields": fields}
    except SettingsError as error:
        field = re.search(r'field "(\w+)"', str(error)).group(1)
        return {"kind": "SettingsError", "fields": [names[field]]}
    return {"values": {alias: tagged(getattr(settings, name)) for name, alias in names.items()}}


for line in sys.stdin:
    answers.write(json.dumps(answer(json.loads(line)), ensure_ascii=False) + "\n")
answers.close()
