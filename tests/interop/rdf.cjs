// Reads exports of one graph with N3.js and jsonld.js, and prints "FILE READER TRIPLES" a line.
//
//     node rdf.cjs FOLDER       FOLDER holds graph.ttl, graph.nt, graph.nq, graph.trig, graph.jsonld, graph.12.ttl
//
// Distinct triples, whatever graph they are in. A file that does not parse ends it with an error.
const fs = require("node:fs");
const path = require("node:path");
const { Parser } = require("n3");
const jsonld = require("jsonld");

const FORMATS = { ttl: "text/turtle", nt: "N-Triples", nq: "N-Quads", trig: "application/trig" };

function distinct(quads) {
  const key = (term) => term.termType === "Quad" ? [term.subject, term.predicate, term.object].map(key) : [term.termType, term.value, term.language ?? "", term.datatype?.value ?? ""];
  return new Set(quads.map((q) => JSON.stringify([q.subject, q.predicate, q.object].map(key)))).size;
}

// Turtle 1.2 with each reifier written out as RDF 1.1 reifies: three triples and a type for one.
function unreified(quads) {
  const reified = quads.filter((q) => q.predicate.value.endsWith("#reifies"));
  if (!reified.every((q) => q.object.termType === "Quad")) throw new Error("a reifier of no triple");
  return distinct(quads) - distinct(reified) + 4 * new Set(reified.map((q) => q.subject.value)).size;
}

async function main() {
  const folder = process.argv[2];
  const read = (name) => fs.readFileSync(path.join(folder, name), "utf8");
  for (const [extension, format] of Object.entries(FORMATS)) {
    const quads = new Parser({ format }).parse(read(`graph.${extension}`));
    console.log(`graph.${extension} N3.js ${distinct(quads)}`);
  }
  const latest = new Parser({ format: "text/turtle" }).parse(read("graph.12.ttl"));
  console.log(`graph.12.ttl N3.js ${unreified(latest)}`);
  const nquads = await jsonld.toRDF(JSON.parse(read("graph.jsonld")), { format: "application/n-quads" });
  console.log(`graph.jsonld jsonld.js ${distinct(new Parser({ format: "N-Quads" }).parse(nquads))}`);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
