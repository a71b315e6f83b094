//! `wx doctor`: the real program looks at a simulated platform and a running service with each thing that may be wrong,
//! and names it.

use crate::{
    clinic::{Answer, Clinic, ahead, failed},
    platform::write,
    program::wx_in,
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use wx_sim::{AccountKind, Callback, Clock, DEFAULT_AES_KEY, Options};

const OTHER_KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

/// Asserts the exit code and what failed, and compares the whole report.
macro_rules! finds {
    ($name:literal, $clinic:expr, $args:expr, $env:expr, $failed:expr) => {
        let clinic = &$clinic;
        let run = clinic.doctor(&$args, &$env);
        assert_eq!(failed(&run), $failed, "{}", run.stdout);
        assert_eq!(run.code, i32::from(!failed(&run).is_empty()), "{run:?}");
        insta::assert_snapshot!($name, clinic.report(&run));
    };
}

const NOTHING: [&str; 0] = [];

#[test]
fn nothing_is_wrong() {
    let clinic = Clinic::healthy();
    finds!("healthy", clinic, [], [], NOTHING);
    let codes = clinic.platform.simulator.codes();
    assert!(codes.iter().all(|code| code.expires == Some(code.created + 60)), "none that stays: {codes:?}");
}

#[test]
fn scripts_are_told_the_same() {
    let clinic = Clinic::with(Options::default().account_kind(AccountKind::Subscription), &[]);
    let run = clinic.doctor(&["--json"], &[]);
    let json = run.json();
    assert_eq!((run.code, &json["healthy"], &json["failed"]), (1, &false.into(), &1.into()), "{json:#}");
    let checks = json["checks"].as_array().unwrap();
    let names: Vec<_> = checks.iter().map(|check| check["check"].as_str().unwrap()).collect();
    insta::assert_snapshot!(names.join(" "), @"configuration callback_secrets store token_store platform clock allow_list credentials token_rivals account_right quota callback_network permanent_codes callback");
    let right = checks.iter().find(|check| check["check"] == "account_right").unwrap();
    assert_eq!(right["result"], "failed");
    for language in ["en", "zh"] {
        assert!(right["remedy"][language].as_str().is_some_and(|text| text.contains("服务号")), "{right}");
    }
    assert!(
        checks.iter().all(|check| check["result"] == "ok" || !check["finding"].as_str().unwrap().is_empty())
    );
}

#[test]
fn a_wrong_app_secret() {
    let wrong = [("WX_APP_SECRET", "ffffffffffffffffffffffffffffffff")];
    finds!("wrong_secret", Clinic::healthy(), [], wrong, ["credentials 开发者凭据"]);
    let cut = [("WX_APP_SECRET", "ffffffff")];
    finds!("cut_secret", Clinic::healthy(), [], cut, ["credentials 开发者凭据"]);
}

#[test]
fn a_frozen_app_secret() {
    let clinic = Clinic::with(Options::default().secret_frozen(true), &[]);
    finds!("frozen_secret", clinic, [], [], ["credentials 开发者凭据"]);
}

#[test]
fn a_wrong_app_id() {
    let wrong = [("WX_APP_ID", "wx0000000000000000")];
    finds!("wrong_app_id", Clinic::healthy(), [], wrong, ["credentials 开发者凭据"]);
    let original = [("WX_APP_ID", "gh_3f9a1c77be20")];
    finds!("original_id", Clinic::healthy(), [], original, ["credentials 开发者凭据"]);
}

#[test]
fn an_address_that_is_not_on_the_allow_list() {
    let options = Options::default()
        .allow_list(["203.0.113.1".parse().unwrap()])
        .caller_ip("203.0.113.9".parse().unwrap());
    finds!("allow_list", Clinic::with(options, &[]), [], [], ["allow-list IP 白名单"]);
}

#[test]
fn an_account_without_the_right() {
    let clinic = Clinic::with(Options::default().account_kind(AccountKind::UnverifiedService), &[]);
    finds!("account_right", clinic, [], [], ["right to codes 接口权限"]);
}

#[test]
fn a_clock_that_is_off_by_ten_minutes() {
    for seconds in [600, -600] {
        let clinic = Clinic::with(Options::default().clock(ahead(seconds)), &[]);
        let run = clinic.doctor(&[], &[("WX_TIME_WINDOW", "300")]);
        assert_eq!((run.code, failed(&run)), (1, vec!["clock 时钟"]), "{}", run.stdout);
        let direction = if seconds > 0 { "behind the platform" } else { "ahead of the platform" };
        let parts = [direction, "outside the time window of 300 s", "timedatectl set-ntp true", "时间同步"];
        assert!(parts.iter().all(|part| run.stdout.contains(part)), "{}", run.stdout);
    }
}

#[test]
fn a_used_up_day() {
    let clinic = Clinic::with(Options::default().daily_limit("/cgi-bin/qrcode/create", 0), &[]);
    finds!("quota", clinic, [], [], ["quota 调用额度"]);
    let clinic = Clinic::with(Options::default().daily_limit("/cgi-bin/stable_token", 0), &[]);
    finds!("token_quota", clinic, [], [], ["quota 调用额度"]);
}

#[test]
fn permanent_codes_that_are_nearly_used_up() {
    let clinic = Clinic::with(Options::default().permanent_cap(10), &[]);
    for scene in 1..=9 {
        let scene = scene.to_string();
        let args = ["code", "create", "--permanent", "--scene-id", &scene, "--db", "wx.db"];
        assert_eq!(clinic.platform.wx(&args).code, 0);
    }
    finds!("permanent_codes", clinic, ["--permanent-cap", "10"], [], NOTHING);
    finds!("no_permanent_codes", clinic, ["--permanent-cap", "9"], [], ["permanent codes 永久二维码"]);
}

#[test]
fn a_callback_that_is_not_reached() {
    let mut clinic = Clinic::healthy();
    clinic.end_service();
    finds!("callback_unreachable", clinic, [], [], ["callback 回调地址"]);
    finds!("no_address", clinic, ["--callback-url", "example.com"], [], ["callback 回调地址"]);
}

#[test]
fn a_callback_that_answers_more_than_the_echo() {
    let answers: [(&str, Answer); 4] = [
        ("bom", |line| [b"\xef\xbb\xbf", echo_of(line).as_bytes()].concat()),
        ("line_end", |line| format!("{}\n", echo_of(line)).into_bytes()),
        ("quotes", |line| format!("\"{}\"", echo_of(line)).into_bytes()),
        ("page", |_| b"<!DOCTYPE html><title>Welcome</title>".to_vec()),
    ];
    for (name, answer) in answers {
        let clinic = Clinic::answering(answer);
        let run = clinic.doctor(&[], &[]);
        assert_eq!((run.code, failed(&run)), (1, vec!["callback 回调地址"]), "{}", run.stdout);
        insta::assert_snapshot!(format!("callback_{name}"), callback_lines(&clinic.report(&run)));
    }
}

/// The echo in the first line of a request.
fn echo_of(line: &str) -> &str {
    let echo = line.split("echostr=").nth(1).unwrap_or_default();
    echo.split(['&', ' ']).next().unwrap_or_default()
}

/// The end of a report that is usual up to there.
fn callback_lines(report: &str) -> &str {
    &report[report.find("failed   callback").or(report.find("warning  callback")).unwrap()..]
}

#[test]
fn a_callback_that_answers_a_push_wrongly() {
    let clinic = Clinic::answering(|line| {
        if line.starts_with("GET") { echo_of(line).into() } else { b"{\"ok\":true}".to_vec() }
    });
    let run = clinic.doctor(&[], &[]);
    assert_eq!((run.code, failed(&run)), (1, vec!["callback 回调地址"]), "{}", run.stdout);
    insta::assert_snapshot!("callback_json", callback_lines(&clinic.report(&run)));
}

#[test]
fn a_callback_that_looks_at_no_signature() {
    let clinic =
        Clinic::answering(
            |line| {
                if line.starts_with("GET") { echo_of(line).into() } else { b"success".to_vec() }
            },
        );
    let run = clinic.doctor(&[], &[]);
    assert_eq!((run.code, failed(&run)), (0, vec![]), "{}", run.stdout);
    insta::assert_snapshot!("callback_forgeable", callback_lines(&clinic.report(&run)));
}

#[test]
fn another_callback_token() {
    let clinic = Clinic::with(Options::default(), &[("WX_TOKEN", "AnotherToken")]);
    finds!("callback_token", clinic, [], [], ["callback 回调地址"]);
    let blank = [("WX_TOKEN", "Another Token")];
    finds!("malformed_token", clinic, [], blank, ["Token and key 令牌与密钥"]);
}

#[test]
fn a_key_with_42_characters() {
    let cut = [("WX_MODE", "safe"), ("WX_AES_KEY", &DEFAULT_AES_KEY[..42])];
    finds!("short_key", Clinic::healthy(), [], cut, ["Token and key 令牌与密钥"]);
}

#[test]
fn another_key_than_that_of_the_callback() {
    let clinic = Clinic::with(Options::default(), &[("WX_MODE", "safe"), ("WX_AES_KEY", OTHER_KEY)]);
    let ours = [("WX_MODE", "safe"), ("WX_AES_KEY", DEFAULT_AES_KEY)];
    finds!("other_key", clinic, [], ours, ["callback 回调地址"]);
    let theirs = [("WX_MODE", "safe"), ("WX_AES_KEY", OTHER_KEY)];
    assert_eq!(clinic.doctor(&[], &theirs).code, 0);
}

#[test]
fn another_mode_than_that_of_the_callback() {
    let safe = [("WX_MODE", "safe"), ("WX_AES_KEY", DEFAULT_AES_KEY)];
    finds!("safe_here_only", Clinic::healthy(), [], safe, ["callback 回调地址"]);
    let clinic = Clinic::with(Options::default(), &safe);
    let key = [("WX_AES_KEY", DEFAULT_AES_KEY)];
    finds!("safe_there_only", clinic, [], key, ["callback 回调地址"]);
    finds!("safe_there_unknown_key", clinic, [], [], ["callback 回调地址"]);
}

#[test]
fn a_platform_without_a_callback_address() {
    let clinic = Clinic::healthy();
    clinic.platform.simulator.configure(Callback::default()).unwrap();
    finds!("no_callback_configured", clinic, [], [], ["seen by platform 平台网络检测"]);
}

#[test]
fn a_database_that_cannot_be_written() {
    finds!("no_folder", Clinic::healthy(), ["--db", "no/such/folder/wx.db"], [], ["database 数据库"]);
    let clinic = Clinic::healthy();
    write(clinic.platform.folder.path(), "other.db", "this is no database, but a text that is long enough");
    finds!("no_database", clinic, ["--db", "other.db"], [], ["database 数据库"]);
}

/// Where nobody may write, not even root.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_files() {
    let run = Clinic::healthy().doctor(&["--db", "/proc/wx.db"], &[]);
    assert_eq!((run.code, failed(&run)), (1, vec!["database 数据库"]), "{}", run.stdout);
    assert!(run.stdout.contains("/proc/wx.db: its folder cannot be written"), "{}", run.stdout);
}

