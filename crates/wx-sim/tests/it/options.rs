use std::time::Duration;
use wx_sim::{
    Callback, Component, DEFAULT_AES_KEY, DEFAULT_APP_ID, DEFAULT_ORIGINAL_ID, DEFAULT_PERMANENT_CAP,
    DEFAULT_SECRET, DEFAULT_TIME_LIMIT, DEFAULT_TOKEN, Error, Mode, Options, Simulator,
};

/// Scripts outside rely on these.
#[test]
fn the_defaults_are_fixed() {
    assert_eq!(DEFAULT_APP_ID, "wx7a3f00c1d2e3b4a5");
    assert_eq!(DEFAULT_SECRET, "00112233445566778899aabbccddeeff");
    assert_eq!(DEFAULT_TOKEN, "ChannelToken2026");
    assert_eq!(DEFAULT_AES_KEY, "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A");
    assert_eq!(DEFAULT_ORIGINAL_ID, "gh_3f9a1c77be20");
    assert_eq!(DEFAULT_TIME_LIMIT, Duration::from_secs(5));
    assert_eq!(DEFAULT_PERMANENT_CAP, 100_000);
}

#[test]
fn debug_output_shows_no_secret() {
    let other = "ffeeddccbbaa99887766554433221100";
    let component = Component::new("wx9c00c1d2e3b4a5f6", other).token("Component2");
    let second = Callback::default().token("Second2");
    let shown = format!("{:?}", Options::default().component(component).second_callback(second));
    assert!(shown.contains(DEFAULT_APP_ID) && shown.contains("wx9c00c1d2e3b4a5f6"));
    for secret in [DEFAULT_SECRET, DEFAULT_TOKEN, DEFAULT_AES_KEY, other, "Component2", "Second2"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn modes_have_words() {
    for mode in [Mode::Plain, Mode::Compatible, Mode::Safe] {
        assert_eq!(mode.to_string().parse(), Ok(mode));
    }
    let error = "Safe".parse::<Mode>().unwrap_err();
    assert_eq!(error.to_string(), "the mode is one of `plain`, `compatible` and `safe`");
}

async fn refusal(options: Options) -> String {
    Simulator::start(options).await.unwrap_err().to_string()
}

#[tokio::test]
async fn values_of_the_wrong_form_are_refused_without_being_shown() {
    let with = Options::default;
    for bad in ["", "7a3f00c1d2e3b4a5", "wx7a3f00c1d2e3b4a", "wx7a3f00c1d2e3b4a5 "] {
        assert_eq!(refusal(with().app_id(bad)).await, "an AppID is `wx` and 16 letters or digits");
    }
    for bad in ["", "0011", "g0112233445566778899aabbccddeeff"] {
        assert_eq!(refusal(with().secret(bad)).await, "an AppSecret has 32 hex digits");
    }
    for bad in ["ab", "a b", &"a".repeat(33)] {
        assert_eq!(refusal(with().token(bad)).await, "a callback token has 3 to 32 letters or digits");
    }
    for bad in ["gh_", "3f9a", "gh_<b>"] {
        assert_eq!(
            refusal(with().original_id(bad)).await,
            "an original id is `gh_` and 1 to 61 letters or digits"
        );
    }
}

#[tokio::test]
async fn a_callback_address_is_a_whole_http_address() {
    let sim = Simulator::start(Options::default()).await.unwrap();
    for bad in ["", "127.0.0.1:80", "/callback", "ftp://a/b", "http://", "http:///a", "http://a b/"] {
        let error = sim.configure(Callback::to(bad)).unwrap_err();
        assert!(matches!(error, Error::CallbackUrl { .. }), "{bad}");
    }
    let error = sim.configure(Callback::to("https://example.com/wx")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the callback address \"https://example.com/wx\" is refused: the simulator has no TLS; \
         give an address that starts with http://"
    );
    sim.configure(Callback::to("http://[::1]:8080/wx?a=b")).unwrap();
    sim.configure(Callback::default()).unwrap();
}

#[tokio::test]
async fn a_port_in_use_is_said_so() {
    let sim = Simulator::start(Options::default()).await.unwrap();
    let error = refusal(Options::default().listen(sim.address())).await;
    assert!(error.starts_with(&format!("cannot listen on {}; is it in use?", sim.address())), "{error}");
}
