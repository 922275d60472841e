//! The shipped ontology loads, and every event type has the examples that it needs.

use newsloom::schema::Schema;

#[test]
fn the_shipped_files_load() {
    match Schema::load(None) {
        Ok(schema) => assert!(
            schema.frames.len() > 20,
            "only {} frames",
            schema.frames.len()
        ),
        Err(errors) => panic!("{errors}"),
    }
}
