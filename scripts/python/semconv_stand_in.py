"""Stands in for the package opentelemetry-semantic-conventions where an index does not have it.

W&B's client pulls in OpenTelemetry, which takes the names of its own labels from that package. No test looks at
them, so any name will do: NAMES_IN_CAPITALS are strings, everything else answers every attribute and every call.
"""

import sys
import types
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec

PACKAGE = __name__


class Label(str):
    @property
    def value(self):
        return str(self)


class Anything:
    def __getattr__(self, name):
        return named(name)

    def __call__(self, *args, **kwargs):
        return self


def named(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return Label(name.lower()) if name.isupper() else Anything()


class AnyModule(types.ModuleType):
    def __getattr__(self, name):
        return named(name)


class AnySubmodule(MetaPathFinder, Loader):
    def find_spec(self, fullname, path=None, target=None):
        return ModuleSpec(fullname, self, is_package=True) if fullname.startswith(PACKAGE + ".") else None

    def create_module(self, spec):
        return AnyModule(spec.name)

    def exec_module(self, module):
        pass


sys.meta_path.append(AnySubmodule())
