//! `wx code batch`

use crate::platform::{Platform, write};
use assert_cmd::cargo::cargo_bin;
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};
use wx_sim::{DEFAULT_APP_ID, DEFAULT_SECRET, Fault, Options};

const CREATE: &str = "/cgi-bin/qrcode/create";

fn plan(count: usize) -> String {
    let rows = (0..count).map(|n| format!("shop-{n:05},门店 {}\n", n % 3));
    format!("scene,channel\n{}", rows.collect::<String>())
}

/// How often each scene exists at the platform.
fn at_platform(platform: &Platform) -> BTreeMap<String, usize> {
    let mut scenes = BTreeMap::new();
    for code in platform.simulator.codes() {
        *scenes.entry(code.scene).or_default() += 1;
    }
    scenes
}

fn assert_each_once(platform: &Platform, count: usize) {
    let scenes = at_platform(platform);
    let twice: Vec<_> = scenes.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert_eq!(scenes.len(), count);
}

/// A batch under way; its progress is read as it comes.
struct Batch {
    child: Child,
    progress: BufReader<std::process::ChildStderr>,
}

impl Batch {
    fn start(platform: &Platform, args: &[&str]) -> Self {
        let base = platform.simulator.base_url();
        let mut command = Command::new(cargo_bin!("wx"));
        command.env_clear().current_dir(platform.folder.path()).args(["code", "batch"]).args(args);
        command.envs([
            ("WX_API_BASE", base.as_str()),
            ("WX_APP_ID", DEFAULT_APP_ID),
            ("WX_APP_SECRET", DEFAULT_SECRET),
        ]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let progress = BufReader::new(child.stderr.take().unwrap());
        Self { child, progress }
    }

    /// Until so many rows were begun, or the end.
    fn wait_for(&mut self, rows: u64) {
        let mut line = String::new();
        while self.progress.read_line(&mut line).unwrap() > 0 {
            let told: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
            if told["step"] == "create" && told["done"].as_u64() >= Some(rows) {
                return;
            }
            line.clear();
        }
    }

    /// The process that does the work.
    #[cfg(target_os = "linux")]
    fn worker(&self) -> String {
        let id = self.child.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap();
        children.trim().to_owned()
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn manifest(folder: &Path, name: &str) -> Vec<serde_json::Value> {
    serde_json::from_slice(&std::fs::read(folder.join(name)).unwrap()).unwrap()
}

/// `kill -9` at any moment: the calls under way are ended and written down by the worker, and the next run goes on.
#[test]
fn a_batch_that_is_killed_creates_each_scene_once() {
    let platform = Platform::start(Options::default());
    write(platform.folder.path(), "plan.csv", &plan(2_000));
    let args = ["plan.csv", "--out", "out", "--resume", "--manifest", "codes.json", "--prove", "none"];
    for kill in 1..=5 {
        let mut batch = Batch::start(&platform, &args);
        batch.wait_for(kill * 300);
        batch.kill();
    }
    let run = platform.wx(&[&["code", "batch", "--json"], &args[..]].concat());
    assert_eq!(run.code, 0, "{run:?}");
    let summary = run.json();
    assert_eq!((&summary["unknown"], &summary["left"]), (&0.into(), &0.into()), "{summary}");
    assert_each_once(&platform, 2_000);
    let lines = manifest(platform.folder.path(), "codes.json");
    assert_eq!(lines.len(), 2_000);
    for line in &lines {
        assert_eq!(line["state"], "created", "{line}");
        assert!(platform.folder.path().join("out").join(line["file"].as_str().unwrap()).exists(), "{line}");
    }
}

/// When the worker dies too, what it had asked for is unknown; nobody asks again until a person says so.
#[cfg(target_os = "linux")]
#[test]
fn what_nobody_heard_of_is_unknown_and_left_to_a_person() {
    let platform = Platform::start(Options::default());
    write(platform.folder.path(), "plan.csv", &plan(300));
    let late = Fault::delay(std::time::Duration::from_hours(1)).on(CREATE).skipping(100).for_ever();
    platform.simulator.inject(late).unwrap();
    let args = ["plan.csv", "--out", "out", "--resume", "--no-pictures", "--concurrency", "8"];
    let mut batch = Batch::start(&platform, &args);
    // Eight calls are done by the platform and never answered.
    platform.wait_for_codes(108);
    let killed = Command::new("kill").args(["-9", &batch.worker()]).status().unwrap();
    assert!(killed.success());
    batch.child.wait().unwrap();
    platform.simulator.clear_faults();

    let all = [&["code", "batch", "--json"], &args[..]].concat();
    let run = platform.wx(&all);
    let summary: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let unknown = summary["unknown"].as_u64().unwrap();
    assert!(run.code == 1 && (8..300).contains(&unknown), "{run:?}");
    assert!(run.stderr.contains("--retry-unknown") && run.stderr.contains("retire"), "{run:?}");
    let scenes = at_platform(&platform);
    assert!(scenes.values().all(|times| *times == 1), "{scenes:?}");
    assert!(scenes.len() as u64 + unknown >= 300);

    let listed = platform.wx(&["code", "list", "--state", "unknown", "--json"]).json();
    let listed = listed["codes"].as_array().unwrap();
    assert_eq!(listed.len() as u64, unknown);
    let scene = listed[0]["scene"].as_str().unwrap();
    let before = platform.simulator.codes().len();
    platform
        .wx(&["code", "create", "--permanent", "--scene-str", scene])
        .assert_sentence(1, "--retry-unknown");
    assert_eq!(platform.simulator.codes().len(), before);

    let run = platform.wx(&[&all[..], &["--retry-unknown"]].concat());
    assert_eq!((run.code, &run.json()["unknown"]), (0, &0.into()), "{run:?}");
    assert_eq!(platform.simulator.codes().len() as u64, before as u64 + unknown);
}

#[cfg(unix)]
#[test]
fn told_to_stop_it_leaves_nothing_unknown() {
    let platform = Platform::start(Options::default());
    write(platform.folder.path(), "plan.csv", &plan(3_000));
    let args = ["plan.csv", "--out", "out", "--no-pictures"];
    let mut batch = Batch::start(&platform, &args);
    batch.wait_for(60);
    let id = batch.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut batch.progress, &mut rest).unwrap();
    let code = batch.child.wait().unwrap().code().unwrap();
    assert!(code == 0 || (code == 4 && rest.contains("--resume")), "{code}: {rest}");
    let listed = platform.wx(&["code", "list", "--state", "unknown", "--json"]).json();
    assert_eq!(listed["codes"], serde_json::json!([]));
    let run = platform.wx(&[&["code", "batch", "--resume"], &args[..]].concat());
    assert_eq!(run.code, 0, "{run:?}");
    assert_each_once(&platform, 3_000);
}

/// A person who is in a hurry says so twice: the worker still ends its calls and writes down what came of them.
#[cfg(target_os = "linux")]
#[test]
fn told_twice_it_waits_no_longer() {
    let platform = Platform::start(Options::default());
    write(platform.folder.path(), "plan.csv", &plan(200));
    let late = Fault::delay(std::time::Duration::from_hours(1)).on(CREATE).skipping(100).for_ever();
    platform.simulator.inject(late).unwrap();
    let mut batch = Batch::start(&platform, &["plan.csv", "--out", "out", "--no-pictures"]);
    platform.wait_for_codes(101);
    let id = batch.child.id().to_string();
    let worker = batch.worker();
    let interrupt = || assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let mut line = String::new();
    interrupt();
    while !line.contains("stopping after the calls") {
        line.clear();
        assert!(batch.progress.read_line(&mut line).unwrap() > 0);
    }
    // It is told only when the first one was heard of; until the second is, it waits for calls that last an hour.
    while batch.child.try_wait().unwrap().is_none() {
        interrupt();
    }
    assert_eq!(batch.child.wait().unwrap().code(), Some(4));
    assert!(Path::new(&format!("/proc/{worker}")).exists(), "the worker still waits for its calls");
    assert!(Command::new("kill").args(["-9", &worker]).status().unwrap().success());
}

#[test]
fn after_45009_it_says_when_to_go_on_and_goes_on() {
    let platform = Platform::start(Options::deterministic().daily_limit(CREATE, 100));
    write(platform.folder.path(), "plan.csv", &plan(150));
    let args = ["code", "batch", "plan.csv", "--out", "out", "--json", "--no-pictures"];
    let run = platform.wx(&args);
    assert_eq!(run.code, 4, "{run:?}");
    assert!(run.stderr.contains("45009") && run.stderr.contains("00:00:00 Beijing time"), "{run:?}");
    let summary: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&summary["ended"], &summary["left"]), (&"quota".into(), &50.into()));
    let begun = |line: &str| line.contains(r#""done":100,"#);
    assert!(
        run.stderr.lines().rfind(|line| line.contains(r#""step":"create""#)).is_some_and(begun),
        "{run:?}"
    );
    assert_eq!((summary["resume_at"].as_i64().unwrap() + 8 * 3600) % 86_400, 0, "{summary}");
    platform.simulator.advance(86_400).unwrap();
    let run = platform.wx(&[&args[..], &["--resume"]].concat());
    assert_eq!((run.code, &run.json()["created"]), (0, &50.into()), "{run:?}");
    assert_each_once(&platform, 150);
}

#[test]
fn after_45029_it_stops_for_good_with_advice() {
    let platform = Platform::start(Options::default().permanent_cap(20));
    write(platform.folder.path(), "plan.csv", &plan(50));
    let run = platform.wx(&["code", "batch", "plan.csv", "--out", "out", "--json"]);
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.stderr.contains("45029") && run.stderr.contains("temporary codes"), "{run:?}");
    let summary: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        (&summary["created"], &summary["left"], &summary["unknown"]),
        (&20.into(), &30.into(), &0.into())
    );
}

#[test]
fn at_the_stop_mark_it_stops_before_the_platform_does() {
    let platform = Platform::start(Options::default());
    write(platform.folder.path(), "plan.csv", &plan(50));
    let args = ["code", "batch", "plan.csv", "--out", "out", "--no-pictures", "--stop-mark"];
    let run = platform.wx(&[&args[..], &["30"]].concat());
    assert!(run.code == 1 && run.stderr.contains("30 of 100000 places"), "{run:?}");
    assert_each_once(&platform, 30);
    assert_eq!(platform.wx(&[&args[..], &["60"]].concat()).code, 0);
    assert_each_once(&platform, 50);
}

/// Every mistake with its line, and nothing is sent.
#[test]
fn a_plan_with_mistakes_is_refused_with_its_lines() {
    let platform = Platform::start(Options::default());
    let long = format!("scene\na\n{}\n", "x".repeat(65));
    let endless = format!("scene\n{}", "x".repeat(200_000));
    let cases: [(&str, &[u8], &str); 17] = [
        ("twice", b"scene\na\nb\na\n", "line 4: the scene of line 2 comes again"),
        ("long", long.as_bytes(), "line 3: a scene text is 1..=64 bytes long, this one has 65"),
        ("number", b"scene_id\n1\n100001\n", "line 3: a permanent scene id is 1..=100000, not 100001"),
        ("words", b"scene_id\nseven\n", "line 2: scene_id is a whole number, not \"seven\""),
        ("life", b"scene,lifetime\na,31d\n", "line 2: a temporary code lives 1..=2592000 seconds"),
        ("cells", b"scene,channel\na,b\nc,d,e\n", "line 3: this line has 3 cells, the first one has 2"),
        ("both", b"scene_id,scene_str\n1,a\n", "line 2: a code has one scene"),
        ("none", b"scene,channel\n,b\n", "line 2: there is no scene"),
        ("head", b"name\na\n", "line 1: no column is called scene"),
        ("near", b"scene,lifetme\na,30d\n", "line 1: no column is called lifetme; did you mean lifetime?"),
        ("nearer", b"scene_st;channel\na;b\n", "line 1: no column is called scene"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .xlsx"),
        ("bytes", b"scene\na\n\xff\xff\xff\n", "line 3: it holds bytes that are neither UTF-8 nor GBK"),
        ("nul", b"scene\na\0b\n", "line 2: a scene text holds no control characters"),
        ("empty", b"scene\n", "has no rows"),
        ("nothing", b"", "line 1: it is empty"),
        ("endless", endless.as_bytes(), "a line is longer than 64 KB"),
    ];
    for (name, bytes, sentence) in cases {
        std::fs::write(platform.folder.path().join(name), bytes).unwrap();
        let run = platform.wx(&["code", "batch", name, "--out", "out"]);
        run.assert_sentence(2, sentence);
    }
    platform.wx(&["code", "batch", "9..1", "--out", "out"]).assert_sentence(2, "FIRST..LAST");
    platform
        .wx(&["code", "batch", "nowhere.csv", "--out", "out"])
        .assert_sentence(2, "cannot read nowhere.csv");
    write(platform.folder.path(), "ok.csv", "scene,lifetime\na,30d\n");
    platform
        .wx(&["code", "batch", "ok.csv", "--out", "out", "--print-safe"])
        .assert_sentence(2, "not safe to print");
    platform
        .wx(&["code", "batch", "ok.csv", "--out", "out", "--names", "{scen}"])
        .assert_sentence(2, "pattern");
    platform
        .wx(&["code", "batch", "ok.csv", "--out", "out", "--manifest", "m.txt"])
        .assert_sentence(2, ".xlsx");
    assert_eq!(platform.calls(), Vec::<String>::new());
}

/// Columns of other things may stand in a plan; that nothing is taken from them is said.
#[test]
fn columns_that_are_not_used_are_named() {
    let platform = Platform::start(Options::default());
    write(platform.folder.path(), "plan.csv", "scene,Address,note\nshop-1,Main St,x\n");
    let args = ["code", "batch", "plan.csv", "--out", "out", "--names", "{channel}-{scene}.png"];
    let run = platform.wx(&args);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stderr.contains("these columns are not used: Address, note\n"), "{run:?}");
    assert!(platform.folder.path().join("out/shop-1.png").is_file(), "no stroke without a channel before it");
}

/// Excel in China writes GBK, and a byte order mark where it writes UTF-8.
#[test]
fn plans_of_excel_are_read() {
    let platform = Platform::start(Options::default());
    let text = "scene,channel,file\r\n渠道-1,门店 一,第一张\r\n";
    let (gbk, _, _) = encoding_rs::GBK.encode(text);
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let semicolons = text.replace(',', ";");
    let tabs = text.replace(',', "\t");
    let files: [(&str, &[u8]); 5] = [
        ("gbk.csv", &gbk),
        ("marked.csv", &marked),
        ("utf16.csv", &utf16),
        ("semicolons.csv", semicolons.as_bytes()),
        ("tabs.txt", tabs.as_bytes()),
    ];
    for (name, bytes) in files {
        std::fs::write(platform.folder.path().join(name), bytes).unwrap();
        let run = platform.wx(&[
            "code",
            "batch",
            name,
            "--out",
            name.split('.').next().unwrap(),
            "--manifest",
            "m.json",
        ]);
        assert_eq!(run.code, 0, "{name}: {run:?}");
        let lines = manifest(platform.folder.path(), "m.json");
        let line = &lines[0];
        let found = ["scene", "channel", "file"].map(|cell| line[cell].as_str().unwrap());
        assert_eq!(found, ["渠道-1", "门店 一", "第一张.png"], "{name}");
    }
    assert_each_once(&platform, 1);
}

/// The first mistakes of a million lines, and not any twenty of them.
#[test]
fn a_long_plan_is_refused_with_its_first_mistakes() {
    let platform = Platform::start(Options::default());
    let rows = (0..1_000_001).map(|n| format!("s{}\n", n % 999_990));
    write(platform.folder.path(), "long.csv", &format!("scene\n{}", rows.collect::<String>()));
    let run = platform.wx(&["code", "batch", "long.csv", "--out", "out"]);
    run.assert_sentence(
        2,
        "\n  line 999992: the scene of line 2 comes again\n  line 999993: the scene of line 3 comes again",
    );
    run.assert_sentence(2, "line 1000002: a plan has at most 1000000 codes; split it here");
    assert_eq!(platform.calls(), Vec::<String>::new());
}

/// What a person sees in a cell of a workbook is what counts, and rows without anything are none.
#[test]
fn cells_of_workbooks_are_read_as_they_look() {
    let platform = Platform::start(Options::default());
    let folder = platform.folder.path();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0..).zip(["scene", "channel", "printed"]) {
        sheet.write_string(0, column, head).unwrap();
    }
    let formula = rust_xlsxwriter::Formula::new("\"shop-\"&1").set_result("shop-1");
    sheet.write_formula(1, 0, formula).unwrap();
    // A number is no date, and a date in a column that nobody asks for does not matter.
    sheet.write_number(4, 0, 2026).unwrap();
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 3, 15).unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_datetime_with_format(4, 2, &day, &format).unwrap();
    sheet.write_string(6, 1, "  ").unwrap();
    book.save(folder.join("plan.xlsx")).unwrap();
    let run = platform.wx(&["code", "batch", "plan.xlsx", "--out", "out", "--manifest", "m.json"]);
    assert_eq!(run.code, 0, "{run:?}");
    let lines = manifest(folder, "m.json");
    let found: Vec<_> = lines.iter().map(|line| (&line["line"], &line["scene"])).collect();
    assert_eq!(found, [(&2.into(), &"shop-1".into()), (&5.into(), &"2026".into())]);

    let sheet = book.worksheet_from_index(0).unwrap();
    sheet.write_datetime_with_format(7, 0, &day, &format).unwrap();
    book.save(folder.join("date.xlsx")).unwrap();
    platform
        .wx(&["code", "batch", "date.xlsx", "--out", "out"])
        .assert_sentence(2, "line 8: a cell is a date, which looks different everywhere; make it a text");
}

