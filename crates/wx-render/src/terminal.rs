use crate::{Style, Symbol};

/// How a terminal picture gets its dark and its light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Terminal {
    /// Black on white by colour escapes (256-colour palette), whatever the colours of the terminal are. For output
    /// that goes to a terminal.
    Ansi,
    /// No escapes: blocks are the light modules and blanks the dark ones, right on a dark background. On a light
    /// background the picture is a negative, which many but not all readers accept. For pipes and log files.
    Plain,
}

impl Symbol {
    /// Draws the symbol with half blocks (`▀▄█`), one character for two modules one above the other. Each line
    /// ends with a line feed. Of the style, only the quiet zone counts.
    pub fn to_terminal(&self, style: &Style, terminal: Terminal) -> String {
        let quiet = usize::from(style.quiet_zone);
        let side = self.width() + 2 * quiet;
        let is_dark = |x: usize, y: usize| {
            x.checked_sub(quiet).zip(y.checked_sub(quiet)).is_some_and(|(x, y)| self.is_dark(x, y))
        };
        let mut text = String::new();
        for y in (0..side).step_by(2) {
            text.push_str(terminal.before_line());
            text.extend((0..side).map(|x| terminal.block(is_dark(x, y), is_dark(x, y + 1))));
            text.push_str(terminal.after_line());
        }
        text
    }
}

impl Terminal {
    fn before_line(self) -> &'static str {
        match self {
            // Entries 16 and 231 are fixed; themes change the first 16, so "white" may well be grey.
            Self::Ansi => "\x1b[38;5;16;48;5;231m",
            Self::Plain => "",
        }
    }

    /// The colours end before the line does, or the terminal fills the rest of the line with them.
    fn after_line(self) -> &'static str {
        match self {
            Self::Ansi => "\x1b[0m\n",
            Self::Plain => "\n",
        }
    }

    fn block(self, upper_dark: bool, lower_dark: bool) -> char {
        let dark_is_ink = self == Self::Ansi;
        match (upper_dark == dark_is_ink, lower_dark == dark_is_ink) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Level;

    fn picture(terminal: Terminal) -> String {
        let dark = [true, true, false, true, false, false, false, true, true];
        Symbol::from_modules(3, Level::M, dark.into_iter()).to_terminal(&Style::new().quiet_zone(1), terminal)
    }

    #[test]
    fn plain_paints_the_light_modules() {
        insta::assert_snapshot!(picture(Terminal::Plain), @"
        █▀▀██
        █▄▀▀█
        █████
        ");
    }

    #[test]
    fn ansi_paints_the_dark_modules_on_white() {
        insta::assert_snapshot!(picture(Terminal::Ansi).escape_debug().to_string().replace("\\n", "\n"), @r"
        \u{1b}[38;5;16;48;5;231m ▄▄  \u{1b}[0m
        \u{1b}[38;5;16;48;5;231m ▀▄▄ \u{1b}[0m
        \u{1b}[38;5;16;48;5;231m     \u{1b}[0m
        ");
    }
}
