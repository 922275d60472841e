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

#[test]
fn roles_are_many_and_found_by_their_words() {
    let schema = Schema::embedded();
    assert!(schema.roles.concepts().len() >= 1000);
    for (words, label, length) in [
        (["home", "secretary", "ada"], "Home Secretary", 2),
        (["chief", "constables", "of"], "chief constable", 2),
        (["policing", "commentator", "x"], "policing commentator", 2),
        (["deputy", "prime", "minister"], "deputy prime minister", 3),
    ] {
        let (concept, n) = schema.roles.find(&words).expect(label);
        assert_eq!((concept.label.as_str(), n), (label, length));
    }
    assert!(schema.roles.find(&["the", "home", "secretary"]).is_none());
}
