//! How a query was answered, for people.
//!
//! In: the plan that Oxigraph writes as JSON. Out: a line a step, innermost last, with the rows that it gave and the
//! seconds that it took, its parts included. Refuses: to fail on a plan that it does not know; it shows what is there.

use serde_json::Value;
use std::fmt::Write;

/// The lines of a plan.
pub(super) fn lines(json: &[u8]) -> String {
    let plan: Value = serde_json::from_slice(json).unwrap_or_default();
    let mut out = String::from("      rows     seconds  step\n");
    step(&plan["plan"], 0, &mut out);
    out
}

fn step(node: &Value, depth: usize, out: &mut String) {
    let rows = node["number of results"]
        .as_u64()
        .map_or_else(String::new, |n| n.to_string());
    let seconds = &node["duration in seconds"];
    let seconds = seconds
        .as_f64()
        .or_else(|| seconds.as_str().and_then(|s| s.parse().ok()))
        .map_or_else(String::new, |s| format!("{s:.6}"));
    let name = node["name"].as_str().unwrap_or("step");
    // A String takes every write.
    let _ = writeln!(
        out,
        "{rows:>10}  {seconds:>10}  {:indent$}{}",
        "",
        short(name),
        indent = depth * 2
    );
    for child in node["children"].as_array().into_iter().flatten() {
        step(child, depth + 1, out);
    }
}

/// IRIs with our prefixes.
fn short(name: &str) -> String {
    let mut out = String::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        match after.split_once('>') {
            Some((iri, tail)) if iri.contains("://") => {
                out.push_str(&crate::schema::vocab::compact(iri));
                rest = tail;
            }
            _ => {
                out.push('<');
                rest = after;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_indented_and_iris_are_short() {
        let json = br#"{"plan":{"name":"Project(?x)","number of results":2,"duration in seconds":0.5,"children":[
            {"name":"QuadPattern(?x <http://xmlns.com/foaf/0.1/name> ?y)","number of results":3,"children":[]}]}}"#;
        let text = lines(json);
        let shown: Vec<&str> = text.lines().collect();
        assert!(shown[1].ends_with("  Project(?x)") && shown[1].contains("0.500000"));
        assert!(
            shown[2].ends_with("    QuadPattern(?x foaf:name ?y)"),
            "{text}"
        );
    }
}
