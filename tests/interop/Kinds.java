// Prints "KIND IRI" for each class and property of an ontology as OWLAPI, the library of Protégé, reads it.
//
//     java -cp CLASSPATH Kinds.java FILE
import java.io.File;
import java.util.TreeSet;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLEntity;
import org.semanticweb.owlapi.model.OWLOntology;

public class Kinds {
    public static void main(String[] arguments) throws Exception {
        OWLOntology ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(arguments[0]));
        TreeSet<String> lines = new TreeSet<>();
        ontology.signature().forEach(entity -> {
            if (!entity.isBuiltIn()) {
                lines.add(entity.getEntityType().getName() + " " + entity.getIRI());
            }
        });
        lines.forEach(System.out::println);
    }
}
