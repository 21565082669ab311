r"""Answers what python-dotenv reads: one JSON case per input line, one JSON answer per output line.

case   {"text": str, "environment": {name: value}}
answer {"statements": [[key, value, line, error]], "values": [[key, value]], "loaded": [[key, value]]}
       statements before interpolation, line of the first character that is not whitespace;
       pairs, because JSON.parse of Node 24.21 mistakes a name that is one escape (`"\n"`) for another one it has seen;
       values as dotenv_values(), loaded as load_dotenv() (the environment first).
"""
import json
import logging
import os
import sys
import tempfile

from dotenv import dotenv_values
from dotenv.main import DotEnv
from dotenv.parser import parse_stream

logging.disable(logging.CRITICAL)


def line_of(original):
    blank = len(original.string) - len(original.string.lstrip())
    return original.line + original.string[:blank].count("\n")


def answer(case, path):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(case["text"])
    os.environ.clear()
    os.environ.update(case["environment"])
    with open(path, encoding="utf-8") as stream:
        statements = [
            [b.key, b.value, line_of(b.original), b.error]
            for b in parse_stream(stream)
            if b.key is not None or b.error
        ]
    return {
        "statements": statements,
        "values": list(dotenv_values(path, encoding="utf-8").items()),
        "loaded": list(DotEnv(path, encoding="utf-8", override=False).dict().items()),
    }


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, ".env")
        for line in sys.stdin:
            print(json.dumps(answer(json.loads(line), path), ensure_ascii=False))


main()
