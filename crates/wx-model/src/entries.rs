use crate::{Fields, fields::trim_blanks, leaves::Leaves};

/// One of the elements that repeat under a name: its leaves under their paths inside it, its own text under `""`.
#[derive(Debug, Default)]
pub(crate) struct Entry<'a> {
    number: usize,
    leaves: Vec<(String, &'a str)>,
}

impl Leaves for Entry<'_> {
    fn exact(&self, path: &str) -> Option<&str> {
        self.leaves.iter().find(|(own, _)| own == path).map(|(_, text)| *text)
    }
}

/// All elements at `path`, be there one or many, in one pass over the fields. Inside the path a name means the first
/// of its siblings, at the end each of them. An empty element is how an empty list is written, so it is none.
pub(crate) fn entries<'a>(fields: &'a Fields, path: &str) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for (leaf, text) in fields.iter() {
        let Some((number, inner)) = below(&leaf, path) else { continue };
        if inner.is_empty() && trim_blanks(text).is_empty() {
            continue;
        }
        if entries.last().is_none_or(|entry| entry.number != number) {
            entries.push(Entry { number, leaves: Vec::new() });
        }
        if let Some(entry) = entries.last_mut() {
            entry.leaves.push((inner.to_owned(), text));
        }
    }
    entries
}

/// The number of the entry that `leaf` lies in, and its path from there.
fn below<'a>(leaf: &'a str, path: &str) -> Option<(usize, &'a str)> {
    let (mut number, mut rest) = (0, Some(leaf));
    for (depth, name) in path.split('.').enumerate() {
        if depth > 0 && number > 0 {
            return None;
        }
        let (segment, inner) = match rest?.split_once('.') {
            Some((segment, inner)) => (segment, Some(inner)),
            None => (rest?, None),
        };
        number = number_of(segment.strip_prefix(name)?)?;
        rest = inner;
    }
    Some((number, rest.unwrap_or_default()))
}

/// What follows a name: nothing, or its number among its siblings.
fn number_of(suffix: &str) -> Option<usize> {
    match suffix {
        "" => Some(0),
        _ => suffix.strip_prefix('[')?.strip_suffix(']')?.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldsBuilder;

    fn ids(fields: &Fields) -> Vec<String> {
        entries(fields, "Group.List").iter().map(|entry| entry.name("Id")).collect()
    }

    fn list(builder: &mut FieldsBuilder, ids: &[&str]) {
        builder.open("Group");
        for id in ids {
            builder.open("List");
            builder.leaf("Id", id);
            builder.close();
        }
        builder.close();
    }

    #[test]
    fn one_and_many_are_both_lists() {
        for count in 0..=4 {
            let wanted = ["a", "b", "c", "d"].into_iter().take(count).collect::<Vec<_>>();
            let mut builder = FieldsBuilder::default();
            builder.leaf("Before", "x");
            list(&mut builder, &wanted);
            builder.leaf("Listing", "y");
            assert_eq!(ids(&builder.finish()), wanted);
        }
    }

    #[test]
    fn a_group_that_repeats_counts_once() {
        let mut builder = FieldsBuilder::default();
        list(&mut builder, &["a", "b"]);
        list(&mut builder, &["c"]);
        assert_eq!(ids(&builder.finish()), ["a", "b"]);
    }

    #[test]
    fn an_entry_may_be_a_leaf_or_have_leaves_further_in() {
        let mut builder = FieldsBuilder::default();
        builder.leaf("n", "1");
        builder.leaf("n", " ");
        builder.leaf("n", "2");
        builder.open("n");
        builder.open("in");
        builder.leaf("x", "3");
        let fields = builder.finish();
        let found = entries(&fields, "n");
        assert_eq!(found.iter().filter_map(|entry| entry.number("")).collect::<Vec<u8>>(), [1, 2]);
        assert_eq!(found.iter().filter_map(|entry| entry.number("in.x")).collect::<Vec<u8>>(), [3]);
    }
}
