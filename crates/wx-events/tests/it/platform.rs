//! A third-party platform: one address, one token, one key, many accounts, and notices that are for none.

use crate::samples::*;
use wx_crypto::seal;
use wx_events::{Callback, Error, ErrorKind, InvalidReply, ReceivedPush, Step};
use wx_model::{OriginalId, Reply};

const COMPONENT: &str = "wx9cExampleComp0001";
const NOTICES: [&str; 3] = ["component_verify_ticket", "authorized", "unauthorized"];

fn platform() -> Callback {
    Callback::safe(token(), key(), COMPONENT.into())
}

/// Posts a message as the platform does: encrypted for the component, in an envelope that names what `outside` says.
fn post(callback: &Callback, outside: &str, message: &[u8]) -> Result<ReceivedPush, Error> {
    let encrypt = seal(&key(), COMPONENT, [7; 16], message);
    let body = format!("<xml>{outside}<Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>");
    callback.open(&query_for(TOKEN, &encrypt), body.as_bytes(), NOW)
}

fn notice(info_type: &str) -> Vec<u8> {
    fixture(&format!("pushes/component_{}.xml", info_type.trim_start_matches("component_")))
}

fn push_to(account: &str) -> Vec<u8> {
    let sample = String::from_utf8(fixture("pushes/push_scan_int.xml")).unwrap();
    sample.replace("gh_3f9a1c77be20", account).into_bytes()
}

#[test]
fn notices_come_in_an_envelope_with_an_app_id() {
    for info_type in NOTICES {
        let outside = format!("<AppId><![CDATA[{COMPONENT}]]></AppId>");
        let push = post(&platform(), &outside, &notice(info_type)).unwrap();
        assert_eq!((push.name(), push.field("AppId")), (info_type, Some(COMPONENT)));
        assert_eq!((push.to_user.as_str(), push.is_encrypted()), ("", true));
        assert_eq!(platform().seal(&push, Reply::none(), NOW).unwrap(), "success");
        let error = platform().seal(&push, Reply::text("a"), NOW).unwrap_err();
        assert_eq!(error.invalid_reply(), Some(InvalidReply::ToNotice));
    }
    let ticket = post(&platform(), "", &notice("component_verify_ticket")).unwrap();
    assert_eq!(ticket.field("ComponentVerifyTicket"), Some("ticket@@@EXAMPLE"));
}

#[test]
fn pushes_of_every_authorised_account_come_under_the_component() {
    for account in ["gh_3f9a1c77be20", "gh_2222"] {
        let outside = format!("<ToUserName><![CDATA[{account}]]></ToUserName>");
        let push = post(&platform(), &outside, &push_to(account)).unwrap();
        assert_eq!((push.to_user.as_str(), push.scene_scan().is_some()), (account, true));
        let reply = platform().seal(&push, Reply::text("a"), NOW).unwrap();
        let encrypt = reply.split("<![CDATA[").nth(1).unwrap().split("]]>").next().unwrap();
        assert!(
            wx_crypto::open(&key(), APP_ID, encrypt).is_err(),
            "the account's own appid does not open it"
        );
        let message = wx_crypto::open(&key(), COMPONENT, encrypt).unwrap();
        let message = String::from_utf8(message).unwrap();
        assert!(
            message.contains(&format!("<FromUserName><![CDATA[{account}]]></FromUserName>")),
            "{message}"
        );
    }
}

#[test]
fn the_name_outside_proves_nothing() {
    let callback = platform().account("gh_1".into());
    let push = post(&callback, "<ToUserName>gh_2</ToUserName><AppId>wx0</AppId>", &push_to("gh_1")).unwrap();
    assert_eq!(push.to_user.as_str(), "gh_1");
    assert!(post(&callback, "<ToUserName>gh_1</ToUserName>", &push_to("gh_2")).is_err());
}

#[test]
fn several_accounts_may_be_expected_and_notices_are_for_none() {
    let accounts = ["gh_1", "gh_2"].map(OriginalId::from);
    let callback = platform().account("gh_3".into()).accounts(accounts);
    for account in ["gh_1", "gh_2"] {
        assert!(post(&callback, "", &push_to(account)).is_ok());
    }
    for account in ["gh_3", "gh_", "", " "] {
        let error = post(&callback, "", &push_to(account)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Refused, "{account:?}");
    }
    for callback in [callback, platform().accounts([])] {
        for info_type in NOTICES {
            assert_eq!(post(&callback, "", &notice(info_type)).unwrap().name(), info_type);
        }
    }
    assert!(post(&platform().accounts([]), "", &push_to("gh_1")).is_err());
}

/// In a clear body nothing but the account says for whom a push is.
#[test]
fn a_clear_notice_and_an_event_dressed_as_one_are_no_way_around_the_account() {
    for callback in [plain(), compatible()] {
        let body = notice("component_verify_ticket");
        assert!(callback.open(&plain_query(), &body, NOW).is_ok());
        let refused = callback.account("gh_1".into()).diagnose(&plain_query(), &body, NOW).unwrap_err();
        assert_eq!(refused.step(), Step::Account);
    }
    let callback = platform().account("gh_1".into());
    let dressed = String::from_utf8(push_to("gh_2")).unwrap();
    let with_info_type = dressed.replace("<xml>", "<xml><InfoType>authorized</InfoType>");
    assert!(post(&callback, "", with_info_type.as_bytes()).is_err());
    let (_, rest) = with_info_type.split_once("<FromUserName>").unwrap();
    let without_account = format!("<xml><InfoType>authorized</InfoType><FromUserName>{rest}");
    assert!(post(&callback, "", without_account.as_bytes()).is_err());
}
