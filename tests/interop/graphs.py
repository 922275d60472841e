"""Reads graph.graphml and graph.gexf with networkx, and prints "FILE READER NODES EDGES" a line.

    graphs.py FOLDER

A node without a label ends it with an error.
"""

import pathlib
import sys

import networkx


def main():
    folder = pathlib.Path(sys.argv[1])
    for name, read in [("graph.graphml", networkx.read_graphml), ("graph.gexf", networkx.read_gexf)]:
        graph = read(str(folder / name))
        for node, data in graph.nodes(data=True):
            if not data.get("label"):
                sys.exit(f"{name}: {node} has no label: {data}")
        print(name, "networkx", graph.number_of_nodes(), graph.number_of_edges())


if __name__ == "__main__":
    main()
