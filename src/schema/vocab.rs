//! The vocabulary as constants: every IRI that the graph uses is spelled here and nowhere else.
//!
//! In: nothing. Out: constants, one module a namespace, and the [`PREFIXES`] of outputs and queries. Refuses: to mint.

/// Defines the terms of one namespace as full IRIs.
macro_rules! terms {
    ($(#[$doc:meta])* $module:ident = $ns:literal { $($name:ident = $local:literal),* $(,)? }) => {
        $(#[$doc])*
        pub mod $module {
            /// The namespace.
            pub const NS: &str = $ns;
            $(
                #[doc = concat!("`", $ns, $local, "`")]
                pub const $name: &str = concat!($ns, $local);
            )*
        }
    };
}

terms! {
    /// Newsloom's own terms: what no standard vocabulary has.
    nl = "https://w3id.org/newsloom/ns#" {
        CLAIM = "Claim", ASSERTION = "Assertion", POSSIBLE_EVENT = "PossibleEvent", FIGURE = "Figure", FACILITY = "Facility", GROUP = "Group",
        MEMBERSHIP = "Membership", RUN = "Run",
        POLARITY_CLASS = "Polarity", MODALITY_CLASS = "Modality", VOICE_CLASS = "Voice", STATUS_CLASS = "Status",
        AFFIRMED = "Affirmed", NEGATED = "Negated",
        ACTUAL = "Actual", POSSIBLE = "Possible", ALLEGED = "Alleged", PLANNED = "Planned", DENIED = "Denied",
        NARRATED = "Narrated", REPORTED = "Reported",
        CURRENT = "Current", FORMER = "Former", FUTURE = "Future", UNDATED = "Undated",
        EVIDENCE = "evidence", ASSERTION_OF = "assertion", POLARITY = "polarity", MODALITY = "modality", VOICE = "voice", CUE = "cue",
        TIME_EXPRESSION = "timeExpression", CONFIDENCE = "confidence", RULE = "rule", TRIGGER = "trigger",
        POST = "post", STATUS = "status", AS_OF = "asOf", IMPLIES = "implies", PUBLIC_OFFICE = "publicOffice", ROLE_WORDS = "roleWords", QUALIFIER = "qualifier",
        AGENT = "agent", VICTIM = "victim", ACCUSED = "accused", AUTHORITY = "authority", REQUESTER = "requester", REQUESTED = "requested",
        BENEFICIARY = "beneficiary", SPEAKER = "speaker", ADDRESSEE = "addressee", TOPIC = "topic", PARTICIPANT = "participant", OBJECT = "object",
        OFFENCE = "offence", ORIGIN = "origin", DESTINATION = "destination", INSTRUMENT = "instrument", CAUSE = "cause", AMOUNT = "amount",
        VALUE = "value", COMPARATOR = "comparator", UNIT = "unit", COUNTS = "counts",
        POSSIBLY_SAME_AS = "possiblySameAs", PARTIAL_DATE = "partialDate",
    }
}

terms! {
    /// Simple Event Model: events, actors, places, times.
    sem = "http://semanticweb.cs.vu.nl/2009/11/sem/" {
        EVENT = "Event", ACTOR = "Actor", PLACE = "Place", EVENT_TYPE_CLASS = "EventType", EVENT_TYPE = "eventType", HAS_ACTOR = "hasActor",
        HAS_PLACE = "hasPlace", HAS_TIME = "hasTime", HAS_TIME_STAMP = "hasTimeStamp",
        HAS_EARLIEST_BEGIN_TIME_STAMP = "hasEarliestBeginTimeStamp", HAS_LATEST_END_TIME_STAMP = "hasLatestEndTimeStamp",
        HAS_BEGIN_TIME_STAMP = "hasBeginTimeStamp", HAS_END_TIME_STAMP = "hasEndTimeStamp", HAS_SUB_EVENT = "hasSubEvent",
    }
}

terms! {
    /// The Organization Ontology: memberships, posts, roles.
    org = "http://www.w3.org/ns/org#" {
        ORGANIZATION = "Organization", MEMBERSHIP = "Membership", ROLE_CLASS = "Role", POST_CLASS = "Post",
        HAS_MEMBERSHIP = "hasMembership", MEMBER = "member", ORGANIZATION_OF = "organization", ROLE = "role", POST_IN = "postIn", HELD_BY = "heldBy",
        HOLDS = "holds", UNIT_OF = "unitOf", SUB_ORGANIZATION_OF = "subOrganizationOf", MEMBER_OF = "memberOf", MEMBER_DURING = "memberDuring",
    }
}

terms! {
    /// schema.org, in its https form.
    schema = "https://schema.org/" {
        PERSON = "Person", ORGANIZATION = "Organization", PLACE = "Place", EVENT = "Event", NEWS_ARTICLE = "NewsArticle", QUANTITATIVE_VALUE = "QuantitativeValue",
        NAME = "name", JOB_TITLE = "jobTitle", CONTAINED_IN_PLACE = "containedInPlace", LOCATION = "location", STARTS = "startDate", ENDS = "endDate",
        WORKS_FOR = "worksFor", MEMBER_OF = "memberOf", AFFILIATION = "affiliation", FOUNDER = "founder", FOUNDING_DATE = "foundingDate",
        PARENT_ORGANIZATION = "parentOrganization", SUB_ORGANIZATION = "subOrganization", ALUMNI_OF = "alumniOf", BIRTH_PLACE = "birthPlace", BIRTH_DATE = "birthDate",
        DEATH_PLACE = "deathPlace", DEATH_DATE = "deathDate", HOME_LOCATION = "homeLocation", NATIONALITY = "nationality", SPOUSE = "spouse", PARENT = "parent",
        CHILDREN = "children", SIBLING = "sibling", ORGANIZER = "organizer", AGE = "age", GENDER = "gender", IDENTIFIER = "identifier",
        LATITUDE = "latitude", LONGITUDE = "longitude", MENTIONS = "mentions",
    }
}

terms! {
    /// Friend of a Friend: people, organisations, documents.
    foaf = "http://xmlns.com/foaf/0.1/" {
        PERSON = "Person", ORGANIZATION = "Organization", GROUP = "Group", AGENT = "Agent", DOCUMENT = "Document", NAME = "name",
    }
}

terms! {
    /// SKOS: labels and the scheme of roles.
    skos = "http://www.w3.org/2004/02/skos/core#" {
        CONCEPT = "Concept", CONCEPT_SCHEME = "ConceptScheme", PREF_LABEL = "prefLabel", ALT_LABEL = "altLabel", BROADER = "broader", NARROWER = "narrower",
        IN_SCHEME = "inScheme", TOP_CONCEPT_OF = "topConceptOf", CLOSE_MATCH = "closeMatch", EXACT_MATCH = "exactMatch", NOTE = "note",
        SCOPE_NOTE = "scopeNote", EXAMPLE = "example",
    }
}

terms! {
    /// Where things come from.
    prov = "http://www.w3.org/ns/prov#" {
        ENTITY = "Entity", ACTIVITY = "Activity", AGENT = "Agent", WAS_DERIVED_FROM = "wasDerivedFrom", WAS_ATTRIBUTED_TO = "wasAttributedTo",
        WAS_GENERATED_BY = "wasGeneratedBy", WAS_QUOTED_FROM = "wasQuotedFrom",
    }
}

terms! {
    /// NLP Interchange Format: sentences as spans of documents.
    nif = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#" {
        SENTENCE = "Sentence", OFFSET_BASED_STRING = "OffsetBasedString", CONTEXT = "Context", STRING = "String", ANCHOR_OF = "anchorOf", BEGIN_INDEX = "beginIndex",
        END_INDEX = "endIndex", REFERENCE_CONTEXT = "referenceContext", IS_STRING = "isString",
    }
}

terms! {
    /// Dublin Core terms for documents.
    dcterms = "http://purl.org/dc/terms/" {
        TITLE = "title", ISSUED = "issued", PUBLISHER = "publisher", SOURCE = "source", IDENTIFIER = "identifier", LICENSE = "license", DESCRIPTION = "description",
        LANGUAGE = "language",
    }
}

terms! {
    /// OWL-Time: intervals of roles.
    time = "http://www.w3.org/2006/time#" {
        INTERVAL = "Interval", INSTANT = "Instant", PROPER_INTERVAL = "ProperInterval", HAS_TIME = "hasTime", HAS_BEGINNING = "hasBeginning", HAS_END = "hasEnd",
        IN_XSD_DATE = "inXSDDate", IN_XSD_GYEAR = "inXSDgYear", IN_XSD_GYEAR_MONTH = "inXSDgYearMonth",
    }
}

terms! {
    /// The Web Ontology Language.
    owl = "http://www.w3.org/2002/07/owl#" {
        ONTOLOGY = "Ontology", CLASS = "Class", OBJECT_PROPERTY = "ObjectProperty", DATATYPE_PROPERTY = "DatatypeProperty", ANNOTATION_PROPERTY = "AnnotationProperty",
        NAMED_INDIVIDUAL = "NamedIndividual", VERSION_IRI = "versionIRI", VERSION_INFO = "versionInfo", IMPORTS = "imports", SAME_AS = "sameAs", THING = "Thing",
        FUNCTIONAL_PROPERTY = "FunctionalProperty", SYMMETRIC_PROPERTY = "SymmetricProperty", DISJOINT_WITH = "disjointWith",
    }
}

terms! {
    /// RDF itself.
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#" {
        TYPE = "type", STATEMENT = "Statement", SUBJECT = "subject", PREDICATE = "predicate", OBJECT = "object", LANG_STRING = "langString", PROPERTY = "Property",
        REIFIES = "reifies",
    }
}

