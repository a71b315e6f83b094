use super::{ErrClass, ErrCode, Retry};

/// What to do about a return code, in both languages.
#[derive(Clone, Copy)]
pub(super) struct Remedy {
    pub(super) en: &'static str,
    pub(super) zh: &'static str,
}

impl Remedy {
    /// The text for this very code, or else for its class.
    pub(super) fn of(code: ErrCode) -> Self {
        let special = SPECIAL.iter().find(|(codes, _)| codes.contains(&code));
        special.map_or_else(|| Self::general(code), |(_, remedy)| *remedy)
    }

    fn general(code: ErrCode) -> Self {
        let Some(info) = code.info() else {
            return Self {
                en: "treat it as permanent: do not repeat the call, and keep the rid of the answer for the platform's support",
                zh: "按永久性错误处理：不要重试，并记录应答中的 rid 以便反馈",
            };
        };
        let (en, zh) = match (info.class, info.retry) {
            (_, Retry::Backoff) => {
                ("try again with growing pauses, 3 to 5 times", "间隔递增地重试 3 到 5 次")
            }
            (_, Retry::Refresh) => (
                "get a new token and repeat the call once; if it fails again, give up",
                "刷新 token 后重试一次，再失败则停止",
            ),
            (_, Retry::Window) => (
                "stop calling until the limit is lifted or the figures are ready, then try again",
                "暂停调用，待限制解除或数据就绪后再试",
            ),
            (ErrClass::Token, _) => (
                "do not repeat: the credential has to be corrected or granted again by a person",
                "不要重试：凭证需要人工更正或重新授权",
            ),
            (ErrClass::Quota, _) => (
                "do not repeat: the limit stays until something is deleted or less is asked for",
                "不要重试：除非删除已有数据或减少请求量，否则限制不会解除",
            ),
            (ErrClass::Permission, _) => (
                "do not repeat: the operator of the account changes its rights or settings in the console",
                "不要重试：需由账号运营者在后台调整权限或设置",
            ),
            (ErrClass::Param, _) => (
                "do not repeat: correct the request; look the rid of the answer up with rid/get to see what arrived",
                "不要重试：修正请求参数；可用 rid/get 查询应答中的 rid，查看平台实际收到的内容",
            ),
            (ErrClass::Retry | ErrClass::Other, _) => (
                "do not repeat; look at the cause and keep the rid of the answer",
                "不要重试；根据原因处理，并记录应答中的 rid",
            ),
        };
        Self { en, zh }
    }
}

