use crate::{
    commands::code::batch::plan::PlanRow,
    failure::{Failure, Outcome},
};
use wx_render::Style;

/// What the texts of a look take from the rows of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Places {
    /// Anything at all.
    any: bool,
    /// The caption of the row.
    pub(super) caption: bool,
}

const KNOWN: [&str; 4] = ["scene", "channel", "line", "caption"];

impl Places {
    /// A word in braces that names nothing is refused; other braces are a text.
    pub(super) fn of(style: &Style) -> Outcome<Self> {
        let mut found = Self::default();
        for name in style.texts().flat_map(pieces).filter_map(|(_, name)| name) {
            if !KNOWN.contains(&name) {
                return Err(Failure::invalid(format!(
                    "the look has {{{name}}} in a text; a batch fills in {{scene}}, {{channel}}, {{line}} and {{caption}}"
                )));
            }
            found.any = true;
            found.caption |= name == "caption";
        }
        Ok(found)
    }

    pub(super) fn is_none(self) -> bool {
        !self.any
    }
}

/// The text with what the row has. What comes from the row is taken as it is, also if it has braces.
pub(super) fn fill(text: &str, row: &PlanRow) -> String {
    let mut filled = String::new();
    for (before, name) in pieces(text) {
        filled.push_str(before);
        match name {
            Some("scene") => filled.push_str(row.request.scene_value().as_str()),
            Some("channel") => filled.push_str(row.channel.as_ref().map_or("", |name| name.as_str())),
            Some("line") => filled.push_str(&row.line.to_string()),
            Some("caption") => filled.push_str(row.caption.as_deref().unwrap_or_default()),
            _ => {}
        }
    }
    filled
}

/// The text cut behind each word in braces: what stands before it, and the word; at last what is left.
fn pieces(text: &str) -> Vec<(&str, Option<&str>)> {
    let (mut pieces, mut rest, mut from) = (Vec::new(), text, 0);
    while let Some(open) = rest[from..].find('{').map(|at| from + at) {
        let word = rest[open + 1..].split_once('}').map(|(word, _)| word);
        match word.filter(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())) {
            Some(word) => {
                pieces.push((&rest[..open], Some(word)));
                (rest, from) = (&rest[open + word.len() + 2..], 0);
            }
            None => from = open + 1,
        }
    }
    pieces.push((rest, None));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use wx_model::{CreateRequest, PermanentScene};
    use wx_render::Caption;

    #[test]
    fn rows_fill_in_texts_and_other_braces_stay() {
        let request = CreateRequest::permanent(PermanentScene::str("{line}").unwrap());
        let channel = Some(wx_channel::ChannelName::new("门店").unwrap());
        let row = PlanRow { line: 7, request, channel, file: None, caption: Some("第七桌".to_owned()) };
        let cases = [
            ("{channel} · {caption}", "门店 · 第七桌"),
            ("{scene}{line}", "{line}7"),
            ("{^_^} {} { {{line}} }", "{^_^} {} { {7} }"),
            ("no places", "no places"),
            ("{", "{"),
        ];
        for (text, expected) in cases {
            assert_eq!(fill(text, &row), expected, "{text}");
        }
    }

    #[test]
    fn a_word_that_names_nothing_is_refused() {
        let places = |text: &str| Places::of(&Style::new().caption(Caption::new(text)));
        assert!(
            places("{ticket}").unwrap_err().to_string().contains("{scene}, {channel}, {line} and {caption}")
        );
        assert!(places("Scan me {^_^}").unwrap().is_none());
        assert!(places("{caption}").unwrap().caption && !places("{line}").unwrap().caption);
    }
}
