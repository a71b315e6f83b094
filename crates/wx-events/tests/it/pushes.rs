//! Every clear sample: how it is typed, its class, its scene and all its fields.

use insta::{assert_snapshot, glob};
use std::{fmt::Write, fs};
use wx_events::parse_unverified;
use wx_model::Push;

#[test]
fn every_sample_is_read() {
    let mut read = 0;
    glob!("../fixtures/pushes", "*.*", |path| {
        let body = fs::read(path).unwrap();
        let push = parse_unverified(&body).unwrap();
        assert_snapshot!("push", format!("{}\ninput:\n{}", told(&push), String::from_utf8(body).unwrap()));
        read += 1;
    });
    assert!(read >= 69, "only {read} samples");
}

fn told(push: &Push) -> String {
    let mut text = String::new();
    writeln!(text, "{} · class {}", push.name(), push.class()).unwrap();
    writeln!(text, "{:?} -> {:?} at {}", push.from_user.as_str(), push.to_user.as_str(), push.create_time)
        .unwrap();
    let person = push.person().map(wx_model::OpenId::as_str);
    writeln!(text, "person {person:?} · msg_id {:?}", push.msg_id()).unwrap();
    match push.scene_scan() {
        Some(scan) => {
            writeln!(text, "scene {:?}, new follower: {}", scan.scene.as_str(), scan.is_new_follower())
        }
        None => writeln!(text, "no scene"),
    }
    .unwrap();
    writeln!(text, "key {}", push.dedupe_key()).unwrap();
    writeln!(text, "{:?}", push.kind).unwrap();
    writeln!(text, "\nfields:").unwrap();
    for (path, value) in push.fields.iter() {
        assert_eq!(push.field(&path), Some(value), "{path}");
        writeln!(text, "{path} = {value:?}").unwrap();
    }
    text
}