/// A small file that unpacks to more than the memory is told from a workbook before it is read as one.
#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused() {
    use std::io::Write;
    let platform = Platform::start(Options::default());
    let file = std::fs::File::create(platform.folder.path().join("bomb.xlsx")).unwrap();
    let mut bomb = zip::ZipWriter::new(file);
    bomb.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let blank = vec![b' '; 1024 * 1024];
    for _ in 0..65 {
        bomb.write_all(&blank).unwrap();
    }
    bomb.finish().unwrap();
    platform
        .wx(&["code", "batch", "bomb.xlsx", "--out", "out"])
        .assert_sentence(2, "the workbook unpacks to more than a plan needs; save the sheet as CSV UTF-8");
    std::fs::write(platform.folder.path().join("broken.xlsx"), b"PK\x03\x04 and nothing else").unwrap();
    platform.wx(&["code", "batch", "broken.xlsx", "--out", "out"]).assert_sentence(2, "no XLSX workbook");
    assert_eq!(platform.calls(), Vec::<String>::new());
}

/// A place where nothing can be written is told before codes are created for it.
#[test]
fn what_cannot_be_written_is_told_before_anything_is_created() {
    let platform = Platform::start(Options::default());
    let folder = platform.folder.path();
    write(folder, "plan.csv", "scene\na\n");
    write(folder, "file", "");
    for args in [
        &["--out", "file"][..],
        &["--out", "out", "--manifest", "nowhere/m.csv"],
        &["--out", "out", "--zip", "nowhere/all.zip"],
    ] {
        let run = platform.wx(&[&["code", "batch", "plan.csv"], args].concat());
        run.assert_sentence(
            1,
            if args[1] == "file" { "cannot make the folder file" } else { "there is no folder nowhere" },
        );
    }
    let run = platform.wx(&["code", "batch", "plan.csv", "--out", "out", "--zip", "out"]);
    run.assert_sentence(1, "cannot write out: it is a folder; name a file in it");
    assert_eq!(platform.simulator.codes().len(), 0);
}

