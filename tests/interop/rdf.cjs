// Reads exports of one graph with N3.js and jsonld.js, and writes what each found as N-Triples.
//
//     node rdf.cjs FOLDER       FOLDER holds graph.ttl, graph.nt, graph.nq, graph.trig, graph.jsonld, graph.12.ttl
//
// Writes FILE.READER.nt beside each file and prints its name: the triples, whatever graph they are in. A file that does
// not parse ends it with an error.
const fs = require("node:fs");
const path = require("node:path");
const { DataFactory, Parser, Writer } = require("n3");
const jsonld = require("jsonld");

const FORMATS = { ttl: "text/turtle", nt: "N-Triples", nq: "N-Quads", trig: "application/trig" };
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

// Turtle 1.2 with each reifier written out as RDF 1.1 reifies.
function unreified(quads) {
  const name = (local) => DataFactory.namedNode(RDF + local);
  return quads.flatMap((q) => {
    if (q.predicate.value !== `${RDF}reifies`) return [q];
    if (q.object.termType !== "Quad") throw new Error("a reifier of no triple");
    const parts = [["type", name("Statement")], ["subject", q.object.subject], ["predicate", q.object.predicate], ["object", q.object.object]];
    return parts.map(([local, object]) => DataFactory.quad(q.subject, name(local), object));
  });
}

async function main() {
  const folder = process.argv[2];
  const read = (name) => fs.readFileSync(path.join(folder, name), "utf8");
  const report = (file, reader, quads) => {
    const triples = quads.map((q) => DataFactory.quad(q.subject, q.predicate, q.object));
    const name = `${file}.${reader}.nt`;
    fs.writeFileSync(path.join(folder, name), new Writer({ format: "N-Triples" }).quadsToString(triples));
    console.log(name);
  };
  for (const [extension, format] of Object.entries(FORMATS)) {
    report(`graph.${extension}`, "N3.js", new Parser({ format }).parse(read(`graph.${extension}`)));
  }
  report("graph.12.ttl", "N3.js", unreified(new Parser({ format: "text/turtle" }).parse(read("graph.12.ttl"))));
  const nquads = await jsonld.toRDF(JSON.parse(read("graph.jsonld")), { format: "application/n-quads" });
  report("graph.jsonld", "jsonld.js", new Parser({ format: "N-Quads" }).parse(nquads));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
