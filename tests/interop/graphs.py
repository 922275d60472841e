"""Reads graph.graphml and graph.gexf with networkx and igraph, and prints "FILE READER NODES EDGES HASH" a line.

    graphs.py FOLDER

HASH is that of the edges, each as the label of where it starts, its own, and the label of where it ends.
"""

import hashlib
import pathlib
import sys

import igraph
import networkx


def report(name, reader, nodes, edges):
    if not all(nodes):
        sys.exit(f"{name}: {reader} finds a node without a label")
    lines = sorted("\t".join(edge) for edge in edges)
    print(name, reader, len(nodes), len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest())


def main():
    folder = pathlib.Path(sys.argv[1])
    for name, read in [("graph.graphml", networkx.read_graphml), ("graph.gexf", networkx.read_gexf)]:
        graph = read(str(folder / name))
        label = dict(graph.nodes(data="label"))
        edges = [(label[a], text, label[b]) for a, b, text in graph.edges(data="label")]
        report(name, "networkx", list(label.values()), edges)
    graph = igraph.Graph.Read_GraphML(str(folder / "graph.graphml"))
    label = graph.vs["label"]
    report("graph.graphml", "igraph", label, [(label[e.source], e["label"], label[e.target]) for e in graph.es])


if __name__ == "__main__":
    main()
