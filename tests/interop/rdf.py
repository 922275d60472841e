"""Reads exports of one graph with rdflib, pyoxigraph and PyLD, and prints what each found.

    rdf.py FOLDER          FOLDER holds graph.ttl, graph.nt, graph.nq, graph.trig, graph.rdf, graph.jsonld, graph.12.ttl

Prints "FILE READER TRIPLES" a line: distinct triples, whatever graph they are in. Exits with 1 and the first few
triples that differ when a reader finds another set of triples than rdflib finds in graph.nt.
"""

import json
import pathlib
import sys

import pyoxigraph
import rdflib
from pyld import jsonld

FORMATS = {"nt": "nt", "ttl": "turtle", "nq": "nquads", "trig": "trig", "rdf": "xml", "jsonld": "json-ld"}
OXIGRAPH = {
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


def rdflib_triples(path, extension):
    data = rdflib.Dataset(default_union=True)
    data.parse(path, format=FORMATS[extension])
    return {tuple(term.n3() for term in quad[:3]) for quad in data.quads()}


def oxigraph_triples(path, extension):
    quads = pyoxigraph.parse(path=path, format=OXIGRAPH[extension])
    return {tuple(str(part) for part in (q.subject, q.predicate, q.object)) for q in quads}


def unreified(path):
    """The triples of Turtle 1.2 with each reifier written out as RDF 1.1 reifies."""
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    name = lambda local: f"<{rdf}{local}>"
    triples = set()
    for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
        if quad.predicate.value == rdf + "reifies":
            claim, triple = str(quad.subject), quad.object
            triples.add((claim, name("type"), name("Statement")))
            triples.add((claim, name("subject"), str(triple.subject)))
            triples.add((claim, name("predicate"), str(triple.predicate)))
            triples.add((claim, name("object"), str(triple.object)))
        else:
            triples.add((str(quad.subject), str(quad.predicate), str(quad.object)))
    return triples


def pyld_triples(path):
    text = jsonld.to_rdf(json.loads(pathlib.Path(path).read_text(encoding="utf-8")), {"format": "application/n-quads"})
    quads = pyoxigraph.parse(input=text, format=pyoxigraph.RdfFormat.N_QUADS)
    return {tuple(str(part) for part in (q.subject, q.predicate, q.object)) for q in quads}


def main():
    folder = pathlib.Path(sys.argv[1])
    reference = rdflib_triples(str(folder / "graph.nt"), "nt")
    oxigraph_reference = oxigraph_triples(str(folder / "graph.nt"), "nt")
    status = 0
    for extension in [*FORMATS, "12.ttl"]:
        path = str(folder / f"graph.{extension}")
        if extension == "12.ttl":
            readers = [("pyoxigraph", unreified(path), oxigraph_reference)]
        else:
            readers = [
                ("rdflib", rdflib_triples(path, extension), reference),
                ("pyoxigraph", oxigraph_triples(path, extension), oxigraph_reference),
            ]
        if extension == "jsonld":
            readers.append(("PyLD", pyld_triples(path), oxigraph_reference))
        for reader, triples, expected in readers:
            print(f"graph.{extension} {reader} {len(triples)}")
            for sign, difference in [("missing", expected - triples), ("added", triples - expected)]:
                for triple in sorted(difference)[:5]:
                    print(f"graph.{extension} {reader} {sign}: {' '.join(triple)}", file=sys.stderr)
                    status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
