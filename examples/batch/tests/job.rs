//! The example as a program that is run twice, with the simulator as the platform.

use std::{io, path::Path, process::Output};
use tokio::process::Command;
use wx_sim::{DEFAULT_APP_ID, DEFAULT_SECRET, Fault, Options, Simulator};

async fn run(folder: &Path, platform: &Simulator, tables: &str) -> io::Result<Output> {
    let mut job = Command::new(env!("CARGO_BIN_EXE_example-batch"));
    job.current_dir(folder).env("WX_API_BASE", platform.base_url()).env("TABLES", tables);
    job.env("WX_APP_ID", DEFAULT_APP_ID).env("WX_APP_SECRET", DEFAULT_SECRET).output().await
}

#[tokio::test]
async fn no_code_is_created_twice() {
    let platform = Simulator::start(Options::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();

    platform.inject(Fault::errcode(45009).for_ever().on("/cgi-bin/qrcode/create")).unwrap();
    let refused = run(folder.path(), &platform, "3").await.unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && said.contains("45009"), "{said}");
    platform.clear_faults();

    for (tables, told) in [("3", "3 created, 0 there before\n"), ("5", "2 created, 3 there before\n")] {
        let done = run(folder.path(), &platform, tables).await.unwrap();
        assert_eq!(String::from_utf8(done.stdout).unwrap(), told);
    }
    let codes = platform.codes();
    assert_eq!(codes.len(), 5);
    let picture = std::fs::read_to_string(folder.path().join("codes/table-005.svg")).unwrap();
    assert!(picture.contains("<svg"), "{picture}");
}
