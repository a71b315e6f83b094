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
fn a_wrong_configuration_is_named_without_its_secrets() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("wx.toml"), "app_secret = \"0123canary4567\"\ncolour = 1\n").unwrap();
    let run = wx_in(folder.path(), &["errcode", "0"], &[]);
    run.assert_sentence(2, "wx.toml is not valid: unknown field `colour`");
    assert!(!run.stderr.contains("canary"));

    std::fs::write(folder.path().join("wx.toml"), "app_secret = 0123canary4567\n").unwrap();
    let run = wx_in(folder.path(), &["errcode", "0"], &[]);
    assert_eq!(run.code, 2);
    assert!(!run.stderr.contains("canary"), "{run:?}");

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