#[test]
fn two_programs_that_fight_over_a_classic_token() {
    let shift = Arc::new(AtomicI64::new(-400));
    let (machine, hand) = (Clock::system(), Arc::clone(&shift));
    let clock = Clock::new(move || machine.now() + hand.load(Ordering::Relaxed));
    let clinic = Clinic::with(Options::default().clock(clock), &[]);
    let env = [("WX_TOKEN_KIND", "classic"), ("WX_TOKEN_STORE", "sqlite:tokens.db")];
    assert_eq!(clinic.platform.wx_with(&["token", "refresh"], &env).code, 0);
    // Some minutes ago another program fetched one of its own.
    let other = ["token", "refresh", "--force", "--token-kind", "classic"];
    assert_eq!(clinic.platform.wx(&other).code, 0);
    shift.store(0, Ordering::Relaxed);
    finds!("token_rivals", clinic, [], env, ["token rivals token 冲突"]);
    assert_eq!(clinic.doctor(&[], &env).code, 0, "the token was replaced and is ours again");
}

#[test]
fn a_token_that_is_refused_right_after_it_was_fetched() {
    let clinic = Clinic::healthy();
    let fault = wx_sim::Fault::errcode(40001).on("/cgi-bin/getcallbackip").for_ever().skipping(1);
    clinic.platform.simulator.inject(fault).unwrap();
    let run = clinic.doctor(&[], &[]);
    assert_eq!((run.code, failed(&run)), (1, vec!["token rivals token 冲突"]), "{}", run.stdout);
    assert!(
        run.stdout.contains("a token that was fetched a moment ago is refused already"),
        "{}",
        run.stdout
    );
}

