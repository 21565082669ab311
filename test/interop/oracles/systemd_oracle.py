"""Answers what systemd reads from an `EnvironmentFile=`: one JSON case per input line, one JSON answer per output line.

case   {"text": base64}
answer {"library", "pairs": [[name, value]], "environment": {name: value}} or {"library", "refused": errno};
       names and values as base64;
       pairs as load_env_file_pairs() gives them, in file order; environment as the manager builds it for a process:
       load_env_file(), then strv_env_clean_with_callback() (exec_context_load_environment in src/core/execute.c).
The functions are those of the library the manager itself is linked to.
"""
import base64
import ctypes
import glob
import json
import os
import sys
import tempfile

paths = sorted(
    path
    for pattern in ("/usr/lib/*/systemd/libsystemd-shared-*.so", "/usr/lib/systemd/libsystemd-shared-*.so",
                    "/lib/systemd/libsystemd-shared-*.so", "/usr/lib64/systemd/libsystemd-shared-*.so")
    for path in glob.glob(pattern)
)
if not paths:
    sys.exit("No libsystemd-shared-*.so on this machine: install systemd or its shared library "
             "(Debian, Ubuntu: apt-get install libsystemd-shared).")
library = os.path.basename(paths[-1])
shared = ctypes.CDLL(paths[-1])
strv = ctypes.POINTER(ctypes.c_char_p)
for reader in (shared.load_env_file, shared.load_env_file_pairs):
    reader.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(strv)]
    reader.restype = ctypes.c_int
shared.strv_env_clean_with_callback.argtypes = [strv, ctypes.c_void_p, ctypes.c_void_p]
shared.strv_env_clean_with_callback.restype = strv
shared.strv_free.argtypes = [strv]
shared.strv_free.restype = ctypes.c_void_p
# It writes a line to the journal or to standard error for each file it refuses.
shared.log_set_max_level(0)


def encode(raw):
    return base64.b64encode(raw).decode("ascii")


def items(values):
    found = []
    while values and values[len(found)] is not None:
        found.append(values[len(found)])
    return found


def read(reader, path, clean):
    values = strv()
    status = reader(None, path, ctypes.byref(values))
    if status < 0:
        return status, None
    if clean and values:
        values = shared.strv_env_clean_with_callback(values, None, None)
    found = items(values)
    shared.strv_free(values)
    return 0, found


def answer(case, path):
    with open(path, "wb") as file:
        file.write(base64.b64decode(case["text"]))
    status, flat = read(shared.load_env_file_pairs, path, False)
    if status < 0:
        return {"library": library, "refused": -status}
    status, environment = read(shared.load_env_file, path, True)
    if status < 0:
        return {"library": library, "refused": -status}
    return {
        "library": library,
        "pairs": [[encode(flat[i]), encode(flat[i + 1])] for i in range(0, len(flat), 2)],
        "environment": {encode(name): encode(value) for name, _, value in (one.partition(b"=") for one in environment)},
    }


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "environment").encode()
        for line in sys.stdin:
            print(json.dumps(answer(json.loads(line), path)))


main()
