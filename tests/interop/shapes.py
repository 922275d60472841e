"""Validates graphs against shapes with pyshacl.

    shapes.py SHAPES GRAPH…     (Turtle, or N-Triples by the name's end)

Prints "GRAPH conforms" or "GRAPH violates N" a line, then a line for each violation: NODE CONSTRAINT, the latter by its
local name. Messages go to stderr.
"""

import sys

import pyshacl
import rdflib

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


def main():
    shapes = rdflib.Graph().parse(sys.argv[1], format="turtle")
    for path in sys.argv[2:]:
        data = rdflib.Graph().parse(path, format="nt" if path.endswith(".nt") else "turtle")
        conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=True)
        results = list(report.subjects(rdflib.RDF.type, SH.ValidationResult))
        print(path, "conforms" if conforms else f"violates {len(results)}")
        for result in results:
            component = report.value(result, SH.sourceConstraintComponent)
            print(report.value(result, SH.focusNode), component.split("#")[-1])
        for result in results[:10]:
            node, path_, message = (report.value(result, SH[name]) for name in ("focusNode", "resultPath", "resultMessage"))
            print(f"{node} {path_}: {message}", file=sys.stderr)


if __name__ == "__main__":
    main()