/// A disk that is full is told, nothing is created twice, and with room it goes on. The limit of a file's size stands for it.
#[cfg(target_os = "linux")]
#[test]
fn after_a_full_disk_it_goes_on() {
    let platform = Platform::start(Options::default());
    write(platform.folder.path(), "plan.csv", &plan(600));
    let base = platform.simulator.base_url();
    // The log of the database reaches it in the middle; whoever ignores the signal gets an error.
    let limited = "trap '' XFSZ; ulimit -f 1024; exec \"$0\" code batch plan.csv --out out --no-pictures";
    let mut command = Command::new("bash");
    command.args(["-c", limited]).arg(cargo_bin!("wx")).current_dir(platform.folder.path());
    command.envs([
        ("WX_API_BASE", base.as_str()),
        ("WX_APP_ID", DEFAULT_APP_ID),
        ("WX_APP_SECRET", DEFAULT_SECRET),
    ]);
    let output = command.output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("--resume, which goes on where the ledger ends"), "{told}");
    let created = at_platform(&platform).len();
    assert!(created < 600, "it stopped");

    let run =
        platform.wx(&["code", "batch", "plan.csv", "--out", "out", "--no-pictures", "--resume", "--json"]);
    let summary: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let scenes = at_platform(&platform);
    assert!(scenes.values().all(|times| *times == 1), "{scenes:?}");
    let unknown = summary["unknown"].as_u64().unwrap();
    assert_eq!(run.code, i32::from(unknown > 0), "{run:?}");
    assert!(scenes.len() as u64 + unknown >= 600 && scenes.len() <= 600, "{summary}");
}

