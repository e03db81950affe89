"""Logs artifacts in every way that W&B's own client knows, and checks what comes back. Prints OK <name> after each part, and at the end the GraphQL documents about artifacts that are in the client, name to text."""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor

import wandb
from click.testing import CliRunner
from wandb.cli.cli import cli
from wandb.sdk.artifacts._generated import operations

work = pathlib.Path(os.environ["HOME"])
project = "python artifacts"
parts = {}


def part(function):
    parts[function.__name__] = function
    return function


def api():
    return wandb.Api(timeout=60)


def log(artifact, aliases=None, **kwargs):
    with wandb.init(project=project, **kwargs) as run:
        logged = run.log_artifact(artifact, aliases=aliases)
        logged.wait(timeout=60)
    return logged


@part
def files():
    folder = work / "data" / "sub dir"
    folder.mkdir(parents=True)
    (folder / "ä #1.txt").write_text("one")
    (folder.parent / "two.bin").write_bytes(bytes(range(256)) * 1000)
    (folder.parent / "zero").write_bytes(b"")
    artifact = wandb.Artifact("files", "dataset", description="some files", metadata={"rows": 10, "nested": {"a": [1]}})
    artifact.add_dir(str(folder.parent), name="data")
    with artifact.new_file("new.txt") as file:
        file.write("new")
    artifact.add_reference("https://example.org/missing.bin", name="far", checksum=False)
    artifact.ttl = None
    logged = log(artifact, aliases=["best"], id="r-files")
    assert logged.version == "v0" and set(logged.aliases) == {"best", "latest"}, logged.aliases
    found = api().artifact(f"{project}/files:best")
    assert found.metadata == {"rows": 10, "nested": {"a": [1]}} and found.description == "some files"
    assert found.type == "dataset" and found.digest == artifact.digest and found.state == "COMMITTED"
    assert found.file_count == 5 and found.size == 256000 + 6, (found.file_count, found.size)
    assert len(found.files()) == 5 and len(list(found.files(per_page=2))) == 5
    entry = found.get_entry("data/sub dir/ä #1.txt")
    assert open(entry.download(root=str(work / "one entry"))).read() == "one"
    root = found.download(root=str(work / "down"), path_prefix="data")
    assert (pathlib.Path(root) / "data/two.bin").read_bytes() == bytes(range(256)) * 1000
    assert (pathlib.Path(root) / "data/zero").read_bytes() == b""
    assert found.logged_by().id == "r-files"


@part
def transfers():
    contents = {f"{index}.bin": bytes([index]) * 200_000 for index in range(3)}
    artifact = wandb.Artifact("transfers", "dataset")
    for name, content in contents.items():
        with artifact.new_file(name, mode="wb") as file:
            file.write(content)
    log(artifact)
    found = api().artifact(f"{project}/transfers:v0")
    root = pathlib.Path(found.download(root=str(work / "transfers"), path_prefix="0", multipart=True))
    assert (root / "0.bin").read_bytes() == contents["0.bin"]
    # Links that are not valid any more: the client asks for a new one, or with its key.
    for name, executor in (("1.bin", None), ("2.bin", ThreadPoolExecutor(2))):
        entry = found.get_entry(name)
        entry._download_url = found.files(names=[name])[0].direct_url + "x"
        path = entry.download(root=str(root), executor=executor)
        assert pathlib.Path(path).read_bytes() == contents[name]


@part
def verify_and_empty():
    logged = log(wandb.Artifact("empty", "dataset"))
    assert logged.digest == "64e7c61456b10382e2f3b571ac24b659" and logged.version == "v0"
    artifact = wandb.Artifact("plain", "dataset")
    for index in range(120):
        with artifact.new_file(f"f{index:03}.txt") as file:
            file.write(f"content {index}")
    log(artifact)
    found = api().artifact(f"{project}/plain:v0")
    root = found.download(root=str(work / "plain"))
    found.verify(root=root)
    (pathlib.Path(root) / "f000.txt").write_text("changed")
    try:
        found.verify(root=root)
    except ValueError:
        return
    raise AssertionError("verify did not notice")


