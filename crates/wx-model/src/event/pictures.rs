use crate::{Fields, entries::entries, leaves::Leaves};

/// `pic_sysphoto`, `pic_photo_or_album` or `pic_weixin` (发图事件): a menu item let the person send pictures. The
/// pictures themselves come as messages of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pictures {
    /// Where the pictures are from: which of the three events it is.
    pub source: PictureSource,
    /// The key that the menu item was made with (`EventKey`).
    pub key: String,
    /// How many there are (`Count`).
    pub count: Option<u32>,
    /// The MD5 of each (`PicMd5Sum`), as hex digits, to know the messages by.
    pub md5_sums: Vec<String>,
}

/// Where the pictures of [`Pictures`] are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PictureSource {
    /// `pic_sysphoto` (系统拍照发图): taken with the camera.
    Camera,
    /// `pic_photo_or_album` (拍照或者相册发图): the camera or the phone's album, as the person chose.
    CameraOrAlbum,
    /// `pic_weixin` (微信相册发图): chosen in WeChat.
    WeChatAlbum,
}

impl Pictures {
    pub(super) fn read(source: PictureSource, fields: &Fields) -> Self {
        let items = entries(fields, "SendPicsInfo.PicList.item");
        Self {
            source,
            key: fields.name("EventKey"),
            count: fields.number("SendPicsInfo.Count"),
            md5_sums: items.iter().filter_map(|item| item.id("PicMd5Sum")).collect(),
        }
    }
}
