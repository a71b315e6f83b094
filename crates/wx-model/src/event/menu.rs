use crate::{Fields, leaves::Leaves};

/// `CLICK` (点击菜单拉取消息): a tap on a menu item that asks for a message. A reply is shown in the chat.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MenuClick {
    /// The key that the item was made with (`EventKey`).
    pub key: String,
}

impl MenuClick {
    pub(super) fn read(fields: &Fields) -> Self {
        Self { key: fields.name("EventKey") }
    }
}

/// `VIEW` (点击菜单跳转链接): a tap on a menu item that opens a page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MenuView {
    /// The address of the page (`EventKey`).
    pub url: String,
    /// The number of the menu (`MenuId`), which tells personalised menus (个性化菜单) apart.
    pub menu_id: Option<u64>,
}

impl MenuView {
    pub(super) fn read(fields: &Fields) -> Self {
        Self { url: fields.name("EventKey"), menu_id: fields.number("MenuId") }
    }
}

/// `view_miniprogram` (点击菜单跳转小程序): a tap on a menu item that opens a mini program.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MenuViewMiniProgram {
    /// The path of the mini program's page (`EventKey`).
    pub path: String,
    /// The number of the menu (`MenuId`), which tells personalised menus (个性化菜单) apart.
    pub menu_id: Option<u64>,
}

impl MenuViewMiniProgram {
    pub(super) fn read(fields: &Fields) -> Self {
        Self { path: fields.name("EventKey"), menu_id: fields.number("MenuId") }
    }
}
