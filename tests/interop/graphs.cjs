// Reads graph.cyjs with cytoscape.js and graph.gexf with graphology, and prints what each found as a line of JSON.
//
//     node graphs.cjs FOLDER
//
// A line is {file, reader, nodes, edges}, as graphs.py prints them.
const fs = require("node:fs");
const path = require("node:path");
const cytoscape = require("cytoscape");
const { MultiDirectedGraph } = require("graphology");
const gexf = require("graphology-gexf");

const NODE = ["iri", "label", "kind", "class", "begins", "ends", "evidence", "sentences", "unconfirmed"];
const EDGE = ["from", "to", "label", "iri", "evidence", "unconfirmed"];

const read = (name) => fs.readFileSync(path.join(process.argv[2], name), "utf8");
const chosen = (names, data) =>
  Object.fromEntries(names.filter((name) => ![undefined, ""].includes(data[name])).map((name) => [name, data[name]]));
const report = (file, reader, nodes, edges) => console.log(JSON.stringify({ file, reader, nodes, edges }));

const drawn = cytoscape({ headless: true, elements: JSON.parse(read("graph.cyjs")).elements });
report(
  "graph.cyjs",
  "cytoscape.js",
  drawn.nodes().map((node) => chosen(NODE, { ...node.data(), iri: node.id() })),
  drawn.edges().map((edge) => chosen(EDGE, { ...edge.data(), from: edge.source().id(), to: edge.target().id() })),
);

const graph = gexf.parse(MultiDirectedGraph, read("graph.gexf"));
const iri = (node) => graph.getNodeAttribute(node, "iri");
report(
  "graph.gexf",
  "graphology",
  graph.mapNodes((node, data) => ({ ...chosen(NODE, data), colour: data.color })),
  graph.mapEdges((edge, data, from, to) => chosen(EDGE, { ...data, from: iri(from), to: iri(to) })),
);
