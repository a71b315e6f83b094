use super::{ArtError, Font};
use crate::Style;

/// The texts of a style: for many codes of one look, each with a text of its own.
impl Style {
    /// The caption and the texts on the poster, as far as there are any.
    ///
    /// ```
    /// use wx_render::{Caption, Style};
    ///
    /// let style = Style::new().caption(Caption::new("Table {number}"));
    /// let table = style.map_texts(|text| text.replace("{number}", "7"));
    /// assert_eq!(table.texts().collect::<Vec<_>>(), ["Table 7"]);
    /// ```
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let caption = self.art.caption.iter().map(|caption| caption.text.as_str());
        let poster = self.art.poster.iter().flat_map(|poster| &poster.texts);
        caption.chain(poster.map(|text| text.text.as_str()))
    }

    /// The same look with other texts: each is given in the order of [`texts`](Self::texts), and what comes back takes its
    /// place.
    pub fn map_texts(mut self, mut change: impl FnMut(&str) -> String) -> Self {
        if let Some(caption) = &mut self.art.caption {
            caption.text = change(&caption.text);
        }
        for text in self.art.poster.iter_mut().flat_map(|poster| &mut poster.texts) {
            text.text = change(&text.text);
        }
        self
    }

    /// Whether the fonts have all characters of the texts, however long these are.
    ///
    /// # Errors
    ///
    /// [`ArtError::Glyphs`] names those that no font has; [`ArtError::Font`] if there is no such font.
    pub fn check_fonts(&self) -> Result<(), ArtError> {
        let caption = self.art.caption.iter().map(|caption| (&caption.font, &caption.text));
        let poster = self.art.poster.iter().flat_map(|poster| &poster.texts);
        let mut texts = caption.chain(poster.map(|text| (&text.font, &text.text)));
        let has_lines = |font: &Font, text: &str| text.lines().try_for_each(|line| font.has(line));
        texts.try_for_each(|(font, text)| has_lines(font, text))
    }
}
