use super::{Error, ErrorKind};
use std::fmt;
use wx_model::{ErrClass, ErrCode};

/// What is known about the return code (全局返回码) of a refusal, in both languages. `None` where the platform refused
/// nothing; for codes that are not known here only the remedies are said.
impl Error {
    /// Our name of the code, such as `qrcode_count_limit`.
    pub fn name(&self) -> Option<&'static str> {
        self.errcode()?.info().map(|info| info.name)
    }

    /// Who has to act.
    pub fn class(&self) -> Option<ErrClass> {
        self.errcode()?.info().map(|info| info.class)
    }

    /// The cause, in English.
    pub fn cause_en(&self) -> Option<&'static str> {
        self.errcode()?.info().map(|info| self.cause(info.meaning_en))
    }

    /// The cause (原因), in Chinese.
    pub fn cause_zh(&self) -> Option<&'static str> {
        let info = self.errcode()?.info()?;
        Some(match () {
            () if self.is_wrong_secret() => "AppSecret 错误",
            () if self.is_token_rejected() => "access_token 无效、已过期或不是最新",
            () => info.meaning_zh,
        })
    }

    /// What to do, in English.
    pub fn remedy_en(&self) -> Option<&'static str> {
        self.errcode().map(|code| self.remedy(code))
    }

    /// What to do (处理办法), in Chinese.
    pub fn remedy_zh(&self) -> Option<&'static str> {
        let code = self.errcode()?;
        Some(match () {
            () if self.is_wrong_secret() => "到后台核对该 AppID 当前的 AppSecret；更正之前重试无效",
            () if self.is_token_rejected() => {
                "token 已按规则更换过；请核对 AppID 与 AppSecret 属于同一账号，并确认没有其他程序强制刷新或用旧接口获取该账号的 token"
            }
            () => code.remedy_zh(),
        })
    }

    /// The whole sentence in Chinese, as `Display` is in English.
    ///
    /// ```no_run
    /// # fn example(error: wx_client::Error) {
    /// eprintln!("{}", error.in_chinese());
    /// # }
    /// ```
    pub fn in_chinese(&self) -> impl fmt::Display + '_ {
        Chinese(self)
    }
}

struct Chinese<'a>(&'a Error);

impl fmt::Display for Chinese<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.0.0.path;
        match self.0.kind() {
            ErrorKind::Api(code) => return self.refusal(path, code, f),
            ErrorKind::Transport => write!(f, "{path} 没有收到应答：请检查网络和地址，稍后重试")?,
            ErrorKind::Decode => write!(f, "{path} 的应答无法解析：请检查地址以及途中的网关")?,
            ErrorKind::Status(status) => {
                write!(f, "{path} 返回 HTTP 状态 {status}：请检查地址以及途中的网关")?;
            }
            ErrorKind::Request => write!(f, "{path} 未发送：请求本身不正确（{}）", self.0)?,
            ErrorKind::Pace => write!(f, "{path} 未发送：调用过快，排队时间超过期限")?,
            ErrorKind::Config => write!(f, "客户端配置不正确（{}）", self.0)?,
            ErrorKind::TokenSource | ErrorKind::Interrupted => {
                write!(f, "没有可用的 access_token（{}）", self.0)?;
            }
        }
        if self.0.is_outcome_unknown() {
            f.write_str("；平台可能已经执行，请先确认再重复")
        } else {
            Ok(())
        }
    }
}

impl Chinese<'_> {
    fn refusal(&self, path: &str, code: ErrCode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cause = self.0.cause_zh().unwrap_or("未收录的返回码");
        write!(f, "{path} 被平台拒绝，返回码 {code}：{cause}")?;
        if let Some(errmsg) = self.0.errmsg().filter(|text| !text.is_empty()) {
            write!(f, "；平台原文“{errmsg}”")?;
        }
        match self.0.refused_ip() {
            Some(ip) => write!(f, "；请把 {ip} 加入该账号的 IP 白名单，几分钟后生效"),
            None => write!(f, "；{}", self.0.remedy_zh().unwrap_or_default()),
        }
    }
}
