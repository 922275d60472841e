// Reads graph.cyjs with cytoscape.js and graph.gexf with graphology, and prints "FILE READER NODES EDGES" a line.
//
//     node graphs.cjs FOLDER
const fs = require("node:fs");
const path = require("node:path");
const cytoscape = require("cytoscape");
const { MultiDirectedGraph } = require("graphology");
const gexf = require("graphology-gexf");

const read = (name) => fs.readFileSync(path.join(process.argv[2], name), "utf8");

const drawn = cytoscape({ headless: true, elements: JSON.parse(read("graph.cyjs")).elements });
console.log(`graph.cyjs cytoscape.js ${drawn.nodes().length} ${drawn.edges().length}`);

const graph = gexf.parse(MultiDirectedGraph, read("graph.gexf"));
console.log(`graph.gexf graphology ${graph.order} ${graph.size}`);
