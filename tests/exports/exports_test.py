"""Holds one export of a small store, under all the shipped rules, against what its readers demand: exports_test.py
ASSAY FORMAT. OSCAL against its JSON schemas; PROV-JSON against the relations and keys of its W3C submission; a workbook
by reading it; CSV by its columns. Ends with 1 and says what is wrong."""
import csv
import io
import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
import zipfile
from pathlib import Path

import jsonschema
import regex

ASSAY, FORMAT = sys.argv[1], sys.argv[2]
ROWS = """subject,field,value,valid_from,source,document,place
council:E06000014,council.register,York,2020-04-01,register,Register of councils,
ics:QOQ,ics.register,Humber and North Yorkshire,2022-07-01,register,Register of systems,
council:E06000014,cqc.local_authority.safeguarding,1,2025-05-01,cqc_report,Report,page 3
council:E06000014,cqc.local_authority.needs,2,2025-05-01,cqc_report,Report,page 2
"""
SCHEMAS = {"oscal-results": "assessment-results", "oscal-catalog": "catalog", "oscal-mapping": "mapping"}
# The two ends of each relation, by the W3C submission PROV-JSON, section 3.
RELATIONS = {
    "wasGeneratedBy": ("prov:entity", "entity", "prov:activity", "activity"),
    "used": ("prov:activity", "activity", "prov:entity", "entity"),
    "wasAssociatedWith": ("prov:activity", "activity", "prov:agent", "agent"),
    "wasAttributedTo": ("prov:entity", "entity", "prov:agent", "agent"),
    "wasDerivedFrom": ("prov:generatedEntity", "entity", "prov:usedEntity", "entity"),
}


def expect(holds, message):
    if not holds:
        sys.exit(f"{FORMAT}: {message}")


def assay(*words):
    done = subprocess.run([ASSAY, *words], capture_output=True, text=True, check=False)
    expect(done.returncode == 0, f"assay {' '.join(words)}: {done.stderr}")
    return done.stdout


def export(folder):
    store = str(folder / "s.db")
    (folder / "rows.csv").write_text(ROWS)
    assay("init", store)
    assay("import", store, str(folder / "rows.csv"), "--by", "A. Example", "--recorded-on", "2025-06-01")
    assay("run", store, "--as-at", "2026-03-31", "--by", "B. Example")
    out = ["--out", str(folder / "o.xlsx")] if FORMAT == "xlsx" else []
    return assay("export", store, "--as-at", "2026-03-31", "--format", FORMAT, *out)


def hold_against_schema(document):
    schema = json.loads(Path(f"tests/vectors/oscal/oscal_{SCHEMAS[FORMAT]}_schema.json").read_text())

    def pattern(_, wanted, instance, __):
        # The schemas name letters and digits of any alphabet, which Python's own patterns cannot.
        if isinstance(instance, str) and not regex.search(wanted, instance):
            yield jsonschema.ValidationError(f"{instance!r} does not match {wanted!r}")

    validator = jsonschema.validators.extend(jsonschema.Draft7Validator, {"pattern": pattern})
    faults = sorted(validator(schema).iter_errors(document), key=lambda fault: list(map(str, fault.path)))
    expect(not faults, "\n".join(f"{list(fault.path)}: {fault.message}"[:600] for fault in faults[:5]))
    broken = json.loads(json.dumps(document))
    del broken[next(iter(broken))]["uuid"]
    expect(list(validator(schema).iter_errors(broken)), "the schema refuses nothing")


def hold_results(document):
    result = document["assessment-results"]["results"][0]
    states = {(p["value"], f["target"]["status"]["state"]) for f in result["findings"] for p in f["props"]
              if p["name"] == "status"}
    expect(("undetermined", "not-satisfied") in states, "nothing undetermined to show")
    expect(("undetermined", "satisfied") not in states, "what is undetermined reads as satisfied")
    known = {o["uuid"] for o in result["observations"]}
    related = {r["observation-uuid"] for f in result["findings"] for r in f.get("related-observations", [])}
    expect(related and related <= known, "a finding rests on an observation that is not there")


def hold_prov(document):
    expect(document["prefix"]["prov"] == "http://www.w3.org/ns/prov#", "the prefix of PROV")
    expect(set(document) <= {"prefix", "entity", "activity", "agent", *RELATIONS}, f"keys {set(document)}")
    prefixes = set(document["prefix"])
    for kind in ("entity", "activity", "agent"):
        expect(all(name.split(":")[0] in prefixes for name in document[kind]), f"a name of {kind} without a prefix")
    for relation, (one, of, other, to) in RELATIONS.items():
        expect(document.get(relation), f"no {relation}")
        for name, ends in document[relation].items():
            expect(name.startswith("_:") and set(ends) == {one, other}, f"{relation} {name}: {ends}")
            expect(ends[one] in document[of], f"{relation}: {ends[one]} is no {of}")
            expect(ends[other] in document[to], f"{relation}: {ends[other]} is no {to}")
    people = {agent["prov:label"] for agent in document["agent"].values()}
    expect({"A. Example", "B. Example"} <= people, f"who did it: {people}")


def hold_csv(text):
    rows = list(csv.DictReader(io.StringIO(text)))
    expect(len(rows) > 10, "too few lines")
    expect(all(row["Basis"] and row["Status"] for row in rows), "a line without its basis or status")
    expect(all(row["What would settle it"] for row in rows if row["Status"] in ("unknown", "undetermined")),
           "what is unknown without what would settle it")


def hold_workbook(path):
    with zipfile.ZipFile(path) as book:
        sheet = xml.etree.ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    space = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    setup = sheet.find("x:pageSetup", space).attrib
    expect(setup.get("orientation") == "landscape" and setup.get("paperSize") == "9", f"page {setup}")
    expect(setup.get("fitToHeight") == "0", "not one page wide and as many long as it takes")
    expect(len(sheet.findall("x:sheetData/x:row", space)) > 10, "too few lines")
    expect(not sheet.findall(".//x:f", space), "a formula")


with tempfile.TemporaryDirectory() as name:
    printed = export(Path(name))
    if FORMAT in SCHEMAS:
        made = json.loads(printed)
        hold_against_schema(made)
        if FORMAT == "oscal-results":
            hold_results(made)
    elif FORMAT == "prov":
        hold_prov(json.loads(printed))
    elif FORMAT == "csv":
        hold_csv(printed)
    else:
        hold_workbook(Path(name) / "o.xlsx")
