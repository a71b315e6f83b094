use super::{MOST_ROWS, PlanSource, Problem, refused};
use crate::{
    commands::code::{batch::file_name::FileNames, scene_args::is_text_of_digits},
    failure::{Failure, Outcome},
};
use std::hash::{DefaultHasher, Hash, Hasher};
use wx_model::CreateRequest;

/// What was learned about a plan that can be used.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    pub(crate) rows: u64,
    /// Rows whose scene is a text of digits alone.
    pub(crate) texts_of_digits: u64,
    /// Whether any row says what stands under its code.
    pub(crate) has_captions: bool,
}

/// How many problems are told.
const TOLD: usize = 20;

/// Reads the whole plan once, before anything is sent. It holds 16 bytes a row: enough to find a scene or a file name that
/// comes twice.
pub(crate) fn check(source: &PlanSource, names: &mut FileNames, print_safe: bool) -> Outcome<Checked> {
    let mut checked = Checked::default();
    let mut problems = Problems::default();
    let mut scenes: Vec<(u64, u32)> = Vec::new();
    for row in source.rows() {
        let row = match row {
            Ok(row) => row,
            Err(problem) => {
                problems.add(problem);
                continue;
            }
        };
        if scenes.len() == MOST_ROWS {
            problems.add(Problem::new(row.line, "a plan has at most 1000000 codes; split it here"));
            break;
        }
        if print_safe && let Some(lifetime) = row.request.lifetime() {
            problems.add(Problem::new(
                row.line,
                format!("a temporary code dies after {lifetime}, so it is not safe to print"),
            ));
        }
        checked.rows += 1;
        checked.texts_of_digits += u64::from(is_text_of_digits(&row.request));
        checked.has_captions |= row.caption.is_some();
        names.see(&row);
        scenes.push((fingerprint(&row.request), u32::try_from(row.line).unwrap_or(u32::MAX)));
    }
    scenes.sort_unstable();
    for pair in scenes.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        problems
            .add(Problem::new(u64::from(pair[1].1), format!("the scene of line {} comes again", pair[0].1)));
    }
    names.seen();
    problems.end(source)?;
    if checked.rows == 0 {
        return Err(Failure::invalid(format!("{} has no rows; nothing was sent", source.name())));
    }
    Ok(checked)
}

fn fingerprint(request: &CreateRequest) -> u64 {
    let mut hasher = DefaultHasher::new();
    (request.action_name(), request.scene_value()).hash(&mut hasher);
    hasher.finish()
}

/// The first ones by line, and how many more there are.
#[derive(Default)]
pub(crate) struct Problems {
    told: Vec<Problem>,
    more: u64,
}

impl Problems {
    pub(crate) fn add(&mut self, problem: Problem) {
        let at = self.told.partition_point(|known| known.line <= problem.line);
        self.told.insert(at, problem);
        if self.told.len() > TOLD {
            self.told.pop();
            self.more += 1;
        }
    }

    /// An error if there was any.
    pub(crate) fn end(self, source: &PlanSource) -> Outcome {
        if self.told.is_empty() { Ok(()) } else { Err(refused(source.name(), &self.told, self.more)) }
    }
}
