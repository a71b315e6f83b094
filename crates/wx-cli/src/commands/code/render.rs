mod preset_list;

use super::{
    batch::{cannot_write, unfinished_file, write_picture},
    booked,
    look_args::LookArgs,
    verify::is_of_platform,
};
use crate::{
    commands::Context,
    config::{AccountArgs, DatabaseArgs},
    edge,
    failure::{Failure, Outcome, sentence},
    print,
};
use std::{
    io::{self, BufWriter, IsTerminal, Write},
    path::{Path, PathBuf},
};
use wx_channel::LedgerQuery;
use wx_model::{SceneValue, Ticket};
use wx_render::{ArtError, Drawing, Format, Level, Paper, Sheet, SheetWriter, Style, Symbol, Terminal};

/// Draws a code from its url, without the platform
///
/// The url that came with the code, drawn for a screen, for print, or here in the terminal. Every picture is read by two
/// decoders before it is written; what could not be scanned is refused with the reason.
#[derive(Debug, clap::Args)]
pub(crate) struct Render {
    /// The url of the code, exactly as the platform gave it; on a sheet also several
    #[arg(value_name = "URL", required_unless_present_any = ["ticket", "scene", "presets"])]
    urls: Vec<String>,

    /// Draws the booked code with this ticket
    #[arg(long, value_name = "TICKET", allow_hyphen_values = true, conflicts_with_all = ["urls", "scene"])]
    ticket: Option<String>,

    /// Draws the newest booked code with this scene (场景值)
    #[arg(long, value_name = "SCENE", allow_hyphen_values = true, conflicts_with = "urls")]
    scene: Option<String>,

    /// File to write, - for the standard output [default: draws in the terminal]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,

    /// svg, png, jpg or pdf [default: as the file is named]
    #[arg(long, value_name = "FORMAT", requires = "out")]
    format: Option<Format>,

    /// A PDF for print with so many columns and rows, like 4x6: one code on every place, or one for each url
    #[arg(long, value_name = "COLUMNSxROWS", requires = "out")]
    sheet: Option<Sheet>,

    /// Paper of the sheet: A4, A3, A5, letter, or like 100x150mm
    #[arg(long, value_name = "PAPER", default_value = "A4", requires = "sheet")]
    paper: Paper,

    #[command(flatten)]
    look: LookArgs,

    /// Lists the presets
    #[arg(long, conflicts_with_all = ["urls", "ticket", "scene", "out"])]
    presets: bool,

    #[command(flatten)]
    account: AccountArgs,

    #[command(flatten)]
    database: DatabaseArgs,
}

