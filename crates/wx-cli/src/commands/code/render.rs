use crate::{
    commands::Context,
    failure::{Failure, Outcome, sentence},
    print,
};
use clap::ValueEnum;
use std::{
    fs,
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};
use wx_render::{Level, Size, Style, Symbol, Terminal};

/// The url that came with the code, drawn black on white: as SVG or PNG file, or here in the terminal.
#[derive(Debug, clap::Args)]
pub(crate) struct Render {
    /// The url of the code, exactly as the platform gave it
    url: String,

    /// File to write, .svg or .png [default: draws in the terminal]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Error correction
    #[arg(long, value_enum, default_value_t = Correction::M)]
    level: Correction,

    /// Side of the picture in pixels [default: ten pixels a module]
    #[arg(long, value_name = "PIXELS")]
    size: Option<u32>,
}

/// How much of the code may be damaged: about 7, 15, 25 or 30 %.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "UPPER")]
enum Correction {
    L,
    M,
    Q,
    H,
}

impl Render {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let symbol = Symbol::encode(&self.url, self.level.into())
            .map_err(|error| Failure::invalid(error.to_string()))?;
        let style = self.size.map_or_else(Style::new, |pixels| Style::new().size(Size::Picture(pixels)));
        let Some(out) = &self.out else {
            let picture = in_terminal(&symbol);
            if context.json {
                print::json(&serde_json::json!({ "picture": picture, "modules": symbol.width() }));
            } else {
                print::line(&picture);
            }
            return Ok(());
        };
        let bytes = draw(&symbol, &style, out)?;
        fs::write(out, &bytes)
            .map_err(|error| Failure::failed(format!("cannot write {}: {error}", out.display())))?;
        if context.json {
            print::json(&serde_json::json!({ "file": out, "bytes": bytes.len(), "modules": symbol.width() }));
        } else {
            print::line(&format!("{} ({} bytes)", out.display(), bytes.len()));
        }
        Ok(())
    }
}

/// The code of a url, drawn for the terminal or pipe that stdout is.
pub(crate) fn terminal_code(url: &str) -> Outcome<String> {
    let symbol = Symbol::encode(url, Level::M).map_err(|error| Failure::failed(sentence(&error)))?;
    Ok(in_terminal(&symbol))
}

fn in_terminal(symbol: &Symbol) -> String {
    let terminal = if io::stdout().is_terminal() { Terminal::Ansi } else { Terminal::Plain };
    symbol.to_terminal(&Style::new(), terminal).trim_end_matches('\n').to_owned()
}

fn draw(symbol: &Symbol, style: &Style, out: &Path) -> Outcome<Vec<u8>> {
    let extension =
        out.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
    let drawn = match extension.as_str() {
        "svg" => symbol.to_svg(style).map(String::into_bytes),
        "png" => symbol.to_png(style),
        _ => return Err(Failure::invalid(format!("{} ends in neither .svg nor .png", out.display()))),
    };
    drawn.map_err(|error| Failure::invalid(sentence(&error)))
}

impl From<Correction> for Level {
    fn from(correction: Correction) -> Self {
        match correction {
            Correction::L => Self::L,
            Correction::M => Self::M,
            Correction::Q => Self::Q,
            Correction::H => Self::H,
        }
    }
}
