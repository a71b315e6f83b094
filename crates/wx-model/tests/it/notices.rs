//! Notices to a third-party platform.

use crate::pushes::push;
use wx_model::{Notice, Push, PushClass};

fn notice(info_type: &str, leaves: &[(&str, &str)]) -> Push {
    let common = [("AppId", "wxComponent"), ("CreateTime", "1"), ("InfoType", info_type)];
    push(&[&common[..], leaves].concat())
}

const SECRETS: [(&str, &str); 3] = [
    ("ComponentVerifyTicket", "ticket@@@x"),
    ("AuthorizationCode", "queryauthcode@@@x"),
    ("PreAuthCode", "preauthcode@@@x"),
];

#[test]
fn credentials_are_there_and_never_printed() {
    for name in ["component_verify_ticket", "authorized", "updateauthorized", "unauthorized", "of_tomorrow"] {
        let push = notice(name, &SECRETS);
        for printed in [format!("{push:?}"), format!("{push:#?}"), push.dedupe_key().to_string()] {
            assert!(!printed.contains("@@@"), "{printed}");
        }
        for (path, text) in SECRETS {
            assert_eq!(push.field(path), Some(text));
        }
    }
    let push = notice("Component_Verify_Ticket", &SECRETS);
    let Some(Notice::ComponentVerifyTicket(notice)) = push.notice() else { panic!("{push:?}") };
    assert_eq!(notice.ticket.as_ref().unwrap().expose(), "ticket@@@x");
    assert_eq!(notice.component_app_id.as_ref().unwrap().as_str(), "wxComponent");
}

#[test]
fn an_authorisation_is_read_with_its_codes() {
    let leaves =
        [("AuthorizerAppid", "wx1"), ("AuthorizationCodeExpiredTime", "600"), SECRETS[1], SECRETS[2]];
    for name in ["authorized", "UpdateAuthorized"] {
        let push = notice(name, &leaves);
        let (Notice::Authorized(told) | Notice::UpdateAuthorized(told)) = push.notice().unwrap() else {
            panic!("{push:?}")
        };
        assert_eq!(told.authorizer_app_id.as_ref().unwrap().as_str(), "wx1");
        assert_eq!(told.authorization_code.as_ref().unwrap().expose(), "queryauthcode@@@x");
        assert_eq!(told.pre_auth_code.as_ref().unwrap().expose(), "preauthcode@@@x");
        assert_eq!(told.authorization_code_expired_time, Some(600));
    }
    assert!(matches!(notice("updateauthorized", &[]).notice(), Some(Notice::UpdateAuthorized(_))));
}

#[test]
fn what_is_absent_or_unknown_is_no_error() {
    let push = notice("unauthorized", &[]);
    let Some(Notice::Unauthorized(told)) = push.notice() else { panic!("{push:?}") };
    assert_eq!(told.authorizer_app_id, None);
    let push = notice("notify_third_fasteregister", &[("status", "0")]);
    let Some(Notice::Unknown(unknown)) = push.notice() else { panic!("{push:?}") };
    assert_eq!((unknown.name(), push.field("status")), ("notify_third_fasteregister", Some("0")));
    assert_eq!((push.class(), push.event(), push.message()), (PushClass::OtherEvent, None, None));
}