/// The codes that operators meet most (protocol §1.3, §2.4, §13).
static SPECIAL: &[(&[ErrCode], Remedy)] = &[
    (&[ErrCode::OK], Remedy { en: "nothing to do", zh: "无需处理" }),
    (
        &[ErrCode::SYSTEM_BUSY],
        Remedy {
            en: "wait a moment and try again, with growing pauses, 3 to 5 times; for a permanent code first look whether the \
                 lost answer has already made one",
            zh: "稍等后重试，间隔递增，3 到 5 次；创建永久二维码时先确认丢失的应答是否已经占用了名额",
        },
    ),
    (
        &[ErrCode::INVALID_CREDENTIAL],
        Remedy {
            en: "from a token endpoint: the AppSecret is wrong, correct it and do not repeat; from any other call: get a new \
                 access_token and repeat once. If it comes back, some other program fetches tokens of this account: let all of \
                 them use stable_token or share one token",
            zh: "获取 token 时返回：AppSecret 错误，更正后再试，不要循环；其他接口返回：刷新 access_token 后重试一次。若反复出现，\
                 说明另有程序在获取该账号的 token，应统一使用 stable_token 或共用一个 token",
        },
    ),
    (
        &[ErrCode::INVALID_ACCESS_TOKEN],
        Remedy {
            en: "get a new access_token and repeat once; make sure the token belongs to this account and was not cut (keep at \
                 least 512 characters)",
            zh: "刷新 access_token 后重试一次；确认 token 属于本账号且没有被截断（至少预留 512 个字符）",
        },
    ),
    (
        &[ErrCode::ACCESS_TOKEN_EXPIRED],
        Remedy {
            en: "get a new access_token and repeat once; renew some minutes before its end, it lives at most 7200 s",
            zh: "刷新 access_token 后重试一次；token 最长 7200 秒，应在到期前几分钟更新",
        },
    ),
    (
        &[ErrCode::INVALID_APPSECRET],
        Remedy {
            en: "the AppSecret is wrong or was reset: copy the present one from the console; do not repeat with the old one",
            zh: "AppSecret 错误或已被重置：到后台查看或重置后更新配置，不要用旧值反复尝试",
        },
    ),
    (
        &[ErrCode::APPSECRET_FROZEN],
        Remedy {
            en: "un-freeze the AppSecret in the console; it works again within about 10 minutes",
            zh: "在后台解冻 AppSecret，约 10 分钟内生效",
        },
    ),
    (
        &[ErrCode::INVALID_APPID],
        Remedy {
            en: "check the AppID letter by letter: `wx` and 16 characters, no blanks, letter case matters",
            zh: "逐字核对 AppID：wx 开头共 18 位，不含空格，区分大小写",
        },
    ),
    (
        &[ErrCode::IP_NOT_WHITELISTED, ErrCode::IP_NOT_REGISTERED, ErrCode::COMPONENT_IP_NOT_WHITELISTED],
        Remedy {
            en: "add the public IP address that the message names to the IP allow-list of the account in the console; it takes \
                 effect in some minutes",
            zh: "把报错信息中的公网 IP 加入后台的 IP 白名单，几分钟后生效",
        },
    ),
    (
        &[ErrCode::ADMIN_CONFIRM_NEEDED, ErrCode::ADMIN_CONFIRM_PENDING],
        Remedy {
            en: "the administrator of the account confirms this IP address in WeChat; call again afterwards",
            zh: "请账号管理员在微信中确认该 IP 的调用请求，确认后再调用",
        },
    ),
    (
        &[ErrCode::IP_REJECTED_1H, ErrCode::IP_REJECTED_24H],
        Remedy {
            en: "the administrator refused this IP address: settle it with them, wait one hour (89507) or 24 hours (89506), \
                 then call again and have it confirmed",
            zh: "管理员拒绝了该 IP：与管理员确认后，等待 1 小时（89507）或 24 小时（89506）再调用并请其确认",
        },
    ),
    (
        &[ErrCode::DAILY_QUOTA_REACHED],
        Remedy {
            en: "stop until midnight Beijing time (UTC+8), or clear the counters with clear_quota (10 times a month); find out \
                 what calls so often",
            zh: "暂停到北京时间零点，或调用 clear_quota 清零（每月 10 次）；并查明调用过多的原因",
        },
    ),
    (
        &[ErrCode::MINUTE_QUOTA_REACHED],
        Remedy {
            en: "wait for the next minute and call more slowly",
            zh: "等到下一分钟再调用，并降低调用频率",
        },
    ),
    (
        &[ErrCode::QRCODE_COUNT_LIMIT],
        Remedy {
            en: "never repeat: the 100000 permanent codes of the account are used up and cannot be given back. Use temporary \
                 codes (up to 30 days), or give a retired permanent code a new meaning",
            zh: "不要重试：账号的 10 万个永久二维码已用完且无法释放。改用临时二维码（最长 30 天），或复用已停用的永久二维码",
        },
    ),
    (
        &[ErrCode::INVALID_ACTION_NAME],
        Remedy {
            en: "send one of QR_SCENE, QR_STR_SCENE, QR_LIMIT_SCENE, QR_LIMIT_STR_SCENE, and a body that is valid JSON: single \
                 quotes and form fields give this code too",
            zh: "action_name 只能是 QR_SCENE、QR_STR_SCENE、QR_LIMIT_SCENE、QR_LIMIT_STR_SCENE；请求体须为合法 JSON（单引号、表单格式也会报此错）",
        },
    ),
    (
        &[ErrCode::INVALID_ACTION_INFO],
        Remedy {
            en: "check action_info.scene: scene_id 1 to 100000 for permanent and 1 to 4294967295 for temporary codes, scene_str 1 \
                 to 64 bytes, the field that belongs to the action name",
            zh: "检查 action_info.scene：永久 scene_id 为 1 到 100000，临时为 1 到 4294967295，scene_str 为 1 到 64 字节，且字段与 action_name 对应",
        },
    ),
    (
        &[ErrCode::EMPTY_POST_DATA, ErrCode::DATA_FORMAT_ERROR],
        Remedy {
            en: "send a JSON body in UTF-8 by POST; the platform received none that it could read",
            zh: "用 POST 发送 UTF-8 编码的 JSON 请求体；平台没有收到可解析的内容",
        },
    ),
    (
        &[ErrCode::API_UNAUTHORIZED],
        Remedy {
            en: "only verified service accounts (or the sandbox test account) may make codes with parameters: check the kind, \
                 the verification and the API rights of the account in the console, and that the token belongs to it",
            zh: "仅已认证的服务号（或测试号）可生成带参数二维码：在后台检查账号类型、认证状态和接口权限，并确认 token 属于该账号",
        },
    ),
    (
        &[ErrCode::CLEAR_QUOTA_LIMIT],
        Remedy {
            en: "the 10 clearings of this month are used up: wait for the next day's allowance",
            zh: "本月 10 次清零机会已用完，等待次日额度恢复",
        },
    ),
    (
        &[ErrCode::REPLY_WINDOW_CLOSED, ErrCode::CS_MESSAGE_COUNT_LIMIT],
        Remedy {
            en: "the user has to act again (write, scan, follow) before more messages may be sent; within a minute of a scan or \
                 a follow, at most 3",
            zh: "用户再次互动（发消息、扫码、关注）后才能下发；扫码或关注后 1 分钟内最多 3 条",
        },
    ),
    (
        &[ErrCode::DATA_NOT_READY],
        Remedy {
            en: "the figures of a day are ready after 08:00 (Beijing time) of the next: ask again then",
            zh: "前一日数据在次日 8 点（北京时间）后就绪，届时再查询",
        },
    ),
];
