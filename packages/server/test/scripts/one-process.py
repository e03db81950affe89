"""Does with W&B's own client, one after the other, what needs no process of its own: starting one takes longer than all of it."""

import pathlib
import runpy
import sys

scripts = pathlib.Path(__file__).parent


def run(script, *arguments):
    sys.argv = [script, *arguments]
    runpy.run_path(str(scripts / script), run_name="__main__")


run("log-run.py", "py1")
run("read-run.py", "py1")
run("go-on.py", "alone")
run("log-run.py", "py2", "--fail")
