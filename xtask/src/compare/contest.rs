use super::payloads;
use std::{ffi::OsString, path::Path};

/// What everybody does.
#[derive(Debug)]
pub(super) struct Contest {
    /// Heads the table.
    pub(super) figures: &'static str,
    pub(super) modes: [Mode; 2],
    /// What the programs need to know.
    pub(super) variables: fn(&Path) -> Vec<(&'static str, OsString)>,
}

/// A way in which it is done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mode {
    pub(super) name: &'static str,
    /// How many times as long as ours the fastest other one takes.
    pub(super) goal: f64,
}

pub(super) static PUSHES: Contest = Contest {
    figures: "ns per message",
    modes: [Mode { name: "clear", goal: 20.0 }, Mode { name: "safe", goal: 25.0 }],
    variables: payloads::variables,
};

pub(super) static RENDER: Contest = Contest {
    figures: "ns per picture",
    modes: [Mode { name: "svg", goal: 100.0 }, Mode { name: "png", goal: 100.0 }],
    variables: |_| vec![("WX_URL", "http://weixin.qq.com/q/02aB3kLmNoPqR10000g07Z".into())],
};
