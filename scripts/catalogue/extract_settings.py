"""What configuration an installed package reads, as JSON: the measured side of schemas/settings/settings.json.

    python extract_settings.py jarviscore [swim ...]

The first package must have a class Settings in <package>/config/settings.py. Nothing of any package is imported or run;
everything comes from the syntax trees.

Output
    fields   field name -> {"env": environment name, "type": annotation, "default": value, "known": bool, "line": number}
             (a field that is declared twice counts as its last declaration)
    reads    environment names that code reads by itself -> ["package/file.py:line", ...]
    mentions every upper-case name that stands in the sources as a text of its own

A read is os.environ[...], .get, .pop, .setdefault, os.getenv or `"NAME" in os.environ`, under any import alias. The name
may be a literal, a module constant, the variable of a loop over literals, or the argument of a function of the package
that hands its parameter on to such a read.
"""
import ast
import importlib.util
import json
import os
import re
import sys

NAME = re.compile(r"[A-Z][A-Z0-9_]+")
READERS = {"get": 0, "pop": 0, "setdefault": 0, "__getitem__": 0}


def sources(package):
    spec = importlib.util.find_spec(package)
    if spec is None:
        sys.exit("%s is not installed for %s" % (package, sys.executable))
    root = next(iter(spec.submodule_search_locations))
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            if not name.endswith(".py"):
                continue
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                text = file.read()
            try:
                tree = ast.parse(text)
            except SyntaxError as error:
                # One file of the releases 1.1 to 1.5 needs Python 3.12.
                print("skipped %s: %s" % (path, error), file=sys.stderr)
                continue
            yield "/".join([package] + os.path.relpath(path, root).split(os.sep)), tree


def constant(node, names):
    """(known, value) of an expression without running it."""
    if isinstance(node, ast.Constant):
        return True, node.value
    if isinstance(node, ast.Name) and node.id in names:
        return True, names[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        known, value = constant(node.operand, names)
        return known, -value if known else None
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.Add)):
        left, right = constant(node.left, names), constant(node.right, names)
        if left[0] and right[0]:
            return True, left[1] * right[1] if isinstance(node.op, ast.Mult) else left[1] + right[1]
    if isinstance(node, ast.Name) and node.id in ("dict", "list"):
        return True, {} if node.id == "dict" else []
    if isinstance(node, (ast.Dict, ast.List, ast.Tuple)):
        try:
            return True, ast.literal_eval(node)
        except ValueError:
            return False, None
    # config/paths.py joins its arguments to the run-time folder.
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "runtime_path":
        parts = [constant(argument, names) for argument in node.args]
        if all(known for known, _ in parts):
            return True, "/".join([".jarviscore"] + [value for _, value in parts])
    return False, None


