//! The simulator in this process, for tests that change it between two runs of the program.

use crate::program::{Run, wx_in};
use std::path::Path;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use wx_sim::{DEFAULT_APP_ID, DEFAULT_SECRET, Options, Simulator};

/// A simulated platform and a folder in which `wx` runs with an account of it.
pub(crate) struct Platform {
    pub(crate) simulator: Simulator,
    pub(crate) folder: TempDir,
    /// Outlives the simulator, whose tasks run on it.
    runtime: Runtime,
}

impl Platform {
    pub(crate) fn start(options: Options) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let simulator = runtime.block_on(Simulator::start(options)).unwrap();
        Self { simulator, folder: tempfile::tempdir().unwrap(), runtime }
    }

    /// Runs the program with the right account.
    pub(crate) fn wx(&self, args: &[&str]) -> Run {
        self.wx_with(args, &[])
    }

    /// The same with more in the environment; what stands there twice is as it stands last.
    pub(crate) fn wx_with(&self, args: &[&str], env: &[(&str, &str)]) -> Run {
        let base = self.simulator.base_url();
        let own = [
            ("WX_API_BASE", base.as_str()),
            ("WX_APP_ID", DEFAULT_APP_ID),
            ("WX_APP_SECRET", DEFAULT_SECRET),
        ];
        let run = wx_in(self.folder.path(), args, &[&own[..], env].concat());
        assert!(!run.stdout.contains(DEFAULT_SECRET) && !run.stderr.contains(DEFAULT_SECRET), "{run:?}");
        run
    }

    /// Waits until the account has so many codes.
    pub(crate) fn wait_for_codes(&self, count: usize) {
        let mut seen = 0;
        while self.simulator.codes().len() < count {
            let entries = self.runtime.block_on(self.simulator.transcript_after(seen));
            seen = entries.last().map_or(seen, |entry| entry.number);
        }
    }

    /// What the simulator was asked, without what came of it.
    pub(crate) fn calls(&self) -> Vec<String> {
        let entries = self.simulator.transcript();
        entries.iter().map(ToString::to_string).filter(|entry| entry.contains(" call ")).collect()
    }
}

/// Writes a file of that folder.
pub(crate) fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}
