// Reads graph.cyjs with cytoscape.js and graph.gexf with graphology, and prints "FILE READER NODES EDGES HASH" a line.
//
//     node graphs.cjs FOLDER
//
// HASH is that of the edges, each as the label of where it starts, its own, and the label of where it ends.
const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const cytoscape = require("cytoscape");
const { MultiDirectedGraph } = require("graphology");
const gexf = require("graphology-gexf");

const read = (name) => fs.readFileSync(path.join(process.argv[2], name), "utf8");

function report(name, reader, nodes, edges) {
  const lines = edges.map((edge) => Buffer.from(edge.join("\t"))).sort(Buffer.compare);
  const hash = crypto.createHash("sha256").update(lines.map(String).join("\n")).digest("hex");
  console.log(`${name} ${reader} ${nodes} ${lines.length} ${hash}`);
}

const drawn = cytoscape({ headless: true, elements: JSON.parse(read("graph.cyjs")).elements });
const ties = drawn.edges().map((edge) => [edge.source().data("label"), edge.data("label"), edge.target().data("label")]);
report("graph.cyjs", "cytoscape.js", drawn.nodes().length, ties);

const graph = gexf.parse(MultiDirectedGraph, read("graph.gexf"));
const label = (node) => graph.getNodeAttribute(node, "label");
const edges = graph.mapEdges((edge, attributes, from, to) => [label(from), attributes.label, label(to)]);
report("graph.gexf", "graphology", graph.order, edges);
