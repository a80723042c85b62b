import csv
import hashlib
import io
import json
import os

import pytest
import yaml

from presstm.errors import InputError
from presstm.exports import check, packages


def test_datapackage_describes_every_column_of_every_file(source):
    files = packages.datapackage(source)
    package = json.loads(files["datapackage.json"])
    assert {resource["path"] for resource in package["resources"]} | {"datapackage.json"} == set(files)
    for resource in package["resources"]:
        content = files[resource["path"]]
        header = next(csv.reader(io.StringIO(content.decode())))
        assert [column["name"] for column in resource["schema"]["fields"]] == header
        assert all(column["description"] for column in resource["schema"]["fields"])
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_cells_keep_the_constraints_that_the_package_states(source):
    files = packages.datapackage(source)
    checked = 0
    for resource in json.loads(files["datapackage.json"])["resources"]:
        rows = list(csv.DictReader(io.StringIO(files[resource["path"]].decode())))
        for column in resource["schema"]["fields"]:
            limits = column.get("constraints", {})
            cells = [row[column["name"]] for row in rows]
            assert not limits.get("required") or all(cells), (resource["name"], column["name"])
            assert set(cells) <= {*limits.get("enum", cells), ""}, (resource["name"], column["name"])
            checked += bool(limits)
        keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys), resource["name"]
    assert checked > 20


def test_rocrate_lists_its_files_and_says_what_was_done(source):
    files = packages.rocrate(source)
    graph = {entity["@id"]: entity for entity in json.loads(files["ro-crate-metadata.json"])["@graph"]}
    listed = {part["@id"] for part in graph["./"]["hasPart"]}
    assert listed == set(files) - {"ro-crate-metadata.json", packages.MANIFEST}
    assert all(graph[name]["sha256"] == hashlib.sha256(files[name]).hexdigest() for name in listed)
    assert yaml.safe_load(files["CITATION.cff"])["title"] == "Étude d’essai"
    assert yaml.safe_load(files["params.yaml"])["reuse"]["shingle"] == 5


@pytest.fixture
def bundle(source, tmp_path):
    for name, content in packages.rocrate(source).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return tmp_path


def test_a_bundle_as_published_is_verified(bundle):
    assert check.verify(bundle) == len([path for path in bundle.rglob("*") if path.is_file()]) - 1


def test_what_is_changed_missing_or_new_is_named(bundle):
    (bundle / "params.yaml").write_text("x: 1")
    (bundle / "CITATION.cff").unlink()
    (bundle / "new.txt").write_text("")
    with pytest.raises(
        InputError, match=r"CITATION.cff is missing; new.txt is not in the manifest; params.yaml has changed"
    ):
        check.verify(bundle)


def test_whatever_is_not_listed_is_named(bundle):
    (bundle / "folder").symlink_to(bundle.parent)
    (bundle / "broken").symlink_to(bundle / "nothing")
    os.mkfifo(bundle / "pipe")
    with pytest.raises(InputError) as caught:
        check.verify(bundle)
    assert str(caught.value).endswith(
        ": " + "; ".join(f"{name} is not in the manifest" for name in ("broken", "folder", "pipe"))
    )


def test_what_was_a_file_is_not_read_when_it_is_something_else(bundle):
    (bundle / "params.yaml").rename(bundle.parent / "params.yaml")
    (bundle / "params.yaml").symlink_to(bundle.parent / "params.yaml")
    (bundle / "CITATION.cff").unlink()
    os.mkfifo(bundle / "CITATION.cff")
    with pytest.raises(InputError, match=r"CITATION\.cff has changed; params\.yaml has changed"):
        check.verify(bundle)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda content: b"", "lists no file"),
        (lambda content: content + b"rubbish\n", r"line \d+: no hash and name"),
        (lambda content: content + content.splitlines()[0], r"line \d+: CITATION.cff is listed twice"),
        (lambda content: content + b"\xff", "not UTF-8"),
    ],
)
def test_a_damaged_manifest_is_refused(bundle, damage, message):
    path = bundle / packages.MANIFEST
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(InputError, match=f"manifest-sha256.txt is damaged.*{message}"):
        check.verify(bundle)


def test_a_folder_without_manifest_is_refused(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        check.verify(tmp_path)
