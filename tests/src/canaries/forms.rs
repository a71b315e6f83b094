use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE},
};

/// So long are the parts that are looked for, and one begins every so many bytes: fewer would be slow to search for.
const PART: usize = 16;
const STEP: usize = 8;

/// What a secret looks like in each form, with the name of the form.
pub(super) fn forms(secret: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let reversed: Vec<u8> = secret.iter().rev().copied().collect();
    let plain = parts(secret).flat_map(cases).map(|part| ("plain", part));
    let backwards = parts(&reversed).flat_map(cases).map(|part| ("reversed", part));
    let hex = parts(secret).flat_map(hex).map(|part| ("hex", part));
    let base64 = (0..3).flat_map(|before| base64(secret, before)).map(|part| ("base64", part));
    plain.chain(backwards).chain(hex).chain(base64).collect()
}

fn parts(secret: &[u8]) -> impl Iterator<Item = &[u8]> {
    let last = secret.windows(PART).last();
    secret.windows(PART).step_by(STEP).chain(last)
}

/// As it is, and all in capitals or none.
fn cases(part: &[u8]) -> [Vec<u8>; 3] {
    [part.to_vec(), part.to_ascii_lowercase(), part.to_ascii_uppercase()]
}

fn hex(part: &[u8]) -> [Vec<u8>; 2] {
    let lower = part.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    [lower.to_uppercase().into(), lower.into()]
}

/// Behind so many other bytes: whole groups of four letters, which do not depend on the neighbours.
fn base64(secret: &[u8], before: usize) -> Vec<Vec<u8>> {
    // The groups that hold a byte of what comes before are left out.
    let begin = (3 - before) % 3;
    let whole = (secret.len() - begin) / 3 * 3;
    let groups = &secret[begin..begin + whole];
    let length = PART / 3 * 3;
    let parts = groups.windows(length).step_by(STEP / 3 * 3 + 3);
    parts.flat_map(|part| [STANDARD.encode(part).into(), URL_SAFE.encode(part).into()]).collect()
}
