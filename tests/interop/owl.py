"""Loads ontologies with owlready2, as Protégé's users know them.

    owl.py FILE…     RDF/XML or N-Triples

Prints for each file "FILE KIND IRI" a line: each class, object property, data property and annotation property, and
each individual with its class in place of the kind.
"""

import pathlib
import sys

import owlready2


def main():
    for path in sys.argv[1:]:
        world = owlready2.World()
        world.get_ontology(pathlib.Path(path).as_uri()).load()
        found = {
            "Class": world.classes(),
            "ObjectProperty": world.object_properties(),
            "DatatypeProperty": world.data_properties(),
            "AnnotationProperty": world.annotation_properties(),
        }
        name = pathlib.Path(path).name
        for kind, terms in found.items():
            for term in terms:
                print(name, kind, term.iri)
        for kind in world.classes():
            for individual in world.search(type=kind):
                print(name, kind.iri, individual.iri)


if __name__ == "__main__":
    main()