/// Each fetch of a classic token ends that of all others: the doctor makes none.
#[test]
fn classic_tokens_are_left_alone() {
    let clinic = Clinic::healthy();
    finds!("lonely_classic", clinic, [], [("WX_TOKEN_KIND", "classic")], NOTHING);
    assert!(!clinic.platform.calls().iter().any(|call| call.contains("GET /cgi-bin/token")));
}

#[test]
fn a_token_store_that_is_away() {
    let env = [("WX_TOKEN_STORE", "redis://127.0.0.1:1/")];
    let run = Clinic::healthy().doctor(&[], &env);
    assert_eq!((run.code, failed(&run)), (1, vec!["token store token 存储"]), "{}", run.stdout);
    let skipped =
        run.stdout.lines().filter(|line| line.contains("there is no access token without its store"));
    assert_eq!(skipped.count(), 6, "{}", run.stdout);
}

#[test]
fn a_fixed_token_that_has_ended() {
    let env = [("WX_ACCESS_TOKEN", "76_canary")];
    let run = Clinic::healthy().doctor(&[], &env);
    assert_eq!((run.code, failed(&run)), (1, vec!["credentials 开发者凭据"]), "{}", run.stdout);
    assert!(run.stdout.contains("the fixed access token is refused") && !run.stdout.contains("canary"));
}

#[test]
fn a_platform_that_is_not_there() {
    let clinic = Clinic::healthy();
    let args = ["--api-base", &clinic.url];
    finds!("another_platform", clinic, args, [], ["platform 平台连接"]);
    let run = clinic.doctor(&["--api-base", "http://127.0.0.1:1"], &[]);
    assert_eq!((run.code, failed(&run)), (1, vec!["platform 平台连接"]), "{}", run.stdout);
}

#[test]
fn a_configuration_that_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "wx.toml", "app_secret = canary\n");
    let run = wx_in(folder.path(), &["doctor"], &[]);
    assert_eq!((run.code, failed(&run)), (1, vec!["configuration 配置"]), "{run:?}");
    assert!(!run.stdout.contains("canary"));
    insta::assert_snapshot!("unreadable", run.stdout);
    write(folder.path(), "wx.toml", "");
    let run = wx_in(folder.path(), &["doctor"], &[]);
    assert_eq!((run.code, failed(&run)), (1, vec!["configuration 配置"]), "{run:?}");
    assert!(run.stdout.contains("the AppID is not known"), "{run:?}");
}
