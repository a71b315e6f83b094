use crate::sample::Place;

// The figures are counted twice, in Rust and in SQL, by two texts that share nothing, and agree on random histories.
wx_channel::conformance_tests!(Place::new());
wx_channel::ledger_conformance_tests!(Place::new());
