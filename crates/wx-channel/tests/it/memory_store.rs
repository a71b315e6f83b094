use wx_channel::MemoryStore;

wx_channel::conformance_tests!(Box::new(MemoryStore::new()));
wx_channel::ledger_conformance_tests!(Box::new(MemoryStore::new()));

/// A rule that nobody runs is no rule.
#[test]
fn the_macro_names_every_rule() {
    let list = include_str!("../../src/conformance.rs");
    let files = [
        include_str!("../../src/conformance/appending.rs"),
        include_str!("../../src/conformance/code_ledger.rs"),
        include_str!("../../src/conformance/figures.rs"),
        include_str!("../../src/conformance/ledger.rs"),
        include_str!("../../src/conformance/paging.rs"),
    ];
    let rules: Vec<_> = files.iter().flat_map(|file| file.split("\npub async fn ").skip(1)).collect();
    assert_eq!(rules.len(), 42);
    for rule in rules {
        let name = rule.split('(').next().unwrap();
        assert!(list.contains(&format!("            {name},\n")), "{name}");
    }
}
