use super::{prove::Prove, unfinished};
use crate::failure::{Failure, Outcome};
use std::{
    fs,
    path::{Path, PathBuf},
};
use wx_channel::BatchId;

/// The folder of a batch. A file in it says which batch that was, and how its pictures were proven.
#[derive(Debug)]
pub(super) struct Folder {
    note: PathBuf,
    id: BatchId,
    prove: Prove,
    were_proven: bool,
}

impl Folder {
    /// Makes the folder for a new batch, or finds that of the batch that goes on.
    pub(super) fn open(path: &Path, resume: bool, prove: Prove) -> Outcome<Self> {
        fs::create_dir_all(path).map_err(|error| {
            Failure::failed(format!("cannot make the folder {}: {error}", path.display()))
        })?;
        let note = path.join(".wx-batch");
        let found = fs::read_to_string(&note).ok();
        let mut lines = found.as_deref().unwrap_or_default().lines();
        let (known, proven) = (lines.next().filter(|id| resume && !id.is_empty()), lines.next());
        let id = known.map_or_else(new_id, |id| Ok(BatchId::new(id)))?;
        // What stands there from earlier may have been proven less.
        let were_proven = found.is_none() || proven == Some(prove.to_string().as_str());
        let folder = Self { note, id, prove, were_proven };
        folder.write(were_proven)?;
        Ok(folder)
    }

    pub(super) fn id(&self) -> &BatchId {
        &self.id
    }

    /// Whether all pictures that stand there were proven as they are to be.
    pub(super) fn were_proven(&self) -> bool {
        self.were_proven
    }

    /// From now on they are.
    pub(super) fn are_proven(&self) -> Outcome {
        if self.were_proven { Ok(()) } else { self.write(true) }
    }

    fn write(&self, are_proven: bool) -> Outcome {
        let proven = if are_proven { self.prove.to_string() } else { String::new() };
        unfinished::write(&self.note, format!("{}\n{proven}\n", self.id.as_str()).as_bytes())
            .map_err(|error| unfinished::cannot(&self.note, error))
    }
}

fn new_id() -> Outcome<BatchId> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::failed(format!("the system has no random numbers: {error}")))?;
    Ok(BatchId::new(format!("{:016x}", u64::from_be_bytes(bytes))))
}