@part
def reuse():
    def make(text):
        artifact = wandb.Artifact("again", "dataset")
        with artifact.new_file("f.txt") as file:
            file.write(text)
        return artifact

    log(make("x"), id="r-again-1")
    second = log(make("x"), aliases=["second"], id="r-again-2")
    assert second.version == "v0" and "second" in second.aliases, second.aliases
    third = log(make("y"))
    assert third.version == "v1"
    client = api()
    assert client.artifact(f"{project}/again:second").version == "v0"
    assert client.artifact(f"{project}/again").version == "v1"
    assert [a.version for a in client.run(f"{project}/r-again-2").logged_artifacts()] == ["v0"]
    assert [a.version for a in client.artifacts("dataset", f"{project}/again")] == ["v1", "v0"]
    assert client.artifact_exists(f"{project}/again:v1") and not client.artifact_exists(f"{project}/again:v9")
    assert not client.artifact_exists("no project/again:v9")


@part
def xxh128():
    def make(name, text, **kwargs):
        artifact = wandb.Artifact(name, "dataset", digest_algorithm="XXH128", **kwargs)
        with artifact.new_file("f.txt") as file:
            file.write(text)
        artifact.add_reference("https://example.org/far", checksum=False)
        return artifact

    first = make("fast", "one")
    logged = log(first)
    assert logged.digest == first.digest and logged.digest_algorithm.value == "MANIFEST_XXH128", logged.digest_algorithm
    found = api().artifact(f"{project}/fast:v0")
    assert found.manifest.entries["f.txt"].extra == {"alg": "XXH128"} and found.manifest.digest() == found.digest
    root = found.download(root=str(work / "fast"), path_prefix="f.txt")
    found.verify(root=root)
    assert open(found.get_entry("f.txt").download(root=str(work / "fast entry"))).read() == "one"
    assert log(make("fast", "one")).version == "v0"
    grown = wandb.Artifact("fast", "dataset", digest_algorithm="XXH128", incremental=True)
    with grown.new_file("g.txt") as file:
        file.write("two")
    assert log(grown).version == "v1"
    grown = api().artifact(f"{project}/fast:v1")
    assert sorted(grown.manifest.entries) == ["f.txt", "far", "g.txt"] and grown.manifest.digest() == grown.digest
    # A collection keeps its algorithm: the client counts again.
    log(wandb.Artifact("slow", "dataset"))
    assert log(make("slow", "x")).digest_algorithm.value == "MANIFEST_MD5"
    draft = api().artifact(f"{project}/fast:v0").new_draft()
    with draft.new_file("h.txt") as file:
        file.write("three")
    again = log(draft)
    assert again.version == "v2" and sorted(again.manifest.entries) == ["f.txt", "far", "h.txt"], again.manifest.entries


@part
def lifetimes():
    for name, ttl in (("kept", None), ("inherited", wandb.ArtifactTTL.INHERIT), ("short", datetime.timedelta(days=7))):
        artifact = wandb.Artifact(f"ttl-{name}", "dataset")
        artifact.ttl = ttl
        log(artifact)
    found = {name: api().artifact(f"{project}/ttl-{name}:v0").ttl for name in ("kept", "inherited", "short")}
    assert found == {"kept": None, "inherited": None, "short": datetime.timedelta(days=7)}, found


@part
def registries():
    artifact = log(wandb.Artifact("for-a-registry", "model"))
    source = api().artifact(f"{project}/for-a-registry:v0")
    # The client refuses by itself, because the server says that it has neither organizations nor registries.
    refusals = (
        ("organization", lambda: source.link("wandb-registry-model/net")),
        ("not enabled", lambda: list(api().registries(organization="local"))),
        ("not enabled", lambda: api().registry("model", organization="local")),
        ("not enabled", lambda: api().create_registry("model", visibility="organization", organization="local")),
    )
    for text, ask in refusals:
        try:
            ask()
        except (wandb.errors.CommError, RuntimeError) as error:
            assert text in str(error), error
        else:
            raise AssertionError(f"not refused: {text}")
    linked = source.link("model-registry/net", aliases=["prod"])
    assert linked.qualified_name.endswith("model-registry/net:v0") and "registry/model" in linked.url, linked.url
    assert artifact.version == "v0" and api().artifact("model-registry/net:prod").source_name == "for-a-registry:v0"


@part
def wrong_type():
    log(wandb.Artifact("typed", "dataset"))
    try:
        log(wandb.Artifact("typed", "model"))
    except ValueError as error:
        assert "dataset" in str(error), error
        return
    raise AssertionError("another type was taken")