terms! {
    /// RDF Schema.
    rdfs = "http://www.w3.org/2000/01/rdf-schema#" {
        LABEL = "label", COMMENT = "comment", SUB_CLASS_OF = "subClassOf", SUB_PROPERTY_OF = "subPropertyOf", DOMAIN = "domain", RANGE = "range",
        IS_DEFINED_BY = "isDefinedBy", SEE_ALSO = "seeAlso", CLASS = "Class",
    }
}

terms! {
    /// XML Schema datatypes.
    xsd = "http://www.w3.org/2001/XMLSchema#" {
        STRING = "string", DATE = "date", DATE_TIME = "dateTime", G_YEAR_MONTH = "gYearMonth", G_YEAR = "gYear", G_MONTH_DAY = "gMonthDay", G_MONTH = "gMonth",
        DECIMAL = "decimal", INTEGER = "integer", NON_NEGATIVE_INTEGER = "nonNegativeInteger", BOOLEAN = "boolean", DOUBLE = "double", ANY_URI = "anyURI",
    }
}

terms! {
    /// The frame language of `ontology/events` and `ontology/relations`; stays out of exports.
    lex = "https://w3id.org/newsloom/lex#" {
        TRIGGER = "trigger", SLOT = "slot", FILLS = "fills", VIA = "via", ACCEPTS = "accepts", YES = "yes", NO = "no", TEXT = "text", SPEECH = "speech", ONCE = "once", BY_WORD = "byWord", PLACE_FROM = "placeFrom", SCENE = "scene", TOLD_BY = "toldBy",
        MODALITY = "modality", NEEDS = "needs", SET = "set", NAME = "name", WORD = "word", COUNT = "count",
    }
}