/// The second one waits for the first, and finds what that created.
#[test]
fn two_batches_on_one_database_create_each_scene_once() {
    let platform = Platform::start(Options::default());
    write(platform.folder.path(), "plan.csv", &plan(1_500));
    let start = |out: &str| Batch::start(&platform, &["plan.csv", "--out", out, "--no-pictures"]);
    let mut batches = [start("one"), start("two")];
    for batch in &mut batches {
        let mut told = String::new();
        std::io::Read::read_to_string(&mut batch.progress, &mut told).unwrap();
        assert!(batch.child.wait().unwrap().success(), "{told}");
    }
    assert_each_once(&platform, 1_500);
}

/// A range, the platform's own pictures, a workbook of pictures, and that workbook as the next plan.
#[test]
fn ranges_workbooks_and_official_pictures() {
    let platform = Platform::start(Options::default());
    let args = [
        "code",
        "batch",
        "3..7",
        "--out",
        "out",
        "--official",
        "--manifest",
        "codes.xlsx",
        "--zip",
        "all.zip",
    ];
    let run = platform.wx(&args);
    assert_eq!(run.code, 0, "{run:?}");
    let folder = platform.folder.path();
    assert!(std::fs::read(folder.join("out/3.jpg")).unwrap().starts_with(&[0xFF, 0xD8, 0xFF]));
    let zip = zip::ZipArchive::new(std::fs::File::open(folder.join("all.zip")).unwrap()).unwrap();
    let mut names: Vec<_> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    names.sort();
    assert_eq!(names, ["3.jpg", "4.jpg", "5.jpg", "6.jpg", "7.jpg", "codes.xlsx"]);
    let mut book = zip::ZipArchive::new(std::fs::File::open(folder.join("codes.xlsx")).unwrap()).unwrap();
    let mut drawing = String::new();
    std::io::Read::read_to_string(&mut book.by_name("xl/drawings/drawing1.xml").unwrap(), &mut drawing)
        .unwrap();
    assert_eq!(drawing.matches("<xdr:pic>").count(), 5, "any program for workbooks shows them: {drawing}");
    // The texts "3" to "7" are other codes than the numbers, and look like them.
    let run = platform.wx(&["code", "batch", "codes.xlsx", "--out", "again", "--json"]);
    assert_eq!((run.code, &run.json()["created"]), (0, &5.into()), "{run:?}");
    assert!(run.stderr.contains("texts of digits"), "{run:?}");
}

