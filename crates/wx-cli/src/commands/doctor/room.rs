use super::{Finding, check::Check};
use std::path::Path;

/// Below this the next pushes may not be stored: some 20000 of them.
const TOO_LITTLE: u64 = 20 * MIB;
const LITTLE: u64 = 200 * MIB;
const MIB: u64 = 1024 * 1024;

const REMEDY: [&str; 2] =
    ["free some space, or move the database to a larger disk", "请清理磁盘空间，或将数据库移到更大的磁盘"];

/// What is left on the disk of a database that can be written.
pub(super) fn judge(path: &Path, folder: &Path, state: &str) -> Finding {
    let path = path.display();
    match fs4::available_space(folder) {
        Ok(left) if left < TOO_LITTLE => {
            Finding::failed(Check::Store, format!("{path} {state}; only {} are free", size(left)), REMEDY)
        }
        Ok(left) if left < LITTLE => {
            Finding::warning(Check::Store, format!("{path} {state}; only {} are free", size(left)), REMEDY)
        }
        Ok(left) => Finding::ok(Check::Store, format!("{path} {state}; {} are free", size(left))),
        // Some file systems do not say.
        Err(_) => Finding::ok(Check::Store, format!("{path} {state}")),
    }
}

fn size(bytes: u64) -> String {
    let mib = bytes / MIB;
    if mib < 10 * 1024 { format!("{mib} MiB") } else { format!("{} GiB", mib / 1024) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_told_in_the_unit_that_reads_best() {
        assert_eq!([0, 20 * MIB, 10 * 1024 * MIB].map(size), ["0 MiB", "20 MiB", "10 GiB"]);
    }
}