/// Namespace of the role concepts of `ontology/roles.ttl`.
pub const ROLE_NS: &str = "https://w3id.org/newsloom/roles#";

/// The prefixes that outputs bind and queries may use undeclared, in alphabetical order.
pub const PREFIXES: [(&str, &str); 17] = [
    ("dcterms", dcterms::NS),
    ("foaf", foaf::NS),
    ("nif", nif::NS),
    ("nl", nl::NS),
    ("org", org::NS),
    ("owl", owl::NS),
    ("prov", prov::NS),
    ("rdf", rdf::NS),
    ("rdfs", rdfs::NS),
    ("role", ROLE_NS),
    ("schema", schema::NS),
    ("sem", sem::NS),
    ("skos", skos::NS),
    ("time", time::NS),
    ("vann", "http://purl.org/vocab/vann/"),
    ("wgs", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
    ("xsd", xsd::NS),
];

/// The part of an IRI after its last `#` or `/`.
pub fn local_name(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

/// The IRI with its prefix (`nl:Charge`) where [`PREFIXES`] has one, else the IRI in full.
pub fn compact(iri: &str) -> String {
    PREFIXES
        .iter()
        .find_map(|(prefix, ns)| {
            iri.strip_prefix(ns)
                .map(|local| format!("{prefix}:{local}"))
        })
        .unwrap_or_else(|| iri.to_owned())
}