@part
def edits():
    log(wandb.Artifact("edited", "dataset"), aliases=["a"])
    artifact = api().artifact(f"{project}/edited:latest")
    artifact.aliases.append("b")
    artifact.aliases.remove("a")
    artifact.tags = ["clean", "two words"]
    artifact.description = "changed"
    artifact.metadata["more"] = 1
    artifact.ttl = datetime.timedelta(days=3)
    artifact.save()
    found = api().artifact(f"{project}/edited:b")
    assert set(found.aliases) == {"b", "latest"} and set(found.tags) == {"clean", "two words"}, found.aliases
    assert found.description == "changed" and found.metadata == {"more": 1}
    assert found.ttl == datetime.timedelta(days=3), found.ttl
    found.tags.remove("clean")
    found.ttl = None
    found.save()
    again = api().artifact(f"{project}/edited:b")
    assert again.tags == ["two words"] and again.ttl is None
    assert [a.version for a in api().artifacts("dataset", f"{project}/edited", tags=["two words"])] == ["v0"]


@part
def use_and_delete():
    made = log(wandb.Artifact("used", "dataset"), id="r-maker")
    with wandb.init(project=project, id="r-user") as run:
        used = run.use_artifact("used:latest")
        assert used.version == "v0"
        try:
            run.use_artifact("nothing:latest")
            raise AssertionError("found nothing")
        except (wandb.errors.CommError, ValueError) as error:
            assert "not found" in str(error), error
        draft = wandb.Artifact("drafted", "dataset")
        run.use_artifact(draft).wait()
    client = api()
    artifact = client.artifact(f"{project}/used:v0")
    assert [run.id for run in artifact.used_by()] == ["r-user"] and artifact.logged_by().id == "r-maker"
    assert {a.name for a in client.run(f"{project}/r-user").used_artifacts()} == {"used:v0", "drafted:v0"}
    try:
        artifact.delete()
        raise AssertionError("deleted although it has aliases")
    except (wandb.errors.CommError, ValueError) as error:
        assert "alias" in str(error), error
    artifact.delete(delete_aliases=True)
    assert not api().artifact_exists(f"{project}/used:v0")


@part
def links():
    artifact = wandb.Artifact("source", "dataset")
    with artifact.new_file("f.txt") as file:
        file.write("linked")
    log(artifact)
    source = api().artifact(f"{project}/source:v0")
    linked = source.link("other project/portfolio", aliases=["prod"])
    assert linked.is_link and linked.qualified_name.endswith("other project/portfolio:v0"), linked.qualified_name
    assert set(linked.aliases) == {"prod", "latest"}, linked.aliases
    assert linked.source_qualified_name == source.qualified_name
    assert [a.qualified_name for a in api().artifact(f"{project}/source:v0").linked_artifacts] == [linked.qualified_name]
    found = api().artifact("other project/portfolio:prod")
    root = found.download(root=str(work / "linked"))
    assert (pathlib.Path(root) / "f.txt").read_text() == "linked"
    assert open(found.get_entry("f.txt").download(root=str(work / "entry"))).read() == "linked"
    collection = api().artifact_collection("dataset", "other project/portfolio")
    assert [a.version for a in collection.artifacts()] == ["v0"] and not collection.is_sequence()
    found.unlink()
    assert not api().artifact_exists("other project/portfolio:prod")
    again = api().artifact(f"{project}/source:v0").link("other project/portfolio")
    assert again.version == "v1", again.version
    again.delete()
    assert api().artifact_exists(f"{project}/source:v0")
    api().artifact(f"{project}/source:v0").link("other project/portfolio")
    api().artifact_collection("dataset", "other project/portfolio").delete()
    assert not api().artifact_collection_exists("other project/portfolio", "dataset")
    kept = api().artifact(f"{project}/source:v0")
    assert kept.linked_artifacts == [] and kept.files()[0].size == len("linked")


