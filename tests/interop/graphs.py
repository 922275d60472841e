"""Reads the graphs in a folder with networkx, igraph and Python's csv, and prints what each found as a line of JSON.

    graphs.py FOLDER

A line is {"file", "reader", "nodes": [{…}], "edges": [{…}]}. Nodes and edges carry the attributes that the reader found,
edges the IRIs of their ends as "from" and "to"; what only tells a reader how to number or paint them is left out.
"""

import csv
import json
import pathlib
import sys

import igraph
import networkx

# Attributes of every flavour; a reader leaves out, or fills with nothing, what an element does not have.
NODE = ["iri", "label", "kind", "class", "begins", "ends", "evidence", "sentences", "unconfirmed"]
EDGE = ["from", "to", "label", "iri", "evidence", "unconfirmed"]


def chosen(names, data):
    """The attributes of these names. igraph reads every number as a float."""
    found = {name: data.get(name) for name in names}
    whole = lambda value: int(value) if isinstance(value, float) and value.is_integer() else value
    return {name: whole(value) for name, value in found.items() if value not in (None, "")}


def report(file, reader, nodes, edges):
    edges = [chosen(EDGE, edge) for edge in edges]
    print(json.dumps({"file": file, "reader": reader, "nodes": nodes, "edges": edges}))


def with_networkx(folder, name, read, colour):
    graph = read(str(folder / name))
    iri = dict(graph.nodes(data="iri"))
    nodes = []
    for _, data in graph.nodes(data=True):
        data = {"begins": data.get("start"), "ends": data.get("end"), **data}
        nodes.append({**chosen(NODE, data), "colour": colour(data)})
    edges = [{**data, "from": iri[a], "to": iri[b]} for a, b, data in graph.edges(data=True)]
    report(name, "networkx", nodes, edges)


def with_igraph(folder, name):
    graph = igraph.Graph.Read_GraphML(str(folder / name))
    nodes = [{**chosen(NODE, v.attributes()), "colour": painted(v.attributes())} for v in graph.vs]
    iri = graph.vs["iri"]
    edges = [{**e.attributes(), "from": iri[e.source], "to": iri[e.target]} for e in graph.es]
    report(name, "igraph", nodes, edges)


def painted(data):
    return [int(data[part]) for part in "rgb"]


def in_gexf(data):
    return [int(data["viz"]["color"][part]) for part in "rgb"]


def main():
    folder = pathlib.Path(sys.argv[1])
    for name in ["graph.graphml", "graph.yed.graphml"]:
        with_networkx(folder, name, networkx.read_graphml, painted)
        with_igraph(folder, name)
    with_networkx(folder, "graph.gexf", networkx.read_gexf, in_gexf)
    with (folder / "graph.csv").open(newline="") as table:
        rows = list(csv.DictReader(table))
    print(json.dumps({"file": "graph.csv", "reader": "csv", "nodes": [], "edges": rows}))


if __name__ == "__main__":
    main()
