use serde::{Deserialize, Serialize};

/// The answer of `GET /cgi-bin/getcallbackip` (where pushes come from) and `get_api_domain_ip` (where the API is;
/// 获取微信服务器 IP, protocol §5.2). Ask once a day at most and keep the last good list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IpListResponse {
    /// Addresses (`203.0.113.7`) and networks (`198.51.100.0/24`).
    pub ip_list: Vec<String>,
}
