//! Wrong command lines and configurations.

use crate::program::{wx, wx_in};

#[test]
fn an_unknown_flag_or_command_is_a_usage_error() {
    wx(&["report", "--colour"]).assert_sentence(2, "unexpected argument '--colour'");
    wx(&["fly"]).assert_sentence(2, "unrecognized subcommand 'fly'");
    assert_eq!(wx(&["--help"]).code, 0);
    assert_eq!(wx(&["--version"]).stdout, format!("wx {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_short_help_sums_up_and_the_long_one_explains() {
    let help = |args: &[&str]| wx(args).stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    let (summary, rule) = ("Makes temporary codes anew", "Of several with one scene the youngest counts");
    assert!(help(&["code", "--help"]).contains(summary));
    let [short, long] = ["-h", "--help"].map(|flag| help(&["code", "renew", flag]));
    assert!(short.contains(summary) && !short.contains(rule), "{short}");
    assert!(long.contains(summary) && long.contains(rule), "{long}");
}

#[test]
fn a_wrong_configuration_is_named_without_its_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let run = |toml: &str| {
        std::fs::write(folder.path().join("wx.toml"), toml).unwrap();
        wx_in(folder.path(), &["errcode", "0"], &[])
    };
    run("app_secret = \"x\"\n  colour = 1\n")
        .assert_sentence(2, "wx.toml is not valid at line 2, column 3: unknown field, expected");
    let canaries = [
        "app_secret = 0123canary4567\n",
        "app_secret = 90210777\n",
        "callback = \"0123canary4567\"\n",
        "canary = 1\n",
        "[callback]\ntoken = [\"canary\"]\n",
        "app_secret = \"canary\n",
    ];
    for toml in canaries {
        let run = run(toml);
        run.assert_sentence(2, "wx.toml is not valid at line ");
        assert!(!run.stderr.contains("canary") && !run.stderr.contains("90210777"), "{run:?}");
    }

    wx(&["errcode", "0", "--config", "none.toml"])
        .assert_sentence(2, "cannot read the configuration none.toml");
}

#[test]
fn flags_win_over_environment_and_environment_over_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("wx.toml"), "api_base = \"http://file.test\"\n").unwrap();
    let show = |args: &[&str], env: &[(&str, &str)]| {
        let args = [&["code", "show-url", "T"], args].concat();
        wx_in(folder.path(), &args, env).stdout.trim().to_owned()
    };
    let env = [("WX_API_BASE", "http://env.test")];
    assert_eq!(show(&[], &[]), "http://file.test/cgi-bin/showqrcode?ticket=T");
    assert_eq!(show(&[], &env), "http://env.test/cgi-bin/showqrcode?ticket=T");
    assert_eq!(
        show(&["--api-base", "http://flag.test"], &env),
        "http://flag.test/cgi-bin/showqrcode?ticket=T"
    );
}

#[test]
fn an_empty_setting_is_a_missing_one() {
    let folder = tempfile::tempdir().unwrap();
    let serve = |env: &[(&str, &str)]| wx_in(folder.path(), &["serve"], env);
    serve(&[("WX_APP_ID", ""), ("WX_TOKEN", "t")]).assert_sentence(2, "WX_APP_ID");
    serve(&[("WX_APP_ID", "wx7a3f00c1d2e3b4a5"), ("WX_TOKEN", " ")]).assert_sentence(2, "WX_TOKEN");
}

#[cfg(target_os = "linux")]
#[test]
fn what_stdout_does_not_take_goes_to_stderr() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("wx"));
    let output = command.args(["errcode", "--json", "45029"]).stdout(full).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("cannot write to stdout") && stderr.contains("qrcode_count_limit"), "{stderr}");
}
