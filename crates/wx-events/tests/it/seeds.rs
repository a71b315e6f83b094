//! The pushes of the articles that the project began with give the values that the articles say.

use crate::samples::fixture;
use wx_events::parse_unverified;
use wx_model::{Event, Push, PushClass};

fn seed(file: &str) -> Push {
    parse_unverified(&fixture(&format!("pushes/{file}"))).unwrap()
}

const TICKET: &str =
    "gQHi8DoAAAAAAAAAASxodHRwOi8vd2VpeGluLnFxLmNvbS9xL0UweTNxNi1sdlA3RklyRnNKbUFvAAIELdnUUgMEAAAAAA==";

#[test]
fn following_through_the_code_carries_scene_1000() {
    let push = seed("seed001_subscribe_qrscene_1000.xml");
    let scan = push.scene_scan().unwrap();
    assert_eq!(push.class(), PushClass::FollowViaQr);
    assert_eq!((scan.scene.as_str(), scan.is_new_follower(), scan.time), ("1000", true, 1_389_684_286));
    assert_eq!(scan.ticket.unwrap().as_str(), TICKET);
    assert_eq!(push.field("EventKey"), Some("qrscene_1000"));
    assert_eq!(push.from_user.as_str(), "o7Lp5t6n59DeX3U0C7Kric9qEx-Q");
    assert_eq!(push.to_user.as_str(), "gh_45072270791c");
}

#[test]
fn scanning_as_a_follower_carries_scene_1000() {
    let push = seed("seed001_scan_1000.xml");
    let scan = push.scene_scan().unwrap();
    assert_eq!(push.class(), PushClass::Scan);
    assert_eq!((scan.scene.as_str(), scan.is_new_follower(), scan.time), ("1000", false, 1_389_684_184));
    assert_eq!(scan.ticket.unwrap().as_str(), TICKET);
    assert_eq!(push.field("EventKey"), Some("1000"));
}

#[test]
fn a_string_scene_on_a_single_line_is_read() {
    let push = seed("seed002_scan_string_scene_single_line.xml");
    assert!(matches!(push.event(), Some(Event::Scan(_))));
    let scan = push.scene_scan().unwrap();
    assert_eq!((scan.scene.as_str(), scan.time), ("155120hzw", 1_429_416_610));
    assert_eq!(
        scan.ticket.unwrap().as_str(),
        "gQH17zoAAAAAAAAAASxodHR****S9xL28waUNrM1BsV1ZJZ0VJcE8tbUFMAAIEcCozVQMEAAAAAA=="
    );
    assert_eq!(push.from_user.as_str(), "oz1fVs4d****7FmFrCbc57o");
}