#[test]
fn no_scene_leads_out_of_the_folder() {
    let platform = Platform::start(Options::default());
    let plan =
        "scene,file\n../../out,\n/etc/passwd,\nnul,\nCOM1,\na:b,\n..,\nShop,\nshop,\n=1+1,\nplain,../up\n";
    write(platform.folder.path(), "plan.csv", plan);
    let run = platform.wx(&["code", "batch", "plan.csv", "--out", "deep/down", "--prove", "all"]);
    assert_eq!(run.code, 0, "{run:?}");
    let folder = platform.folder.path();
    let mut above: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    above.sort();
    let expected = ["deep", "plan.csv", "wx.db", "wx.db-batch"];
    assert!(
        above.iter().all(|name| expected.iter().any(|known| name.to_str().unwrap().starts_with(known))),
        "{above:?}"
    );
    let pictures = std::fs::read_dir(folder.join("deep/down")).unwrap();
    let names: Vec<_> = pictures.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(
        names.iter().filter(|name| Path::new(name).extension().is_some_and(|end| end == "png")).count(),
        10,
        "{names:?}"
    );
    let manifest = std::fs::read_to_string(folder.join("deep/down/manifest.csv")).unwrap();
    assert!(manifest.contains(",'=1+1,"), "{manifest}");
}

#[test]
fn a_plan_comes_from_stdin() {
    let platform = Platform::start(Options::default());
    let base = platform.simulator.base_url();
    let env =
        [("WX_API_BASE", base.as_str()), ("WX_APP_ID", DEFAULT_APP_ID), ("WX_APP_SECRET", DEFAULT_SECRET)];
    let mut command = assert_cmd::Command::new(cargo_bin!("wx"));
    command.env_clear().envs(env).current_dir(platform.folder.path());
    let run = command.args(["code", "batch", "-", "--out", "out"]).write_stdin("scene\na\nb\n");
    run.assert().success();
    assert_each_once(&platform, 2);
}
