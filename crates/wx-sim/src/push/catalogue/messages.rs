use super::{
    Kind, Sender,
    Value::{self, Number, Text},
};
use crate::platform::Trigger;

/// Ordinary messages (接收普通消息, protocol §7.4); `MsgId` is added.
pub(super) const KINDS: &[Kind] = &[
    message("text", &[("Content", Text("求资料"))]),
    message(
        "image",
        &[
            ("PicUrl", Text("http://mmbiz.qpic.cn/mmbiz_jpg/EXAMPLE/0")),
            ("MediaId", Text("MEDIA_EXAMPLE_IMG")),
        ],
    ),
    message(
        "voice",
        &[
            ("MediaId", Text("MEDIA_EXAMPLE_VOICE")),
            ("Format", Text("amr")),
            ("MediaId16K", Text("MEDIA_EXAMPLE_VOICE16K")),
        ],
    ),
    message("video", VIDEO),
    message("shortvideo", VIDEO),
    message(
        "location",
        &[
            ("Location_X", Number("31.230416")),
            ("Location_Y", Number("121.473701")),
            ("Scale", Number("16")),
            ("Label", Text("上海市黄浦区示例路 1 号")),
        ],
    ),
    message(
        "link",
        &[
            ("Title", Text("示例标题")),
            ("Description", Text("示例描述")),
            ("Url", Text("https://qr.example.com/article/1?x=1&y=2")),
        ],
    ),
];

const VIDEO: &[(&str, Value)] =
    &[("MediaId", Text("MEDIA_EXAMPLE_VIDEO")), ("ThumbMediaId", Text("MEDIA_EXAMPLE_THUMB"))];

const fn message(name: &'static str, fields: &'static [(&'static str, Value)]) -> Kind {
    Kind { name, sender: Sender::Follower, trigger: Some(Trigger::Message), fields }
}