def settings_fields(tree):
    settings = next((node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Settings"), None)
    if settings is None:
        sys.exit("no class Settings")
    fields = {}
    for node in settings.body:
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        name, default, alias = node.target.id, node.value, None
        if isinstance(default, ast.Call) and isinstance(default.func, ast.Name) and default.func.id == "Field":
            keywords = {keyword.arg: keyword.value for keyword in default.keywords}
            alias = keywords.get("validation_alias", keywords.get("alias"))
            default = default.args[0] if default.args else keywords.get("default", keywords.get("default_factory"))
        known, value = constant(default, {}) if default is not None else (False, None)
        env = constant(alias, {})[1] if alias is not None else name
        fields[name] = {"env": env.upper(), "type": ast.unparse(node.annotation), "default": value, "known": known, "line": node.lineno}
    return fields


class Reads(ast.NodeVisitor):
    """Reads of one module, and functions that read what they are given."""

    def __init__(self, path, tree):
        self.path = path
        self.found = []
        self.passed_on = set()
        self.names = {}
        self.environ = set()
        self.getenv = set()
        self.modules = {"os"}
        self.function = []
        self.loops = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                self.modules |= {alias.asname for alias in node.names if alias.name == "os" and alias.asname}
            elif isinstance(node, ast.ImportFrom) and node.module == "os":
                self.environ |= {alias.asname or alias.name for alias in node.names if alias.name == "environ"}
                self.getenv |= {alias.asname or alias.name for alias in node.names if alias.name == "getenv"}
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.targets[0], ast.Name):
                self.names[node.targets[0].id] = node.value.value

    def is_environ(self, node):
        if isinstance(node, ast.Attribute) and node.attr == "environ":
            return isinstance(node.value, ast.Name) and node.value.id in self.modules
        return isinstance(node, ast.Name) and node.id in self.environ

    def is_getenv(self, node):
        if isinstance(node, ast.Attribute) and node.attr == "getenv":
            return isinstance(node.value, ast.Name) and node.value.id in self.modules
        return isinstance(node, ast.Name) and node.id in self.getenv

    def read(self, node, line):
        known, value = constant(node, self.names)
        if known:
            if isinstance(value, str):
                self.found.append((value, "%s:%d" % (self.path, line)))
            return
        if not isinstance(node, ast.Name):
            return
        for target, items in reversed(self.loops):
            if target == node.id:
                self.found += [(item, "%s:%d" % (self.path, line)) for item in items]
                return
        for name, parameters in reversed(self.function):
            if node.id in parameters:
                self.passed_on.add((name, parameters.index(node.id)))
                return

    def visit_FunctionDef(self, node):
        parameters = [argument.arg for argument in node.args.posonlyargs + node.args.args]
        if parameters[:1] in (["self"], ["cls"]):
            parameters = parameters[1:]
        self.function.append((node.name, parameters))
        self.generic_visit(node)
        self.function.pop()

    visit_AsyncFunctionDef = visit_FunctionDef

    def loop(self, node, target, iterable):
        items = []
        if isinstance(iterable, (ast.Tuple, ast.List, ast.Set)):
            items = [item.value for item in iterable.elts if isinstance(item, ast.Constant) and isinstance(item.value, str)]
        if isinstance(target, ast.Name) and items:
            self.loops.append((target.id, items))
            self.generic_visit(node)
            self.loops.pop()
        else:
            self.generic_visit(node)

    def visit_For(self, node):
        self.loop(node, node.target, node.iter)

    def comprehension(self, node):
        self.loop(node, node.generators[0].target, node.generators[0].iter)

    visit_GeneratorExp = visit_ListComp = visit_SetComp = visit_DictComp = comprehension

    def visit_Call(self, node):
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr in READERS and self.is_environ(function.value) and node.args:
            self.read(node.args[0], node.lineno)
        elif self.is_getenv(function) and node.args:
            self.read(node.args[0], node.lineno)
        self.generic_visit(node)

    def visit_Subscript(self, node):
        if self.is_environ(node.value):
            self.read(node.slice, node.lineno)
        self.generic_visit(node)

    def visit_Compare(self, node):
        if isinstance(node.ops[0], (ast.In, ast.NotIn)) and self.is_environ(node.comparators[0]):
            self.read(node.left, node.lineno)
        self.generic_visit(node)


class Helpers(Reads):
    """Calls of the functions that pass their parameter on count as reads."""

    def __init__(self, path, tree, helpers):
        super().__init__(path, tree)
        self.helpers = helpers

    def visit_Call(self, node):
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", None)
        for position in self.helpers.get(name, ()):
            if position < len(node.args):
                self.read(node.args[position], node.lineno)
        self.generic_visit(node)

    def visit_Subscript(self, node):
        self.generic_visit(node)

    visit_Compare = visit_Subscript


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    fields, trees = {}, []
    for package in sys.argv[1:]:
        for path, tree in sources(package):
            trees.append((path, tree))
            if path == "%s/config/settings.py" % sys.argv[1]:
                fields = settings_fields(tree)
    found, helpers, mentions = [], {}, set()
    for path, tree in trees:
        reads = Reads(path, tree)
        reads.visit(tree)
        found += reads.found
        for name, position in reads.passed_on:
            helpers.setdefault(name, set()).add(position)
        mentions |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value)}
    for path, tree in trees:
        calls = Helpers(path, tree, helpers)
        calls.visit(tree)
        found += calls.found
    reads = {}
    for name, place in sorted(set(found)):
        if NAME.fullmatch(name):
            reads.setdefault(name, []).append(place)
    json.dump({"fields": fields, "reads": reads, "mentions": sorted(mentions)}, sys.stdout, indent=1, sort_keys=True)
    sys.stdout.write("\n")


main()