@part
def collections():
    for index in range(3):
        log(wandb.Artifact(f"c{index}", "listed"), aliases=["x"])
    client = api()
    assert "listed" in [t.name for t in client.artifact_types(project)]
    assert [c.name for c in client.artifact_collections(project, "listed", per_page=1)] == ["c0", "c1", "c2"]
    filtered = client.artifact_type("listed", project).collections(filters={"name": {"$in": ["c1", "c2"]}}, order="-name")
    assert [c.name for c in filtered] == ["c2", "c1"]
    collection = client.artifact_collection("listed", f"{project}/c0")
    assert set(collection.aliases) == {"latest", "x"} and len(collection.artifacts()) == 1
    collection.name = "renamed"
    collection.description = "d"
    collection.tags = ["t1", "t2"]
    collection.save()
    collection = api().artifact_collection("listed", f"{project}/renamed")
    assert collection.description == "d" and set(collection.tags) == {"t1", "t2"}
    assert api().artifact(f"{project}/renamed:x").version == "v0"
    collection.change_type("retyped")
    collection.tags.remove("t1")
    collection.save()
    assert api().artifact(f"{project}/renamed:x").type == "retyped"
    collection = api().artifact_collection("retyped", f"{project}/renamed")
    assert collection.tags == ["t2"], collection.tags
    collection.delete()
    assert not api().artifact_exists(f"{project}/renamed:x")
    assert not api().artifact_collection_exists(f"{project}/renamed", "retyped")


@part
def drafts_and_increments():
    artifact = wandb.Artifact("grown", "dataset")
    for name in ("keep", "change"):
        with artifact.new_file(name) as file:
            file.write(name)
    log(artifact)
    draft = api().artifact(f"{project}/grown:v0").new_draft()
    draft.remove("change")
    with draft.new_file("added") as file:
        file.write("added")
    second = log(draft)
    assert second.version == "v1" and sorted(second.manifest.entries) == ["added", "keep"], second.manifest.entries
    increment = wandb.Artifact("grown", "dataset", incremental=True)
    with increment.new_file("keep") as file:
        file.write("other")
    with increment.new_file("more") as file:
        file.write("more")
    third = log(increment)
    found = api().artifact(f"{project}/grown:latest")
    assert found.version == "v2" and sorted(found.manifest.entries) == ["added", "keep", "more"], found.manifest.entries
    root = found.download(root=str(work / "grown"))
    found.verify(root=root)
    assert (pathlib.Path(root) / "keep").read_text() == "other"
    assert found.manifest.digest() == found.digest, (found.manifest.digest(), found.digest)
    assert third.version == "v2"


@part
def distributed():
    for worker in range(2):
        with wandb.init(project=project, group="g", id=f"r-worker-{worker}") as run:
            artifact = wandb.Artifact("shared", "dataset")
            with artifact.new_file(f"part-{worker}") as file:
                file.write(f"part {worker}")
            run.upsert_artifact(artifact, distributed_id="g")
    assert not api().artifact_exists(f"{project}/shared:latest")
    with wandb.init(project=project, group="g") as run:
        artifact = wandb.Artifact("shared", "dataset")
        with artifact.new_file("part-last") as file:
            file.write("last")
        run.finish_artifact(artifact, distributed_id="g").wait()
    found = api().artifact(f"{project}/shared:latest")
    assert sorted(found.manifest.entries) == ["part-0", "part-1", "part-last"], found.manifest.entries
    found.verify(root=found.download(root=str(work / "shared")))


@part
def references():
    first = wandb.Artifact("target", "dataset")
    with first.new_file("t.txt") as file:
        file.write("target")
    log(first)
    entry = api().artifact(f"{project}/target:v0").get_entry("t.txt")
    second = wandb.Artifact("pointer", "dataset")
    second.add_reference(entry.ref_url(), name="via.txt")
    log(second)
    root = api().artifact(f"{project}/pointer:v0").download(root=str(work / "pointer"))
    assert (pathlib.Path(root) / "via.txt").read_text() == "target"
    url = api().artifact(f"{project}/target:v0").files()[0].direct_url
    third = wandb.Artifact("over-http", "dataset")
    third.add_reference(url, name="http.txt")
    log(third)
    found = api().artifact(f"{project}/over-http:v0")
    assert found.manifest.entries["http.txt"].size == len("target"), found.manifest.entries
    assert (pathlib.Path(found.download(root=str(work / "over http"))) / "http.txt").read_text() == "target"
    with wandb.init(project=project) as run:
        a = wandb.Artifact("early", "dataset")
        table = wandb.Table(columns=["a", "b"], data=[[1, "x"], [2, "y"]])
        a.add(table, "t")
        b = wandb.Artifact("late", "dataset")
        run.log_artifact(a)
        b.add(table, "same")
        run.log_artifact(b).wait()
    found = api().artifact(f"{project}/late:v0")
    assert found.get("same").data == [[1, "x"], [2, "y"]]
    assert found.manifest.entries["same.table.json"].ref.startswith("wandb-artifact://"), found.manifest.entries


