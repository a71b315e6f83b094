use insta::assert_snapshot;
use wx_model::{ApiStatus, ErrClass, ErrCode, Retry};

#[test]
fn every_known_code_is_found_and_has_all_texts() {
    let known = ErrCode::known();
    assert_eq!(known.len(), 366);
    assert!(known.is_sorted_by(|a, b| a.code < b.code));
    for info in known {
        assert_eq!(info.code.info(), Some(info));
        assert!(!info.meaning_en.is_empty() && !info.meaning_zh.is_empty(), "{info:?}");
        assert!(!info.code.remedy_en().is_empty() && !info.code.remedy_zh().is_empty(), "{info:?}");
    }
}

#[test]
fn predicates_follow_the_protocol() {
    let numbers = |holds: fn(ErrCode) -> bool| -> Vec<i64> {
        let codes = ErrCode::known().iter().map(|info| info.code);
        codes.filter(|code| holds(*code)).map(ErrCode::get).collect()
    };
    assert_eq!(numbers(ErrCode::is_ok), [0]);
    assert_eq!(numbers(ErrCode::is_token_rejected), [40001, 40014, 42001]);
    for code in [45009, 45011, 45029, 45040, 45056, 45102] {
        assert!(ErrCode::new(code).is_quota(), "{code}");
    }
    for code in [-1, 45011, 45061, 45102, 45169, 61450, 268_487_001, 268_487_002] {
        assert!(ErrCode::new(code).is_retryable(), "{code}");
    }
    for code in [0, 40001, 40052, 45009, 45029, 45035, 48001, 61503, 12345] {
        assert!(!ErrCode::new(code).is_retryable(), "{code}");
    }
    assert!(!ErrCode::IP_NOT_REGISTERED.is_quota(), "45035 is about the address, not about the rate");
}

#[test]
fn unknown_codes_are_values() {
    let code = ErrCode::new(9_999_999);
    assert_eq!((code.info(), code.get()), (None, 9_999_999));
    assert!(!code.is_ok() && !code.is_quota() && !code.is_retryable() && !code.is_token_rejected());
    assert_snapshot!(code.remedy_en(), @"treat it as permanent: do not repeat the call, and keep the rid of the answer for the platform's support");
    assert_eq!(format!("{code:?} {code}"), "ErrCode(9999999) 9999999");
}

#[test]
fn a_row_says_what_the_table_says() {
    let info = ErrCode::MINUTE_QUOTA_REACHED.info().unwrap();
    assert_eq!((info.code.get(), info.name), (45011, "minute_quota_reached"));
    assert_eq!((info.class, info.retry), (ErrClass::Quota, Retry::Backoff));
    assert_eq!(info.meaning_zh, "调用太频繁，下一分钟再试");
    assert_eq!(info.wire, Some("api minute-quota reach limit, must slower, retry next minute"));
    assert_eq!(ErrCode::ADMIN_CONFIRM_NEEDED.info().unwrap().wire, None);
}

#[test]
fn reads_numbers_and_numbers_in_quotes() {
    for json in ["40001", r#""40001""#, r#"" 40001 ""#] {
        assert_eq!(serde_json::from_str::<ErrCode>(json).unwrap(), ErrCode::INVALID_CREDENTIAL, "{json}");
    }
    assert_eq!(serde_json::from_str::<ErrCode>(r#""-1""#).unwrap(), ErrCode::SYSTEM_BUSY);
    assert_eq!(serde_json::to_string(&ErrCode::SYSTEM_BUSY).unwrap(), "-1");
    for json in ["null", "true", "1.5", r#""""#, r#""x""#, "18446744073709551615", "[0]"] {
        assert!(serde_json::from_str::<ErrCode>(json).is_err(), "{json}");
    }
}

fn status(errmsg: &str) -> ApiStatus {
    ApiStatus::new(ErrCode::new(40001), errmsg)
}

#[test]
fn the_rid_ends_the_text_or_is_none() {
    assert_eq!(status("x rid: 69570a80-1c0ffee0-5eedbeef").rid(), Some("69570a80-1c0ffee0-5eedbeef"));
    assert_eq!(status("a rid: b rid: 69570a80-1c0ffee0-5eedbeef").rid(), Some("69570a80-1c0ffee0-5eedbeef"));
    for text in [
        "",
        "rid: 69570a80-1c0ffee0-5eedbeef",
        "x rid: ",
        "x rid: 69570a80-1c0ffee0",
        "x rid: 69570a80-1c0ffee0-5eedbeef ",
        "x rid: 69570A80-1c0ffee0-5eedbeef",
        "x rid: 69570a80-1c0ffee0-5eedbeef-00000000",
        "x rid: 69570a80-1c0ffee0-5eedbee中",
    ] {
        assert_eq!(status(text).rid(), None, "{text}");
    }
}

#[test]
fn the_hint_stands_in_brackets_or_is_none() {
    assert_eq!(status("x hint: [Xa1b2cA03040506]").hint(), Some("Xa1b2cA03040506"));
    assert_eq!(status("x hints: [ req_id: hPQ2aa ]").hint(), Some("req_id: hPQ2aa"));
    assert_eq!(status("x hint: [a] hint: [b]").hint(), Some("a"));
    assert_eq!((status("x hint: [a").hint(), status("x [a]").hint()), (None, None));
}

#[test]
fn an_absent_code_is_success() {
    let read = |json| serde_json::from_str::<ApiStatus>(json).unwrap();
    assert_eq!(read(r#"{"ticket":"x"}"#).check(), Ok(()));
    assert_eq!(read(r#"{"errcode":0,"errmsg":"ok"}"#).check(), Ok(()));
    assert_eq!(read(r#"{"errcode":"0"}"#).check(), Ok(()));
    let refused = read(r#"{"errcode":"48001"}"#).check().unwrap_err();
    assert_snapshot!(refused, @"the platform answered 48001: ");
    assert_eq!(refused.errcode, ErrCode::API_UNAUTHORIZED);
}
