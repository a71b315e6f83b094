use serde::{Deserialize, Serialize};
use std::{borrow::Borrow, fmt};

/// Declares an opaque text of the platform: read as it comes, compared as a whole, never taken apart.
macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text as the platform wrote it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
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

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        /// So that a map with these keys is asked with a text.
        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

text_id! {
    /// The AppID (开发者 ID) of an account: `wx` and 16 characters.
    AppId
}

text_id! {
    /// The OpenID of a person: who follows or scans, as this one account knows them (28 characters).
    OpenId
}

text_id! {
    /// The original id (原始 ID) of an account, `gh_…`, as it stands in `ToUserName` of a push.
    OriginalId
}

text_id! {
    /// The ticket of a code: proof of one `qrcode/create` call and key to its picture (protocol §2.3).
    ///
    /// Opaque: up to 256 characters, with letters of either base64 alphabet, with or without padding.
    Ticket
}
