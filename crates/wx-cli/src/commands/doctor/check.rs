/// One thing that is looked at. The order is that of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Check {
    Configuration,
    CallbackSecrets,
    Store,
    TokenStore,
    Platform,
    Clock,
    AllowList,
    Credentials,
    TokenRivals,
    AccountRight,
    Quota,
    CallbackNetwork,
    PermanentCodes,
    Callback,
}

impl Check {
    pub(super) const ALL: [Self; 14] = [
        Self::Configuration,
        Self::CallbackSecrets,
        Self::Store,
        Self::TokenStore,
        Self::Platform,
        Self::Clock,
        Self::AllowList,
        Self::Credentials,
        Self::TokenRivals,
        Self::AccountRight,
        Self::Quota,
        Self::CallbackNetwork,
        Self::PermanentCodes,
        Self::Callback,
    ];

    /// For scripts.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::CallbackSecrets => "callback_secrets",
            Self::Store => "store",
            Self::TokenStore => "token_store",
            Self::Platform => "platform",
            Self::Clock => "clock",
            Self::AllowList => "allow_list",
            Self::Credentials => "credentials",
            Self::TokenRivals => "token_rivals",
            Self::AccountRight => "account_right",
            Self::Quota => "quota",
            Self::CallbackNetwork => "callback_network",
            Self::PermanentCodes => "permanent_codes",
            Self::Callback => "callback",
        }
    }

    /// For people, in both languages.
    pub(super) fn title(self) -> [&'static str; 2] {
        match self {
            Self::Configuration => ["configuration", "配置"],
            Self::CallbackSecrets => ["Token and key", "令牌与密钥"],
            Self::Store => ["database", "数据库"],
            Self::TokenStore => ["token store", "token 存储"],
            Self::Platform => ["platform", "平台连接"],
            Self::Clock => ["clock", "时钟"],
            Self::AllowList => ["allow-list", "IP 白名单"],
            Self::Credentials => ["credentials", "开发者凭据"],
            Self::TokenRivals => ["token rivals", "token 冲突"],
            Self::AccountRight => ["right to codes", "接口权限"],
            Self::Quota => ["quota", "调用额度"],
            Self::CallbackNetwork => ["seen by platform", "平台网络检测"],
            Self::PermanentCodes => ["permanent codes", "永久二维码"],
            Self::Callback => ["callback", "回调地址"],
        }
    }
}
