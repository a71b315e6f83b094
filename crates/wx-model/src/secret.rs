use serde::{Deserialize, Deserializer, Serializer};
use std::fmt;

/// Declares a text that must not leave the process except in the request that needs it.
macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// Prints as `[redacted]` and cannot be serialised.
        ///
        /// ```
        #[doc = concat!("let secret = wx_model::", stringify!($name), "::new(\"marker\");")]
        #[doc = concat!("assert_eq!(format!(\"{secret:?}\"), \"", stringify!($name), "([redacted])\");")]
        /// ```
        ///
        /// ```compile_fail,E0277
        #[doc = concat!("let secret = wx_model::", stringify!($name), "::new(\"marker\");")]
        /// serde_json::to_string(&secret).unwrap();
        /// ```
        ///
        /// ```compile_fail,E0599
        #[doc = concat!("let secret = wx_model::", stringify!($name), "::new(\"marker\");")]
        /// secret.to_string();
        /// ```
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// Takes the secret text as it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The secret itself, for the request that needs it. Never log it, never put it into an error.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "([redacted])"))
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self)
            }
        }
    };
}

secret! {
    /// The AppSecret (开发者密码) of an account: 32 hex characters, the key to every call.
    AppSecret
}

secret! {
    /// An access_token (接口调用凭据), valid for at most 7200 s; allow 512 characters.
    AccessToken
}

secret! {
    /// The Token (令牌) of the callback configuration (服务器配置): 3 to 32 letters and digits, never sent over the wire.
    CallbackToken
}

secret! {
    /// The ticket that a third-party platform (第三方平台) asks for its own token with (`component_verify_ticket`,
    /// protocol §1.7).
    VerifyTicket
}

secret! {
    /// The code that a third-party platform fetches an account's tokens with (授权码, `authorization_code`, protocol
    /// §1.7).
    AuthorizationCode
}

secret! {
    /// The code that an authorisation to a third-party platform begins with (预授权码, `pre_auth_code`, protocol §1.7).
    PreAuthCode
}

secret! {
    /// What a third-party platform fetches an account's tokens with for as long as the account lets it
    /// (`authorizer_refresh_token`, protocol §1.7). It cannot be had again: when it is lost, the account must authorise
    /// anew.
    AuthorizerRefreshToken
}

/// Writes the secret into the one request body that carries it.
pub(crate) fn serialize_exposed<S: Serializer>(secret: &AppSecret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose())
}
