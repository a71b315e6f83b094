use wx_channel::{Channel, ChannelName};
use wx_model::{CreateRequest, Lifetime, PermanentScene, Scene};

/// A code of each kind, and the channel that it shall belong to.
pub fn four_kinds() -> [(Channel, CreateRequest); 4] {
    let month = Lifetime::MAX;
    let temporary = |scene| CreateRequest::temporary(scene, month);
    [
        (channel("车站海报"), CreateRequest::permanent(PermanentScene::id(2026).expect("an id"))),
        (channel("Shop 42"), CreateRequest::permanent(PermanentScene::str("shop-042").expect("a text"))),
        (channel("春季展会 & more"), temporary(Scene::id(u32::MAX.into()).expect("an id"))),
        (channel("官网 \"top\""), temporary(Scene::str("web:首页/top").expect("a text"))),
    ]
}

/// A channel with welcomes that name it.
fn channel(name: &str) -> Channel {
    let channel = Channel::new(ChannelName::new(name).expect("a name"));
    channel.welcome(format!("欢迎来自 {name} 的朋友！]]>")).welcome_back(format!("又见面了 <{name}>"))
}
