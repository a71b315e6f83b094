//! Secrets go into `wx` on every way there is, it is told to log everything, and whatever leaves it is searched for them.

mod calls;
mod pushes;
mod service;
mod settings;
mod simulated;
mod witness;

/// What the secrets of an account look like here: none stands anywhere else.
const APP_SECRET: &str = "5ca1ab1e0ddba11cafe5eedc0c0abea7";
const TOKEN: &str = "Wr7yCallbackTokenOfTheCanary81Zq";
const PREVIOUS_TOKEN: &str = "Bx4uTokenBeforeThatOne26LdKeNary";
/// The key in base64 without its `=`, as the platform's console shows it, and what it stands for.
const AES_KEY: &str = "S2V5LU9mLVRoZS1FbnZlbG9wZS1DYW5hcnkyMDI2LUE";
const AES_BYTES: &str = "Key-Of-The-Envelope-Canary2026-A";
const PREVIOUS_AES_KEY: &str = "T2xkLUtleS1CZWZvcmUtQ2FuYXJ5LTIwMjYtQnh3aVo";
const PREVIOUS_AES_BYTES: &str = "Old-Key-Before-Canary-2026-BxwiZ";
/// In the address of a database, of a gateway or of a proxy.
const PASSWORD: &str = "dA7abase_Passw0rd-0f-c4nary";
const FIXED_TOKEN: &str = "77_fIxEd-tOkEn-0f-ThE-cAnArY_9911aXbYcZ";
const SERVICE_SECRET: &str = "c3ntral-s3rvice-s3cret-0f-canary";

const SECRETS: [(&str, &str); 10] = [
    ("AppSecret", APP_SECRET),
    ("Token", TOKEN),
    ("previous Token", PREVIOUS_TOKEN),
    ("EncodingAESKey", AES_KEY),
    ("key of the envelope", AES_BYTES),
    ("previous EncodingAESKey", PREVIOUS_AES_KEY),
    ("previous key of the envelope", PREVIOUS_AES_BYTES),
    ("password", PASSWORD),
    ("fixed access_token", FIXED_TOKEN),
    ("secret of the central service", SERVICE_SECRET),
];
