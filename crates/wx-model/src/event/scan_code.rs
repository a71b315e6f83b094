use crate::{Fields, leaves::Leaves, wire_text::wire_text};

/// `scancode_push` or `scancode_waitmsg` (扫码推事件): a menu item opened the scanner and the person scanned something.
///
/// Not the scan of a code with parameters, which is [`Scan`](crate::Scan).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScanCode {
    /// Which of the two events it is.
    pub kind: ScanCodeKind,
    /// The key that the menu item was made with (`EventKey`).
    pub key: String,
    /// What was scanned.
    pub scan_type: Option<ScanType>,
    /// What stands in it (`ScanResult`), exact.
    pub result: String,
}

/// What the scanner of a menu does after the scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ScanCodeKind {
    /// `scancode_push` (扫码推事件): shows the result, opens it if it is an address.
    Push,
    /// `scancode_waitmsg` (扫码带提示): shows "receiving" and waits for a reply.
    WaitMsg,
}

wire_text! {
    /// What a menu's scanner read (`ScanType`).
    ScanType {
        /// A QR code (二维码).
        QrCode = "qrcode",
        /// A bar code (条码).
        BarCode = "barcode",
    }
}

impl ScanCode {
    pub(super) fn read(kind: ScanCodeKind, fields: &Fields) -> Self {
        Self {
            kind,
            key: fields.name("EventKey"),
            scan_type: fields.id("ScanCodeInfo.ScanType"),
            result: fields.text("ScanCodeInfo.ScanResult"),
        }
    }
}
