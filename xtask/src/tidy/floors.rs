use super::{Finding, Repository};
use cargo_metadata::DependencyKind;

/// A crate of the workspace and those of ours that it may use.
struct Room {
    name: &'static str,
    /// `None` beside the house.
    floor: Option<u8>,
    uses: &'static [&'static str],
    /// In its tests also these; every crate of a lower floor is allowed there anyway.
    tests_use: &'static [&'static str],
}

/// The table of ARCHITECTURE.md.
const ROOMS: &[Room] = &[
    Room { name: "wx-model", floor: Some(0), uses: &[], tests_use: &[] },
    Room { name: "wx-transport", floor: Some(0), uses: &[], tests_use: &[] },
    Room { name: "wx-crypto", floor: Some(0), uses: &[], tests_use: &[] },
    Room { name: "wx-render", floor: Some(0), uses: &[], tests_use: &[] },
    Room { name: "wx-client", floor: Some(1), uses: &["wx-model", "wx-transport"], tests_use: &["wx-sim"] },
    Room { name: "wx-events", floor: Some(1), uses: &["wx-model", "wx-crypto"], tests_use: &[] },
    Room { name: "wx-channel", floor: Some(1), uses: &["wx-model"], tests_use: &[] },
    Room {
        name: "wx-qrcode",
        floor: Some(2),
        uses: &["wx-model", "wx-client", "wx-render"],
        tests_use: &["wx-sim"],
    },
    Room { name: "wx-store", floor: Some(2), uses: &["wx-model", "wx-channel", "wx-client"], tests_use: &[] },
    Room { name: "wx-server", floor: Some(3), uses: HOUSE, tests_use: &["wx-sim"] },
    Room { name: "wx-sim", floor: None, uses: &["wx-crypto"], tests_use: &[] },
    Room { name: "wx-cli", floor: Some(4), uses: ALL, tests_use: &["scenarios"] },
    Room { name: "example-actix", floor: None, uses: EXAMPLES, tests_use: &["wx-sim"] },
    Room { name: "example-axum", floor: None, uses: EXAMPLES, tests_use: &["wx-sim"] },
    Room { name: "example-batch", floor: None, uses: JOB, tests_use: &["wx-sim"] },
    Room { name: "scenarios", floor: None, uses: ALL, tests_use: &[] },
    Room { name: "benches", floor: None, uses: ALL, tests_use: &[] },
    Room { name: "xtask", floor: None, uses: &[], tests_use: &[] },
];

/// What a service of somebody else's needs to receive and answer pushes.
const EXAMPLES: &[&str] = &["wx-model", "wx-client", "wx-events"];

/// What a job of somebody else's needs to create many codes and draw them.
const JOB: &[&str] = &["wx-model", "wx-client", "wx-render", "wx-channel", "wx-qrcode", "wx-store"];

/// Everything below the server.
const HOUSE: &[&str] = &[
    "wx-model",
    "wx-transport",
    "wx-crypto",
    "wx-render",
    "wx-client",
    "wx-events",
    "wx-channel",
    "wx-qrcode",
    "wx-store",
];

/// Everything below the program.
const ALL: &[&str] = &[
    "wx-model",
    "wx-transport",
    "wx-crypto",
    "wx-render",
    "wx-client",
    "wx-events",
    "wx-channel",
    "wx-qrcode",
    "wx-store",
    "wx-server",
    "wx-sim",
];

/// Every edge between our crates is one of the table, and every crate stands in the table.
pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    let mut findings = Vec::new();
    let members = repository.members();
    for package in &members {
        let file = repository.manifest(package);
        let text = repository.text(&file).unwrap_or_default();
        let ours =
            package.dependencies.iter().filter(|dep| members.iter().any(|member| *member.name == dep.name));
        for dependency in ours {
            let in_tests = dependency.kind == DependencyKind::Development;
            if let Some(advice) = advice(&package.name, &dependency.name, in_tests) {
                findings.push(Finding::at(&file, &text, &dependency.name, advice));
            }
        }
        if room(&package.name).is_none() {
            findings.push(Finding::new(
                file,
                1,
                "enter this crate into the table of floors in xtask and ARCHITECTURE.md",
            ));
        }
    }
    findings
}

fn room(name: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.name == name)
}

/// What to say about the edge, if it is wrong.
fn advice(from: &str, to: &str, in_tests: bool) -> Option<String> {
    let (room, target) = (room(from)?, room(to)?);
    let is_below = room.floor.zip(target.floor).is_some_and(|(here, there)| there < here);
    let is_allowed = from == to || room.uses.contains(&to);
    let is_allowed_in_tests = in_tests && (is_below || room.tests_use.contains(&to));
    (!is_allowed && !is_allowed_in_tests).then(|| {
        let allowed =
            if room.uses.is_empty() { "none of our crates".to_owned() } else { room.uses.join(", ") };
        format!("{from} may not use {to}, only {allowed}; move the code to the floor where it belongs")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_edges_are_named() {
        let text = advice("wx-model", "wx-transport", false).unwrap();
        assert!(text.starts_with("wx-model may not use wx-transport, only none of our crates"), "{text}");
        for (from, to) in [
            ("wx-client", "wx-qrcode"),
            ("wx-client", "wx-events"),
            ("wx-sim", "wx-model"),
            ("wx-events", "wx-transport"),
            ("wx-qrcode", "wx-transport"),
            ("wx-server", "wx-sim"),
            ("wx-server", "wx-cli"),
            ("xtask", "wx-model"),
        ] {
            assert!(advice(from, to, false).is_some(), "{from} -> {to}");
        }
        assert!(advice("wx-model", "wx-crypto", true).is_some(), "sideways, also in tests");
        assert!(advice("wx-sim", "wx-model", true).is_some(), "the simulator shares no types, also in tests");
    }

    #[test]
    fn edges_of_the_table_and_of_tests_are_fine() {
        assert_eq!(advice("wx-client", "wx-model", false), None);
        assert_eq!(advice("wx-cli", "wx-sim", false), None);
        assert_eq!(advice("wx-qrcode", "wx-transport", true), None);
        assert_eq!(advice("wx-server", "wx-sim", true), None);
        assert_eq!(advice("wx-store", "wx-store", true), None);
    }

    #[test]
    fn the_table_itself_points_downwards() {
        for here in ROOMS {
            for there in here.uses {
                let there = room(there).unwrap();
                let is_below = here.floor.zip(there.floor).is_none_or(|(here, there)| there < here);
                assert!(is_below, "{} -> {}", here.name, there.name);
            }
        }
    }
}
