use super::{Life, Problem, Rows, row::Cells};

/// Reads `1..5000`: the numbers from the first to the last, both included.
pub(super) fn read(plan: &str) -> Option<Result<(u64, u64), String>> {
    let (first, last) = plan.split_once("..")?;
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok());
    let (first, last) = (number(first)?, number(last.strip_prefix('=').unwrap_or(last))?);
    Some(match (first, last) {
        (Some(first), Some(last)) if first <= last => Ok((first, last)),
        _ => Err(format!("a range is written FIRST..LAST, such as 1..5000, not {plan}")),
    })
}

/// One code for each number, with the number as its scene.
pub(super) fn rows((first, last): (u64, u64), life: Life) -> Rows {
    let row = move |id: u64| -> Result<_, Problem> {
        let number = id - first + 1;
        Cells { line: number, scene_id: Some(id.to_string()), ..Cells::default() }.row(life)
    };
    Box::new((first..=last).map(row))
}