impl Render {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        if self.presets {
            preset_list::print(context);
            return Ok(());
        }
        let urls = self.urls(context).await?;
        let style = self.look.style(None).map_err(refused)?;
        if self.out.as_deref().is_some_and(is_stdout) && (context.json || self.sheet.is_some()) {
            return Err(Failure::invalid(
                "-o - writes one picture and nothing else; leave --json and --sheet out",
            ));
        }
        match (&self.out, &self.sheet) {
            (Some(out), Some(sheet)) => {
                self.write_sheet(&urls, &style, sheet.paper(self.paper), out, context)
            }
            (_, None) if urls.len() > 1 => Err(Failure::invalid(
                "several codes need --sheet, such as --sheet 4x6; draw others one by one",
            )),
            (Some(out), None) => self.write_picture(&urls[0], &style, out, context),
            (None, _) => self.show(&urls[0], context),
        }
    }

    async fn urls(&self, context: &Context) -> Outcome<Vec<String>> {
        let (account, database, settings) = (&self.account, &self.database, &context.settings);
        let code = match (&self.ticket, &self.scene) {
            (Some(ticket), _) => {
                let query = |all: LedgerQuery| all.ticket(Ticket::from(ticket.clone()));
                booked::newest("this ticket", query, account, database, settings).await?
            }
            (None, Some(scene)) => {
                let query = |all: LedgerQuery| all.scene(SceneValue::from(scene.clone()));
                booked::newest("this scene", query, account, database, settings).await?
            }
            (None, None) => {
                self.urls.iter().filter(|url| !is_of_platform(url)).for_each(|url| {
                    let url = print::harmless_line(url);
                    print::note(&format!(
                        "note: {url} is no url of the platform, so scans of it are not pushed"
                    ));
                });
                return Ok(self.urls.clone());
            }
        };
        let now = edge::now();
        if let Some(expires) = code.expires {
            let (dies, time) = (if expires > now { "dies" } else { "died" }, print::beijing_time(expires));
            print::note(&format!("note: this code is temporary and {dies} at {time}; do not print it"));
        }
        if code.retired.is_some() {
            print::note("note: this code is retired");
        }
        Ok(code.url.into_iter().collect())
    }

    fn show(&self, url: &str, context: &Context) -> Outcome {
        if !self.look.is_bare() {
            print::note("note: a terminal shows the code alone; with --out FILE the look is drawn");
        }
        let invalid = |error| Failure::invalid(sentence(&error));
        let symbol = match self.look.said_level() {
            Some(level) => Symbol::encode(url, level),
            None => Symbol::encode_at_least(url, Level::M),
        };
        let symbol = symbol.map_err(invalid)?;
        let picture = in_terminal(&symbol);
        if context.json {
            print::json(&serde_json::json!({
                "picture": picture, "modules": symbol.width(), "level": format!("{:?}", symbol.level()),
            }));
        } else {
            print::line(&picture);
        }
        Ok(())
    }

    fn write_picture(&self, url: &str, style: &Style, out: &Path, context: &Context) -> Outcome {
        let format = self.format(out)?;
        let drawing = style.draw(url).map_err(refused)?;
        let bytes = drawing.file(format).map_err(refused)?;
        if is_stdout(out) {
            return io::stdout().write_all(&bytes).map_err(|error| not_written(out, &error));
        }
        write_picture(out, &bytes).map_err(|error| not_written(out, &error))?;
        let (width, height) = drawing.size();
        if context.json {
            print::json(&serde_json::json!({
                "file": out,
                "format": format.extension(),
                "bytes": bytes.len(),
                "width": width,
                "height": height,
                "modules": drawing.modules(),
                "level": format!("{:?}", drawing.level()),
                "read_by": ["rqrr", "rxing"],
            }));
        } else {
            print::line(&format!(
                "{} ({format}, {width} x {height}, {} bytes; read by two decoders)",
                out.display(),
                bytes.len()
            ));
        }
        Ok(())
    }

    fn write_sheet(
        &self,
        urls: &[String],
        style: &Style,
        sheet: Sheet,
        out: &Path,
        context: &Context,
    ) -> Outcome {
        if self.format.is_some_and(|format| format != Format::Pdf) {
            return Err(Failure::invalid("a sheet is a PDF; leave --format out"));
        }
        if self.format.is_none() && extension(out).parse().is_ok_and(|format: Format| format != Format::Pdf) {
            return Err(Failure::invalid(format!("a sheet is a PDF; name it .pdf, not {}", out.display())));
        }
        let drawings: Vec<Drawing> =
            urls.iter().map(|url| proven(style, url)).collect::<Result<_, _>>().map_err(refused)?;
        let places = if drawings.len() == 1 { sheet.places() } else { drawings.len() };
        let (bytes, pages) = write_sheets(out, sheet, drawings.iter().cycle().take(places))?;
        if context.json {
            print::json(&serde_json::json!({
                "file": out, "format": "pdf", "bytes": bytes, "codes": places, "pages": pages, "read_by": ["rqrr", "rxing"],
            }));
        } else {
            let pages = if pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") };
            print::line(&format!("{} ({places} codes on {pages}, {bytes} bytes)", out.display()));
        }
        Ok(())
    }

    fn format(&self, out: &Path) -> Outcome<Format> {
        if let Some(format) = self.format {
            return Ok(format);
        }
        if is_stdout(out) {
            return Err(Failure::invalid("-o - has no name to take the format from; say --format"));
        }
        extension(out).parse().map_err(|_| {
            Failure::invalid(format!(
                "{} ends in none of .svg, .png, .jpg and .pdf; say --format",
                out.display()
            ))
        })
    }
}

fn extension(out: &Path) -> &str {
    out.extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

/// How many bytes and pages there are. The file stands there when it is whole.
fn write_sheets<'a>(
    out: &Path,
    sheet: Sheet,
    drawings: impl Iterator<Item = &'a Drawing>,
) -> Outcome<(u64, usize)> {
    let file = unfinished_file(out).map_err(|error| not_written(out, &error))?;
    let mut writer = SheetWriter::new(BufWriter::new(file), sheet).map_err(refused)?;
    for drawing in drawings {
        writer.add(drawing).map_err(refused)?;
    }
    let (writer, pages) = writer.finish().map_err(refused)?;
    let file = writer.into_inner().map_err(|error| not_written(out, error.error()))?;
    let bytes = file.as_file().metadata().map_or(0, |metadata| metadata.len());
    file.persist(out).map_err(|error| not_written(out, &error.error))?;
    Ok((bytes, pages))
}

fn is_stdout(out: &Path) -> bool {
    out == Path::new("-")
}

/// A drawing that two decoders have read.
fn proven(style: &Style, url: &str) -> Result<Drawing, ArtError> {
    let drawing = style.draw(url)?;
    drawing.file(Format::Svg)?;
    Ok(drawing)
}

/// The code of a url, drawn for the terminal or pipe that stdout is.
pub(crate) fn terminal_code(url: &str) -> Outcome<String> {
    let symbol = Symbol::encode_at_least(url, Level::M).map_err(|error| Failure::failed(sentence(&error)))?;
    Ok(in_terminal(&symbol))
}

fn in_terminal(symbol: &Symbol) -> String {
    let terminal = if io::stdout().is_terminal() { Terminal::Ansi } else { Terminal::Plain };
    symbol.to_terminal(&Style::new(), terminal).trim_end_matches('\n').to_owned()
}

#[expect(clippy::needless_pass_by_value, reason = "called by map_err")]
fn refused(error: ArtError) -> Failure {
    Failure::invalid(sentence(&error))
}

fn not_written(out: &Path, error: &io::Error) -> Failure {
    if is_stdout(out) {
        return Failure::failed(format!("cannot write to the standard output: {error}"));
    }
    cannot_write(out, error)
}
