use wx_channel::{Channel, ChannelName};
use wx_model::{FieldsBuilder, Push, Reply};

fn push(event: &str, key: &str) -> Push {
    let mut fields = FieldsBuilder::default();
    for (name, text) in [
        ("FromUserName", "oAnna"),
        ("CreateTime", "1"),
        ("MsgType", "event"),
        ("Event", event),
        ("EventKey", key),
    ] {
        fields.leaf(name, text);
    }
    Push::from_fields(fields.finish()).unwrap()
}

#[test]
fn new_followers_and_followers_are_answered_differently() {
    let (follow, scan) = (push("subscribe", "qrscene_a"), push("SCAN", "a"));
    let (follow, scan) = (follow.scene_scan().unwrap(), scan.scene_scan().unwrap());
    let silent = Channel::new(ChannelName::new("a").unwrap());
    assert_eq!((silent.reply(&follow), silent.reply(&scan)), (Reply::none(), Reply::none()));
    let talking = silent.welcome("Welcome!").welcome_back("Back again!");
    assert_eq!(talking.reply(&follow), Reply::text("Welcome!"));
    assert_eq!(talking.reply(&scan), Reply::text("Back again!"));
    assert_eq!(talking.welcome_back(" \n").reply(&scan), Reply::none());
}