@part
def tables():
    with wandb.init(project=project, id="r-tables") as run:
        table = wandb.Table(columns=["a", "b"], data=[[1, "x"], [2, "y"]])
        run.log({"preds": table})
        run.log({"preds": wandb.Table(columns=["a", "b"], data=[[1, "x"], [2, "y"]])})
        grown = wandb.Table(columns=["n"], log_mode="INCREMENTAL")
        for index in range(3):
            grown.add_data(index)
            run.log({"grown": grown})
    client = api()
    logged = {a.name: a.type for a in client.run(f"{project}/r-tables").logged_artifacts()}
    assert logged["run-r-tables-preds:v0"] == "run_table", logged
    assert "run-r-tables-preds:v1" not in logged, logged
    preds = client.artifact(f"{project}/run-r-tables-preds:v0").get("preds")
    assert preds.data == [[1, "x"], [2, "y"]]
    value = client.run(f"{project}/r-tables").summary["preds"]
    assert value["artifact_path"].startswith("wandb-client-artifact://"), value
    increments = client.artifact(f"{project}/run-r-tables-incr-grown:latest")
    assert len(increments.manifest.entries) == 3, increments.manifest.entries


@part
def models():
    weights = work / "weights.bin"
    weights.write_bytes(b"w" * 1000)
    with wandb.init(project=project, id="r-model") as run:
        run.log_model(str(weights), name="net", aliases=["prod"])
        run.log_code(root=os.path.dirname(__file__), include_fn=lambda path: path.endswith("log-artifacts.py"))
    with wandb.init(project=project, id="r-model-user") as run:
        path = run.use_model("net:prod")
        assert open(path, "rb").read() == b"w" * 1000
        run.link_model(str(weights), registered_model_name="registered", name="net")
    linked = api().artifact("model-registry/registered:latest")
    assert linked.type == "model" and linked.source_name == "net:v0", linked.source_name
    assert [a.type for a in api().run(f"{project}/r-model").logged_artifacts()] == ["model", "code"]


@part
def command_line():
    # In this process: starting it takes longer than what it does.
    def run(*arguments):
        outcome = CliRunner().invoke(cli, ["artifact", *arguments], catch_exceptions=False)
        assert outcome.exit_code == 0, outcome.output
        return outcome.output

    (work / "put").mkdir()
    (work / "put" / "f.txt").write_text("from the command line")
    run("put", str(work / "put"), "--name", f"{project}/put", "--type", "dataset", "--alias", "cli")
    run("get", f"{project}/put:cli", "--root", str(work / "got"))
    assert (work / "got" / "f.txt").read_text() == "from the command line"
    assert "put:v0" in run("ls", project)


@part
def race():
    scripts = pathlib.Path(__file__).parent
    command = [sys.executable, str(scripts / "log-one-artifact.py"), project]
    racers = [subprocess.Popen([*command, str(i)], stdout=subprocess.PIPE, text=True) for i in range(2)]
    # The third one is this process, as soon as the others are on their way.
    own = wandb.Artifact("raced", "dataset")
    with own.new_file("f.txt") as file:
        file.write("mine")
    outputs = [f"VERSION {log(own).version}", *(racer.communicate()[0] for racer in racers)]
    versions = sorted(line.split()[1] for output in outputs for line in output.splitlines() if line.startswith("VERSION"))
    assert versions == ["v0", "v1", "v2"], outputs


@part
def regions():
    known = wandb.Artifact("here", "dataset", storage_region="default")
    with known.new_file("f.txt") as file:
        file.write("here")
    log(known)
    found = api().artifact(f"{project}/here:v0")
    assert found.manifest.storage_policy.config()["storageRegion"] == "default", found.manifest.storage_policy.config()
    assert open(found.get_entry("f.txt").download(root=str(work / "here"))).read() == "here"
    try:
        log(wandb.Artifact("placed", "dataset", storage_region="mars-1"))
    except Exception as error:
        assert "mars-1" in str(error), error
        return
    raise AssertionError("an unknown region was taken")


for name in sys.argv[1:] or parts:
    try:
        parts[name]()
        print("OK", name, flush=True)
    except Exception:
        traceback.print_exc()
        print("FAILED", name, flush=True)

documents = {name: text for name, text in vars(operations).items() if name.endswith("_GQL")}
print("DOCUMENTS", json.dumps(documents))
